"""Where a call may go: public addresses over TLS, whatever an administrator or a browser typed (reliability H: SSRF).

The host is looked up once, every answer is looked at, and the call goes to the address that was looked at: a name that
answers differently the second time reaches nothing inside. What the operator runs in the office's own network is
listed in OUTGOING_INSIDE ("host:port"), a setting of the machine and not of a page.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

# Ranges of IPv6 that carry an IPv4 address inside: what they reach cannot be seen from their own numbers.
_TUNNELS = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")]
LONGEST = 600


@dataclass(frozen=True)
class Target:
    """One looked-at address: `ip` is connected to, `host` is what its certificate must name."""

    host: str
    port: int
    path: str
    ip: str
    tls: bool


def check_url(url: str) -> None:
    """Raise ValidationError with a sentence for the page unless `url` may be called at all; looks up nothing."""
    _parts(url)


def target_of(url: str) -> Target:
    """Look `url` up; ValidationError "address" (never to be called) or OSError (the name is not known now)."""
    parts, port, inside = _parts(url)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except UnicodeError:  # a name no resolver can hold, such as one with an endless label
        raise ValidationError("Tên máy chủ trong địa chỉ chưa đúng. Đồng chí kiểm tra lại.", code="address") from None
    ips = [ipaddress.ip_address(row[4][0].split("%")[0]) for row in found]
    if not inside and not all(is_public(ip) for ip in ips):
        raise ValidationError("Địa chỉ này dẫn vào mạng nội bộ nên chương trình không gọi.", code="address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host=parts.hostname, port=port, path=path, ip=str(ips[0]), tls=parts.scheme == "https")


def is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether `ip` lies on the open Internet: no loopback, private, link-local, multicast or tunnelled one."""
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _TUNNELS if net.version == ip.version)


def _parts(url: str):
    wrong = ValidationError("Địa chỉ chưa đúng. Đồng chí nhập dạng https://ten-may-chu/duong-dan.", code="address")
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise wrong from None
    plain = all(32 < ord(char) < 127 for char in url)
    if not (plain and parts.hostname and len(url) <= LONGEST) or parts.username or parts.password or parts.fragment:
        raise wrong
    inside = f"{parts.hostname}:{port}" in settings.OUTGOING_INSIDE
    if parts.scheme != "https" and not (inside and parts.scheme == "http"):
        raise ValidationError(
            "Chương trình chỉ gọi địa chỉ https. Đồng chí nhập địa chỉ bắt đầu bằng https://.", code="address"
        )
    return parts, port, inside
