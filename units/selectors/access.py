"""What a person is and may do today: one object, made once a request."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from units.choices import Role, UnitKind
from units.models import Membership, Unit
from units.paths import ancestors, ends, subtree
from units.permissions import OF_A_UNIT, ROLE_PERMISSIONS
from units.ready_queries import ReadyQuery


@ReadyQuery
def _current(user, on):
    return Membership.objects.current(on=on).filter(user=user).select_related("unit")


@ReadyQuery
def _ward_among(paths):
    return Unit.objects.filter(path__in=paths, kind=UnitKind.WARD)


class Access:
    """The memberships of `user` in force on the day `on`, and the questions pages ask about them.

    `ward` is the ward the person works for: where they hold an office, else that of their unit (the first when
    several); None for the level above and for strangers. `by_card`: the session was opened by card and PIN, which
    open the roles of a unit and never an office (that takes the password and the second factor); `by_phone`: by the
    PIN of a leader's remembered phone, which opens that office alone.
    """

    def __init__(self, user, *, on=None, by_card=False, by_phone=False):
        self.user = user
        self.on = on or timezone.localdate()
        self.by_card, self.by_phone = by_card, by_phone

    @cached_property
    def memberships(self):
        if not self.user.is_authenticated:
            return []
        rows = _current(user=self.user.pk, on=self.on)
        if self.by_phone:
            return [row for row in rows if row.role == Role.LEADER]
        return [row for row in rows if row.role in Role.BY_CARD] if self.by_card else rows

    @cached_property
    def roles(self):
        """Role values held anywhere."""
        return frozenset(membership.role for membership in self.memberships)

    @cached_property
    def ward(self):
        # An office comes first: who works in one ward and leads a cell of another does not set up the other.
        for membership in self.memberships:
            if membership.unit.kind == UnitKind.WARD:
                return membership.unit
        for membership in self.memberships:
            if membership.unit.depth > 0:
                paths = ancestors(membership.unit.path)
                if wards := _ward_among(paths=paths):
                    return wards[0]
        return None

    def paths_with(self, permission):
        """Paths of the units below which `permission` is held."""
        return [m.unit.path for m in self.memberships if permission in ROLE_PERMISSIONS[m.role]]

    def can(self, permission, unit=None):
        """Whether `permission` is held at `unit` or above it.

        Without `unit`: for the person's `ward`, which is what a page without an object of its own acts on. The
        permissions of a unit's own people count wherever they are held.
        """
        paths = self.paths_with(permission)
        if unit is None and paths and permission not in OF_A_UNIT:
            unit = self.ward
        return bool(paths) if unit is None else any(unit.path.startswith(path) for path in paths)

    def require(self, permission, unit=None):
        """Raise PermissionDenied (403) unless `can`."""
        if not self.can(permission, unit):
            raise PermissionDenied("Đồng chí chưa được giao quyền làm việc này.")

    def ends(self, permission):
        """{"froms", "untils"}: what a ReadyQuery is asked with that keeps its rows by `paths.within`, as `reach` does."""
        found = [ends(path) for path in dict.fromkeys(self.paths_with(permission))]
        return {"froms": [first for first, _ in found], "untils": [after for _, after in found]}

    def reach(self, permission, *, prefix=""):
        """A Q that keeps the rows whose unit (relation `prefix`, e.g. "unit__") lies where `permission` is held."""
        condition = Q(pk__in=[])
        for path in self.paths_with(permission):
            condition |= Q(**subtree(path, prefix=prefix))
        return condition


def access_of(user, *, on=None):
    """The Access of `user`; made anew, for services and tests."""
    return Access(user, on=on)
