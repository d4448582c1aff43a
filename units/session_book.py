"""The thread between a browser's session and its line in the list of open log-ins."""

from django.http import HttpRequest

from units.services.open_sessions import note_session, prolong_session

_NAME = "booked"
_TOUCH_SECONDS = 600  # "dùng gần nhất" is true to ten minutes; a write at every request would be dear
_KINDS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Máy Windows"),
    ("Macintosh", "Máy Mac"),
    ("Linux", "Máy Linux"),
)
_BROWSERS = (("Zalo", "Zalo"), ("coc_coc", "Cốc Cốc"), ("Edg/", "Edge"), ("Firefox", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip


def device_label(request: HttpRequest) -> str:
    """What a person would call the machine: "Android, Chrome"; "Thiết bị" when it does not say."""
    agent = request.headers.get("User-Agent", "")
    kind = next((words for mark, words in _KINDS if mark in agent), "Thiết bị")
    browser = next((words for mark, words in _BROWSERS if mark in agent), "")
    return f"{kind}, {browser}" if browser else kind


def in_zalo(request: HttpRequest) -> bool:
    """Whether the page is open inside Zalo, which closes pages and forgets what was typed."""
    return "zalo" in request.headers.get("User-Agent", "").lower()


def book_session(request: HttpRequest, *, way: str) -> None:
    """Enter the log-in that this request has just opened."""
    now = request.received_at
    key = request.session.session_key
    noted = note_session(person=request.user, key=key, way=way, label=device_label(request), now=now)
    request.session[_NAME] = {"pk": noted.pk, "key": key, "seen": int(now.timestamp())}


def booked_pk(request: HttpRequest) -> int | None:
    """The line of the log-in in hand; None for one opened before there was a list."""
    return request.session.get(_NAME, {}).get("pk")


def follow_session(request: HttpRequest) -> None:
    """Keep the line true when the session got a new key or was last seen some minutes ago."""
    booked, key = request.session.get(_NAME), request.session.session_key
    if not booked or not key or not request.user.is_authenticated:
        return
    now = request.received_at
    if booked["key"] == key and now.timestamp() - booked["seen"] < _TOUCH_SECONDS:
        return
    prolong_session(pk=booked["pk"], person=request.user, key=key, now=now)
    request.session[_NAME] = booked | {"key": key, "seen": int(now.timestamp())}
