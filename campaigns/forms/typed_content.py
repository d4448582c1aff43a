"""The editor as it stands, right or wrong, as content: what the preview prints while a person is still typing."""

from django.forms import BooleanField, CharField

from campaigns.choices import ConferenceLevel, Product
from campaigns.plan_content import ConferenceText, DutyText, PlanContent, RecipientText, SectionText
from documents.text import normalise

_YES = {"on", "true", "True", "1"}


def typed_content(editor) -> PlanContent:
    """Return the content of a bound PlanEditor; a field with a fault goes in as typed, a row never disappears.

    For showing only: what is saved comes from PlanEditor.content() after is_valid().
    """
    editor.is_valid()
    rows = {part: tuple(_row(part, form) for form in forms.forms) for part, forms in editor.lists.items()}
    directives = tuple(dict.fromkeys(pk for pk in rows.pop("directives") if pk))
    general, plain = editor.general, {}
    cleaned = getattr(general, "cleaned_data", {})
    for name, field in general.fields.items():
        typed = general[name].value()
        plain[name] = cleaned[name] if name in cleaned else _plain(field, typed)
    return PlanContent(directive_ids=directives, **plain, **{part: tuple(filter(None, one)) for part, one in rows.items()})


def _plain(field, typed):
    """A text as typed; a choice or a day that cannot be read is not chosen."""
    if isinstance(field, BooleanField):
        return bool(typed)
    return normalise(typed or "") if isinstance(field, CharField) else None


def _row(part, form):
    if form.is_valid():
        return form.value()
    return _AS_TYPED[part](form) if part in _AS_TYPED else None


def _section(form):
    level = form.typed("level")
    return SectionText(title=form.typed("title"), body=form.typed("body"), level=int(level) if level in {"1", "2", "3"} else 1, slot=form.typed("slot"))


def _duty(form):
    return DutyText(
        lead_text=form.typed("lead_text") or form.typed("lead"),
        text=form.typed("text"),
        product=_known(form.typed("product"), Product) or Product.ACTION.value,
        deadline_phrase=form.typed("phrase"),
    )


def _conference(form):
    level = _known(form.typed("level"), ConferenceLevel) or ConferenceLevel.WARD.value
    return ConferenceText(level=level, **{name: form.typed(name) for name in ("time_phrase", "form", "place", "participants", "speaker")})


def _recipient(form):
    return RecipientText(name=form.typed("name"), note=form.typed("note"), all_units=form.typed("all_units") in _YES)


def _known(typed, choices):
    return typed if typed in choices.values else ""


_AS_TYPED = {"sections": _section, "duties": _duty, "conferences": _conference, "recipients": _recipient}
