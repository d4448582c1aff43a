"""How a secretary gets in: the address of the card's QR code, and the PIN on a known phone."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from units.addresses import client_ip, is_own_page
from units.backends import CARD_BACKEND
from units.choices import SignIn
from units.device_cookie import drop_device, read_device, renew_device, write_device
from units.forms.cards import FirstUseOfCardForm, PinForm
from units.selectors.cards import card_of_secret
from units.selectors.wards import office_phone_of, ward_of
from units.services.audit import record_event
from units.services.devices import KNOWN_FOR, forget_device, prolong_device, remember_device
from units.services.pins import open_with_pin, set_pin
from units.session_book import book_session, device_label


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def card(request, secret):
    """The page behind the QR code: first use with code and new PIN, afterwards the PIN on a new phone."""
    found = card_of_secret(secret, now=request.received_at)
    if found is None:
        return render(request, "units/card_unknown.html", status=404)
    form_class = PinForm if found.pin_mac else FirstUseOfCardForm
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _open(found, secret, form.cleaned_data, now=request.received_at)
        except ValidationError as refused:
            form.add_error("pin" if found.pin_mac else "code", refused)
        else:
            token = remember_device(card=found, label=device_label(request), now=request.received_at)
            response = enter(request, found, wanted="")
            write_device(response, token=token, secret=secret)
            return sealed(response)
    context = {"form": form, "card": found, "office_phone": _office_phone(found)}
    return sealed(render(request, "units/card_open.html", context))


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def pin(request):
    """Log-in on a known phone: the PIN alone."""
    known = read_device(request, now=request.received_at)
    if known is None:
        return redirect(f"{settings.LOGIN_URL}?mat-khau")
    device, secret = known
    form = PinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            open_with_pin(card=device.card, secret=secret, pin=form.cleaned_data["pin"], now=request.received_at)
        except ValidationError as refused:
            form.add_error("pin", refused)
        else:
            prolong_device(device=device, now=request.received_at)
            response = enter(request, device.card, wanted=request.POST.get("next", ""))
            renew_device(request, response)
            return response
    context = {"form": form, "card": device.card, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "units/card_pin.html", context | {"office_phone": _office_phone(device.card)})


def _office_phone(found):
    """The number to ring when the PIN is forgotten or rests: the page is for somebody who is not logged in."""
    ward = ward_of(found.membership.unit)
    return office_phone_of(ward) if ward else ""


@login_not_required
@require_POST
def forget(request):
    """"Không phải tôi": this phone is no longer known; the card is needed again."""
    known = read_device(request, now=request.received_at)
    if known:
        forget_device(device=known[0], by=known[0].card.membership.user, now=request.received_at)
    response = redirect(f"{settings.LOGIN_URL}?mat-khau")
    drop_device(response)
    return response


def _open(found, secret, typed, *, now):
    if found.pin_mac:
        open_with_pin(card=found, secret=secret, pin=typed["pin"], now=now)
    else:
        set_pin(card=found, secret=secret, code=typed["code"], pin=typed["pin"], now=now)


def enter(request, found, *, wanted):
    """Sign the person of the card in for months and send them where they wanted to go, if that is one of our pages."""
    person = found.membership.user
    login(request, person, backend=CARD_BACKEND)
    request.session.set_expiry(int(KNOWN_FOR.total_seconds()))
    book_session(request, way=SignIn.CARD)
    record_event(
        by=person,
        verb="session.open_by_card",
        target=found,
        ward=ward_of(found.membership.unit),
        ip_address=client_ip(request),
    )
    return redirect(wanted if is_own_page(wanted) else settings.LOGIN_REDIRECT_URL)


def sealed(response):
    """The address holds the card's secret: other addresses, our own included, learn the site's name at most.

    Not "no-referrer": the browser would then send `Origin: null` and the form would be refused.
    """
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
