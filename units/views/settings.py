"""Settings of the ward: every setting has a page of its own (decisions 26)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from units.forms.settings import SignerForm, VenueForm, WardSettingsForm
from units.models import Signer, Unit, Venue, WardSettings
from units.permissions import Permission
from units.services import ward_settings as services

_PAGES = (Permission.MANAGE_SETTINGS, Permission.MANAGE_ACCOUNTS, Permission.READ_AUDIT, Permission.READ_HEALTH)


@require_safe
def settings(request):
    """The hub: what can be set, and by whom it was."""
    if not any(request.access.can(permission) for permission in _PAGES):
        request.access.require(Permission.MANAGE_SETTINGS)
    ward = request.access.ward
    context = {
        "can": {permission.value: request.access.can(permission) for permission in Permission},
        "row": WardSettings.objects.filter(ward=ward).first(),
        "signers": Signer.objects.filter(ward=ward),
        "venues": Venue.objects.filter(ward=ward),
        "bodies": Unit.objects.bodies_of(ward).active(on=timezone.localdate()),
        "today": timezone.localdate(),
    }
    return render(request, "units/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settings_ward(request):
    """Names on paper, term, ways of working."""
    ward = _ward(request)
    row = get_object_or_404(WardSettings, ward=ward)
    form = WardSettingsForm(request.POST or None, instance=row)
    if _saved(
        request,
        form,
        lambda: services.save_ward_settings(row=form.instance, by=request.user, changed=form.changed_data),
    ):
        messages.success(request, "Đã lưu thiết lập của phường.")
        return redirect("units:settings")
    return render(request, "units/settings_ward.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def signer_create(request):
    """A new signer."""
    signer = Signer(ward=_ward(request), active_from=timezone.localdate())
    return _signer(request, signer, "units/settings_signer_create.html")


@require_http_methods(["GET", "HEAD", "POST"])
def signer_edit(request, pk):
    """Change a signer, or end the time in which they sign."""
    return _signer(request, get_object_or_404(Signer, pk=pk, ward=_ward(request)), "units/settings_signer_edit.html")


@require_http_methods(["GET", "HEAD", "POST"])
def venue_create(request):
    """A new venue."""
    return _venue(request, Venue(ward=_ward(request)), "units/settings_venue_create.html")


@require_http_methods(["GET", "HEAD", "POST"])
def venue_edit(request, pk):
    """Change a venue."""
    return _venue(request, get_object_or_404(Venue, pk=pk, ward=_ward(request)), "units/settings_venue_edit.html")


def _signer(request, signer, template):
    form = SignerForm(request.POST or None, instance=signer)
    if _saved(request, form, lambda: services.save_signer(signer=form.instance, by=request.user)):
        messages.success(request, "Đã lưu người ký.")
        return redirect("units:settings")
    return render(request, template, {"form": form, "signer": signer})


def _venue(request, venue, template):
    form = VenueForm(request.POST or None, instance=venue)
    if _saved(request, form, lambda: services.save_venue(venue=form.instance, by=request.user)):
        messages.success(request, "Đã lưu địa điểm.")
        return redirect("units:settings")
    return render(request, template, {"form": form, "venue": venue})


def _ward(request):
    request.access.require(Permission.MANAGE_SETTINGS)
    if request.access.ward is None:
        raise Http404
    return request.access.ward


def _saved(request, form, save):
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
