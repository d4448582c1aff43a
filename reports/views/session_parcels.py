"""What a secretary's phone kept without network and sends by script: photos, minutes, a further session. Each goes once."""

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from reports.forms.evidence import FileParcelForm
from reports.forms.filing import FilingForms, raw_of
from reports.forms.parcels import ParcelForm
from reports.forms.session import ExtraSessionForm
from reports.selectors.submissions import visible_filings
from reports.services import parcels as services
from reports.views.session_pages import device_of, is_for_another


@require_POST
def session_file_take(request, pk):
    """One photo or page of the minutes: 200 once it is on the server, however often it is sent; 422 with the reason."""
    if is_for_another(request):
        return JsonResponse({"state": "login"}, status=409)
    filing = _filing(request, pk)
    form = FileParcelForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(form.errors.as_data().values())
    facts = {name: form.cleaned_data[name] for name in ("key", "kind", "declared")}
    act = {"upload": form.cleaned_data["file"], "by": request.user, "at": request.received_at}
    return _taken(services.take_file, filing=filing, **facts, **act)


@require_POST
def session_extra_take(request, pk):
    """A further session: 200 once it stands in the form, however often it is sent; 422 with what is not right."""
    if is_for_another(request):
        return JsonResponse({"state": "login"}, status=409)
    filing = _filing(request, pk)
    key = ParcelForm(request.POST)
    forms = FilingForms(filing, at=request.received_at)
    form = ExtraSessionForm(request.POST, directives=forms.extra_choices, heads=not forms.withheld)
    if not (key.is_valid() and form.is_valid()):
        return _refused([*key.errors.as_data().values(), *form.errors.as_data().values()])
    act = {"device": device_of(request), "by": request.user, "at": request.received_at}
    return _taken(services.take_extra, filing=filing, key=key.cleaned_data["key"], entry=raw_of(form), **act)


def _taken(service, **facts):
    try:
        service(**facts)
    except ValidationError as error:
        return _refused([[error]])
    return JsonResponse({"state": "taken"})


def _refused(errors):
    words = " ".join(words for several in errors for error in several for words in error.messages)
    return JsonResponse({"state": "refused", "words": words}, status=422)


def _filing(request, pk):
    return get_object_or_404(visible_filings(request.access).select_related("unit"), pk=pk)
