"""One person, several offices: what one of them opens, the other does not (A-01, A-02)."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import factories
from units.choices import Role
from units.middleware import CARD_BACKEND
from units.models import User, WardSettings
from units.permissions import Permission
from units.selectors.access import access_of
from units.selectors.people import manageable_people

pytestmark = pytest.mark.django_db


@pytest.mark.proves("A-01")
def test_an_office_of_one_ward_does_not_set_up_the_ward_of_ones_cell(cast, client, clock):
    """The cell's ward comes first in the tree; the office decides all the same."""
    factories.make_membership(cast.foreign_admin, cast.own_unit, Role.SECRETARY)
    access = access_of(cast.foreign_admin)
    assert (access.ward, access.can(Permission.MANAGE_SETTINGS), access.can(Permission.REPORT_UNIT)) == (
        cast.foreign_ward,
        True,
        True,
    )
    before = WardSettings.objects.get(ward=cast.ward)
    client.force_login(cast.foreign_admin)
    page = client.get(reverse("units:settings-ward"))
    assert page.context["form"].instance.ward == cast.foreign_ward
    assert WardSettings.objects.get(ward=cast.ward).superior_heading == before.superior_heading


@pytest.mark.proves("A-01")
def test_two_offices_in_two_wards_do_not_lend_each_other_their_rights(cast, client, clock):
    """Clerk here and administrator there: the pages about "my ward" are about this one, where one is no administrator."""
    factories.make_membership(cast.foreign_admin, cast.ward, Role.CLERK)
    access = access_of(cast.foreign_admin)
    assert access.ward == cast.ward
    assert [access.can(one) for one in (Permission.KEEP_BOOKS, Permission.MANAGE_SETTINGS, Permission.MANAGE_UNITS)] == [
        True,
        False,
        False,
    ]
    assert access.can(Permission.MANAGE_UNITS, cast.foreign_ward)
    client.force_login(cast.foreign_admin)
    pages = ("units:settings-ward", "units:unit-create", "units:venue-create", "documents:unit-import")
    assert {name: client.get(reverse(name)).status_code for name in pages} == dict.fromkeys(pages, 403)


@pytest.mark.proves("A-01")
def test_a_card_opens_the_cell_and_no_office(cast, client, clock, settings):
    """Six figures on a telephone are not the password and the second factor of an administrator."""
    settings.SECOND_FACTOR_REQUIRED = True
    factories.make_membership(cast.admin, cast.own_unit, Role.SECRETARY)
    client.force_login(cast.admin, backend=CARD_BACKEND)
    pages = ("reports:session-list", "units:settings-ward", "units:person-list", "units:audit-list")
    assert [client.get(reverse(name)).status_code for name in pages] == [200, 403, 403, 403]
    assert client.get("/").status_code == 200
    client.force_login(cast.admin, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("units:person-list"))["Location"] == reverse("mfa_activate_totp")


@pytest.mark.proves("A-01")
@pytest.mark.parametrize(
    "act", ["person-password", "person-second-factor", "person-disable", "person-enable", "person-unlock"]
)
def test_who_moved_to_another_ward_is_out_of_reach(act, cast, client, clock):
    """A role of long ago must not let the old ward's administrator take over the account."""
    moved = factories.make_person(cast.foreign_ward, Role.LEADER, username="moved")
    factories.make_membership(moved, cast.ward, Role.CLERK, ends_on=factories.TODAY - dt.timedelta(days=30))
    before = User.objects.filter(pk=moved.pk).values()[0]
    client.force_login(cast.admin)
    assert client.get(reverse("units:person-detail", args=[moved.pk])).status_code == 200
    assert client.post(reverse(f"units:{act}", args=[moved.pk])).status_code == 403
    assert client.post(reverse("units:person-edit", args=[moved.pk]), {"full_name": "Khác"}).status_code == 404
    assert User.objects.filter(pk=moved.pk).values()[0] == before


@pytest.mark.proves("A-01")
def test_who_also_works_above_is_out_of_the_wards_reach(cast, clock):
    factories.make_membership(cast.viewer, cast.own_unit, Role.SECRETARY)
    people = set(manageable_people(access_of(cast.admin)))
    assert (cast.viewer in people, cast.secretary in people) == (False, True)
