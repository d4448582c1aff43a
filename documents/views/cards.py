"""The cards PDF: a few at once in the answer, many as a job that may be left."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from documents.forms.cards import CardsToPrintForm
from documents.services.cards import print_cards
from units.permissions import Permission
from units.selectors.people import card_holders
from units.services.jobs import ask_job

AT_ONCE = 20


@require_POST
def cards_print(request):
    request.access.require(Permission.MANAGE_ACCOUNTS)
    form = CardsToPrintForm(request.POST, holders=card_holders(request.access))
    if not form.is_valid():
        messages.error(request, form.errors["memberships"][0])
        return redirect("units:card-list")
    chosen = list(form.cleaned_data["memberships"])
    if len(chosen) > AT_ONCE:
        arguments = {"memberships": [membership.pk for membership in chosen]}
        ask_job(kind="cards-pdf", title=f"Làm và in {len(chosen)} thẻ truy cập", arguments=arguments, by=request.user)
        messages.success(request, "Đang làm thẻ. Đồng chí có thể làm việc khác; tệp sẽ có ở trang việc chạy nền.")
        return redirect("units:card-list")
    try:
        pdf = print_cards(memberships=chosen, by=request.user)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("units:card-list")
    disposition = f'attachment; filename="{pdf.name}"'
    return HttpResponse(pdf.data, content_type="application/pdf", headers={"Content-Disposition": disposition})
