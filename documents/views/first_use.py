"""First use of an empty installation; the page does not exist once anybody has an account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from documents.forms.first_use import (
    FirstAdministratorForm,
    FirstBodiesForm,
    FirstNumbersForm,
    FirstWardForm,
    SignerFormSet,
)
from documents.services.first_use import set_up_installation
from units.models import User
from units.services.first_use import FirstWard

_SETTINGS = (
    "superior_heading",
    "committee_heading",
    "place_name",
    "sign_code",
    "term_name",
    "term_starts_on",
    "term_ends_on",
    "office_phone",
)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def first_use(request):
    if User.objects.exists():
        raise Http404
    forms = _forms(request.POST if request.method == "POST" else None)
    if request.method == "POST" and all([form.is_valid() for form in forms.values()]):  # noqa: C419 -- every form shows its errors at once
        numbers = forms["numbers"].cleaned_data
        try:
            admin, _ward = set_up_installation(first=_first_ward(forms), next_numbers=numbers)
        except ValidationError as refused:
            if refused.code == "in_use":
                raise Http404 from refused
            forms["ward"].add_error(None, refused.messages)
        else:
            login(request, admin, backend="allauth.account.auth_backends.AuthenticationBackend")
            messages.success(request, "Đã thiết lập xong. Việc tiếp theo: thêm chi bộ, đảng bộ cơ sở và người dùng.")
            return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "documents/first_use.html", forms | {"with_errors": request.method == "POST"})


def _forms(data):
    return {
        "administrator": FirstAdministratorForm(data, prefix="a"),
        "ward": FirstWardForm(data, prefix="w"),
        "bodies": FirstBodiesForm(data, prefix="b"),
        "signers": SignerFormSet(data, prefix="s"),
        "numbers": FirstNumbersForm(data, prefix="n"),
    }


def _first_ward(forms):
    administrator, ward = forms["administrator"].cleaned_data, forms["ward"].cleaned_data
    return FirstWard(
        full_name=administrator["full_name"],
        username=administrator["username"],
        password=administrator["password"],
        works_in_office=administrator["works_in_office"],
        ward_name=ward["ward_name"],
        superior_name=ward["superior_name"],
        starts_on=min(ward["term_starts_on"], timezone.localdate()),
        settings={name: ward[name] for name in _SETTINGS},
        bodies=forms["bodies"].chosen_bodies(),
        signers=[form.cleaned_data for form in forms["signers"] if form.has_changed()],
        venue=forms["bodies"].venue(),
    )
