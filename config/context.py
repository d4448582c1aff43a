"""What every page knows: whose ward, which menu, which banners."""

from django.conf import settings

from config.navigation import navigation_for


def page(request):
    """Names for base.html; lazy where they ask the database."""
    context = {"demo_mode": settings.DEMO_MODE, "incident": getattr(request, "incident", "")}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    access = request.access
    context |= {"access": access, "ward": access.ward, "nav_items": navigation_for(request)}
    return context
