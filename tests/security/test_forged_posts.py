"""A form of another site, or with another person's token, is refused at every address that takes a POST (A-05)."""

import pytest
from django.test import Client

from tests.access_table import TABLE
from tests.access_words import SIGNED_IN
from tests.test_access_matrix import Visitor, world
from tests.urls_walk import walk

__all__ = ["world"]
pytestmark = [pytest.mark.once, pytest.mark.proves("A-05")]


def _token(client, page="/tai-khoan/"):
    """The token of a page with a form; its cookie stays with the client."""
    if "lantoa-csrf" not in client.cookies:
        client.get(page)
    return client.cookies["lantoa-csrf"].value


def test_another_persons_token_and_another_sites_form_are_refused_everywhere(world):
    foreign = _token(Client(), "/dang-nhap/")
    visitors = {role: Visitor(role, world, check_csrf=True) for role in SIGNED_IN}
    taken = []
    for address in walk():
        line = TABLE.get(address.name)
        if line is None or line.post is None or line.one_click:
            continue  # one-click: the mail program that stops letters has no page and no token (RFC 8058)
        visitor = visitors[next(role for role in SIGNED_IN if role in line.post)]
        url, own = address.url(line, world.own), _token(visitor.client)
        for origin, token in (("http://testserver", foreign), ("https://evil.example", own)):
            visitor.client.defaults["HTTP_ORIGIN"] = origin
            code = visitor.visit("post", url, {"csrfmiddlewaretoken": token}).status_code
            if code != 403:
                taken.append((address.name, origin, code))
    assert taken == []


def test_control_the_own_token_of_the_own_site_is_taken(world):
    visitor = Visitor("clerk", world, check_csrf=True)
    token = _token(visitor.client)
    assert visitor.visit("post", "/tai-khoan/may/dung-het/", {"csrfmiddlewaretoken": token}).status_code == 302
    visitor.client.defaults["HTTP_ORIGIN"] = "https://evil.example"
    assert visitor.visit("post", "/tai-khoan/may/dung-het/", {"csrfmiddlewaretoken": token}).status_code == 403
