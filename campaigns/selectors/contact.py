"""What a person chose about being reached, and the link that stops a channel."""

from django.conf import settings
from django.core import signing

from campaigns.choices import Channel
from campaigns.models import ContactChoice
from units.models import User

_SIGNER = signing.Signer(salt="lantoa.stop")


def choice_of(person: User) -> ContactChoice:
    """The choice of `person`, or the unsaved usual one; reads no database when `contact_choice` was selected along."""
    return getattr(person, "contact_choice", None) or ContactChoice(person=person)


def stop_token(*, person_id: int, channel: str) -> str:
    """What stands in the link at the foot of a letter: it stops this one channel of this one person and nothing else."""
    return _SIGNER.sign(f"{person_id}.{channel}")


def stop_link(*, person_id: int, channel: str) -> str:
    """The whole address of that link. Written out, as the clock has no use for the pages: resolving it would load them all."""
    return f"{settings.SITE_URL}/ngung-nhan/{stop_token(person_id=person_id, channel=channel)}/"


def stopped_by(token: str) -> tuple[User, str] | None:
    """(person, channel) a link is about; None when it was not made here or the account is no longer in use."""
    try:
        person_id, channel = _SIGNER.unsign(token).split(".")
    except (signing.BadSignature, ValueError):
        return None
    person = User.objects.filter(pk=person_id, is_active=True).select_related("contact_choice").first()
    return (person, channel) if person and channel in Channel.OUTSIDE else None
