"""Standing warnings under the header of the office's pages."""

from django.urls import reverse

from units.models import Heartbeat
from units.permissions import Permission
from units.selectors.access import Access
from units.selectors.calendar import runs_out
from units.services.heartbeat import SENDING_HELD


def banners_for(access: Access) -> list[dict[str, str]]:
    """Warnings for the people who can do something about them; others see none."""
    if not access.can(Permission.MANAGE_SETTINGS):
        return []
    return [banner for banner in (_held(), _calendar(access)) if banner]


def _held() -> dict[str, str] | None:
    if not Heartbeat.objects.filter(name=SENDING_HELD).exists():
        return None
    text = "Dữ liệu vừa được phục hồi từ bản sao lưu. Nhắc việc tạm dừng cho đến khi đồng chí xác nhận."
    return {"level": "warning", "text": text, "url": reverse("campaigns:reminder-release"), "action": "Xem và xác nhận"}


def _calendar(access: Access) -> dict[str, str] | None:
    end = runs_out(on=access.on)
    if end is None:
        return None
    text = f"Lịch ngày nghỉ chỉ có đến hết ngày {end:%d/%m/%Y}. Hãy bổ sung để nhắc việc không rơi vào ngày nghỉ."
    return {"level": "warning", "text": text, "url": reverse("units:calendar"), "action": "Mở lịch"}
