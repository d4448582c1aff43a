"""Which people, roles and cards an administrator sees."""

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet

from units.choices import Role
from units.folding import fold
from units.models import AccessCard, Membership, Unit, User
from units.permissions import Permission
from units.selectors.access import Access


def manageable_units(access: Access) -> QuerySet[Unit]:
    """Units where this person may give roles."""
    return Unit.objects.filter(access.reach(Permission.MANAGE_ACCOUNTS)).active(on=access.on)


def visible_memberships(access: Access) -> QuerySet[Membership]:
    """Roles at the units of an administrator, past ones included."""
    return Membership.objects.filter(access.reach(Permission.MANAGE_ACCOUNTS, prefix="unit__")).select_related(
        "unit", "user"
    )


def visible_people(access: Access) -> QuerySet[User]:
    """People who hold or held a role at the units of an administrator."""
    return User.objects.filter(pk__in=visible_memberships(access).values("user"))


def manageable_people(access: Access) -> QuerySet[User]:
    """People whose account the administrator answers for: none of their roles in force or to come lies elsewhere.

    Who has moved to another ward, or also works above, keeps a password that this administrator cannot replace.
    """
    lasting = Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=access.on))
    elsewhere = lasting.exclude(pk__in=visible_memberships(access).values("pk"))
    return visible_people(access).exclude(pk__in=elsewhere.values("user"))


def visible_cards(access: Access) -> QuerySet[AccessCard]:
    """Cards of the roles an administrator looks after."""
    return AccessCard.objects.filter(membership__in=visible_memberships(access)).select_related(
        "membership__user", "membership__unit", "made_by"
    )


def people_list(access: Access, *, words: str = "", role: str = "") -> QuerySet[User]:
    """The list of people with their roles in force; `words` ignores tone marks, `role` keeps its holders."""
    people = visible_people(access)
    for word in fold(words).split():
        people = people.filter(search__contains=word)
    current = visible_memberships(access).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=access.on))
    if role in Role.values:
        people = people.filter(pk__in=current.filter(role=role).values("user"))
    return people.prefetch_related(Prefetch("memberships", queryset=current, to_attr="roles_now")).order_by(
        "full_name", "pk"
    )


def card_holders(access: Access) -> QuerySet[Membership]:
    """Secretaries and helpers in force with their live card, in the order of the units: the page that prints cards."""
    live = AccessCard.objects.filter(cancelled_at__isnull=True)
    return (
        visible_memberships(access)
        .current(on=access.on)
        .filter(role__in=Role.BY_CARD)
        .prefetch_related(Prefetch("cards", queryset=live, to_attr="live_cards"))
        .order_by("unit__sort_key", "role", "pk")
    )


def card_state(card: AccessCard | None, *, now: dt.datetime) -> str:
    """One sentence part on a card: what the list shows."""
    if card is None:
        return "Chưa có thẻ"
    if card.locked_until and card.locked_until > now:
        return "Tạm nghỉ do nhập sai"
    if card.first_used_at:
        return "Đang dùng"
    return "Chờ dùng lần đầu" if card.expires_at > now else "Quá hạn, chưa dùng"
