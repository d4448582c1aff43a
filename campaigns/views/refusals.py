"""A refusal of a service, said beside the field it is about or above the page."""

from django.contrib import messages
from django.core.exceptions import ValidationError


def tell(request, refused: ValidationError) -> None:
    """Show every sentence of `refused` above the page that follows."""
    for sentence in refused.messages:
        messages.error(request, sentence)


def put_on_form(form, refused: ValidationError) -> None:
    """Show `refused` in `form`: beside its fields where it names some that the form has, else above."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
