"""What every page knows: whose ward, which menu, which banners."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from campaigns.selectors.notifications import unread_count
from config.navigation import navigation_for
from units.banners import banners_for
from units.choices import Role
from units.selectors.wards import office_phone_of
from units.session_book import in_zalo


def page(request):
    """Names for base.html; lazy where they ask the database, so a page that does not show them does not pay."""
    context = {"demo_mode": settings.DEMO_MODE, "incident": getattr(request, "incident", ""), "in_zalo": in_zalo(request)}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    access = request.access
    return context | {
        "access": access,
        "ward": SimpleLazyObject(lambda: access.ward),
        "ward_name": SimpleLazyObject(lambda: _where(access)),
        "unit_name": SimpleLazyObject(lambda: _own_unit(access)),
        "banners": SimpleLazyObject(lambda: banners_for(access)),
        "nav_items": SimpleLazyObject(lambda: navigation_for(request)),
        "office_phone": SimpleLazyObject(lambda: _office_phone(access)),
        "account_url": reverse("units:account"),
        "notifications_url": reverse("campaigns:notification-list"),
        "notification_count": SimpleLazyObject(lambda: unread_count(user)),
        "role_names": SimpleLazyObject(lambda: ", ".join(dict.fromkeys(Role(role).label for role in sorted(access.roles)))),
    }


def _where(access):
    """Name in the header: the ward, or for the level above the committee the person works for."""
    if access.ward:
        return access.ward.name
    return access.memberships[0].unit.name if access.memberships else "Lan Tỏa"


def _own_unit(access):
    """Name in the header of the phone pages: the unit that the person reports for."""
    return next((one.unit.short_name for one in access.memberships if one.role in Role.BY_CARD), "")


def _office_phone(access):
    return office_phone_of(access.ward) if access.ward else ""
