"""Standing warnings under the header of the office's pages."""

from django.urls import reverse

from units.permissions import Permission
from units.selectors.access import Access
from units.selectors.calendar import runs_out


def banners_for(access: Access) -> list[dict[str, str]]:
    """Warnings for the people who can do something about them; others see none."""
    if not access.can(Permission.MANAGE_SETTINGS):
        return []
    end = runs_out(on=access.on)
    if end is None:
        return []
    text = f"Lịch ngày nghỉ chỉ có đến hết ngày {end:%d/%m/%Y}. Hãy bổ sung để nhắc việc không rơi vào ngày nghỉ."
    return [{"level": "warning", "text": text, "url": reverse("units:calendar"), "action": "Mở lịch"}]
