"""The administrator's page of cards: who has one, cancel, let a resting card be tried again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from units.permissions import Permission
from units.selectors.people import card_holders, card_state, visible_cards
from units.services.cards import cancel_card, unlock_card


@require_safe
def card_list(request):
    request.access.require(Permission.MANAGE_ACCOUNTS)
    now = timezone.now()
    rows = []
    for membership in card_holders(request.access):
        card = membership.live_cards[0] if membership.live_cards else None
        rows.append({"membership": membership, "card": card, "state": card_state(card, now=now)})
    return render(request, "units/card_list.html", {"rows": rows})


@require_POST
def card_cancel(request, pk):
    return _act(request, pk, cancel_card, "Đã hủy thẻ. Điện thoại đã mở bằng thẻ này phải dừng ngay.")


@require_POST
def card_unlock(request, pk):
    return _act(request, pk, unlock_card, "Thẻ nhập lại được ngay.")


def _act(request, pk, act, sentence):
    request.access.require(Permission.MANAGE_ACCOUNTS)
    card = get_object_or_404(visible_cards(request.access), pk=pk)
    try:
        act(card=card, by=request.user)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, sentence)
    return redirect("units:card-list") if "ve" in request.POST else redirect("units:person-detail", card.membership.user_id)
