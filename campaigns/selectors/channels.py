"""Which channels reach a person."""

from campaigns.choices import Channel
from campaigns.mail import mail_is_set_up
from units.models import Unit, User


def offered_to(person: User, *, ward: Unit | None) -> dict[str, str]:
    """{channel: where it goes} of the channels that could reach `person` now; what the ward does not use is left out."""
    offered = {}
    if mail_is_set_up():
        offered[Channel.EMAIL] = (
            f"Gửi đến {person.email}." if person.email else "Văn phòng chưa ghi địa chỉ thư của đồng chí."
        )
    return offered
