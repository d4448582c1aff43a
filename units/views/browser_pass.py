"""From Zalo's own browser to Chrome, the words being typed included."""

import json
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from units.addresses import is_own_page
from units.device_cookie import read_device, write_device
from units.forms.cards import PinForm
from units.selectors.cards import pass_of_token
from units.services.browser_passes import make_pass, secret_in, use_pass
from units.services.devices import remember_device
from units.services.pins import open_with_pin
from units.session_book import device_label, in_zalo
from units.views.cards import enter, sealed


@require_POST
def browser_pass(request):
    """Asked for in Zalo: a pass for the page in hand; its own page then leads on to Chrome."""
    wanted = request.POST.get("next", "")
    wanted = wanted if is_own_page(wanted) else settings.LOGIN_REDIRECT_URL
    known = read_device(request, now=request.received_at)
    if known is None:
        messages.info(request, "Đồng chí mở Chrome rồi quét lại thẻ; bản nháp đã lưu vẫn còn.")
        return redirect(wanted)
    device, secret = known
    token = make_pass(
        card=device.card, secret=secret, next_path=wanted, typed=request.POST.get("fields", ""), now=request.received_at
    )
    return redirect("units:browser-arrive", token)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def browser_arrive(request, token):
    """In Zalo: the button that opens Chrome. In Chrome: the PIN, and the work goes on where it was."""
    found = pass_of_token(token, now=request.received_at)
    if found is None:
        return render(request, "units/browser_pass_spent.html", status=404)
    if in_zalo(request) and request.method != "POST":
        return sealed(render(request, "units/browser_leave.html", {"intent": _intent(request, token)}))
    form = PinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        secret = secret_in(found, token=token)
        try:
            open_with_pin(card=found.card, secret=secret, pin=form.cleaned_data["pin"], now=request.received_at)
            use_pass(found=found, now=request.received_at)
        except ValidationError as refused:
            form.add_error("pin", refused)
        else:
            return _arrive(request, found, secret)
    return sealed(render(request, "units/browser_arrive.html", {"form": form, "card": found.card}))


def _arrive(request, found, secret):
    device_token = remember_device(card=found.card, label=device_label(request), now=request.received_at)
    response = enter(request, found.card, wanted=found.next_path)
    if found.fields:
        context = {"path": found.next_path, "fields": json.dumps(found.fields)}
        response = render(request, "units/browser_carried.html", context)
    write_device(response, token=device_token, secret=secret)
    return sealed(response)


def _intent(request, token):
    """The address that makes Android open Chrome; without Chrome the phone's own browser."""
    address = request.build_absolute_uri(reverse("units:browser-arrive", args=[token]))
    scheme, _, rest = address.partition("://")
    return f"intent://{rest}#Intent;scheme={scheme};package=com.android.chrome;S.browser_fallback_url={quote(address, safe='')};end"
