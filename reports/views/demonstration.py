"""Removing the demonstration in one step, from the settings page."""

from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from reports.demo.loading import is_demonstration, remove_demonstration
from units.permissions import Permission

CONSEQUENCES = (
    "Mọi đơn vị, tài khoản, văn bản, kế hoạch và số liệu trình diễn bị xóa; mọi người đang dùng thử bị đăng xuất.",
    "Trang tiếp theo là trang khai báo lần đầu: quản trị viên, phường, người ký và sổ văn bản của phường đồng chí.",
)


@require_http_methods(["GET", "HEAD", "POST"])
def demonstration_remove(request):
    """Ask, then empty the installation and lead to the first-use page; a real ward has no such page."""
    request.access.require(Permission.MANAGE_SETTINGS)
    if not is_demonstration():
        raise Http404
    if request.method == "POST":
        logout(request)
        remove_demonstration()
        return redirect("documents:first-use")
    return render(request, "reports/demonstration_remove.html", {"consequences": CONSEQUENCES})
