"""A form of another site, or with another person's token, is refused at every address that takes a POST (A-05)."""

import pytest
from django.test import Client

from tests.access_table import TABLE
from tests.access_words import SIGNED_IN
from tests.test_access_matrix import Visitor, world
from tests.urls_walk import walk

__all__ = ["world"]
pytestmark = [pytest.mark.once, pytest.mark.proves("A-05")]


def _token(client):
    """The token of the page in hand; its cookie stays with the client."""
    client.get("/dang-nhap/?mat-khau")
    return client.cookies["lantoa-csrf"].value


def _answers(world, send):
    """{name: code} of `send(visitor, url)` at every address, each as somebody who may use it."""
    visitors = {role: Visitor(role, world, check_csrf=True) for role in SIGNED_IN}
    answers = {}
    for address in walk():
        line = TABLE.get(address.name)
        if line is not None and line.post is not None:
            role = next(role for role in SIGNED_IN if role in line.post)
            answers[address.name] = send(visitors[role], address.url(line, world.own))
    return answers


def test_another_persons_token_is_refused(world):
    foreign = _token(Client())

    def send(visitor, url):
        if "lantoa-csrf" not in visitor.client.cookies:
            visitor.client.get("/tai-khoan/")
        return visitor.visit("post", url, {"csrfmiddlewaretoken": foreign}).status_code

    assert {name: code for name, code in _answers(world, send).items() if code != 403} == {}


def test_another_sites_form_is_refused_even_with_the_right_token(world):
    def send(visitor, url):
        visitor.client.defaults["HTTP_ORIGIN"] = "https://evil.example"
        return visitor.visit("post", url, {"csrfmiddlewaretoken": _token(visitor.client)}).status_code

    assert {name: code for name, code in _answers(world, send).items() if code != 403} == {}


def test_control_the_own_token_of_the_own_site_is_taken(world):
    visitor = Visitor("clerk", world, check_csrf=True)
    visitor.client.get("/tai-khoan/")
    token = visitor.client.cookies["lantoa-csrf"].value
    assert visitor.visit("post", "/tai-khoan/may/dung-het/", {"csrfmiddlewaretoken": token}).status_code == 302
