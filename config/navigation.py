"""The menu of each role, in the order people work."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

from campaigns.selectors.notifications import unread_count
from units.choices import Role
from units.permissions import Permission


@dataclass(frozen=True)
class NavItem:
    """One entry of the menu."""

    label: str
    url: str
    icon: str
    active: bool
    count: int = 0


NOTIFICATIONS = "campaigns:notification-list"
# (label, URL name, icon, permissions of which one is enough; empty: everybody)
INBOX = "Văn bản gửi đến"  # the bottom bar of a phone has no room for it: the home page leads there
MENU = [
    ("Việc hôm nay", "home", "house", ()),
    ("Văn bản cấp trên", "campaigns:directive-list", "inbox", (Permission.READ_WARD,)),
    ("Kế hoạch", "campaigns:plan-list", "file-text", (Permission.READ_WARD,)),
    ("Hội nghị", "campaigns:conference-list", "people", (Permission.READ_WARD,)),
    ("Kiểm tra tệp", "documents:file-check", "file-earmark-check", (Permission.READ_WARD,)),
    ("Tiến độ", "reports:matrix", "grid", (Permission.READ_WARD,)),
    ("Kết quả", "reports:submission-list", "clipboard-check", (Permission.HANDLE_RESULTS,)),
    ("Cần gọi", "campaigns:call-list", "telephone", (Permission.REMIND,)),
    ("Báo cáo", "reports:report-list", "journal-text", (Permission.READ_WARD,)),
    ("Buổi học", "reports:session-list", "journal-text", (Permission.REPORT_UNIT,)),
    ("Nhiệm vụ", "campaigns:assignment-list", "list-check", (Permission.DO_DUTY,)),
    (INBOX, "campaigns:inbox-list", "envelope", (Permission.DO_DUTY,)),
    ("Thông báo", NOTIFICATIONS, "bell", (Permission.REPORT_UNIT,)),  # at the desk it is the bell of the header
    ("Văn bản đi", "documents:paper-list", "send", (Permission.KEEP_BOOKS,)),
    ("Đơn vị", "units:unit-list", "diagram-3", (Permission.MANAGE_UNITS, Permission.READ_WARD)),
    ("Quản trị", "units:settings", "gear", (Permission.MANAGE_SETTINGS, Permission.MANAGE_ACCOUNTS)),
]
SHORT = {"Việc hôm nay": "Hôm nay"}  # four entries share the bottom bar of a phone


def navigation_for(request):
    """The entries this person may open; a page that does not exist yet is left out."""
    items = []
    by_card = not request.access.roles - Role.BY_CARD
    for label, name, icon, permissions in MENU:
        if permissions and not any(request.access.can(permission) for permission in permissions):
            continue
        if by_card and label == INBOX:
            continue
        url = _address(name, get_urlconf(), get_script_prefix())
        if url is None:
            continue
        active = request.path == url if url == "/" else request.path.startswith(url)
        count = unread_count(request.user) if name == NOTIFICATIONS else 0
        if by_card:
            label = SHORT.get(label, label)
        items.append(NavItem(label=label, url=url, icon=icon, active=active, count=count))
    return items


@lru_cache
def _address(name, _urlconf, _prefix):
    """Where an entry leads; None while there is no such page. Looked up once a process: the menu is on every page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
