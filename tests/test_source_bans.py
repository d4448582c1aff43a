"""What must not appear in the source (reliability S-03, P-03, P-07; house rule 31)."""

import ast
import re

import pytest

from tests.source import PACKAGES, calls, last_name, python_files, template_files, tree_of, where

pytestmark = pytest.mark.once

NAMES = {"mark_safe", "csrf_exempt", "eval", "exec", "pickle", "RawSQL"}
METHODS = {"raw", "extra"}
TEMPLATE_BANS = {
    "safe filter": r"\|\s*safe(seq)?\b",
    "autoescape off": r"autoescape\s+off",
    "inline handler": r"<[^>]*\son[a-z]+\s*=",
    "javascript: address": r"javascript:",
    "inline style": r"<[^>]*\sstyle\s*=",
    "style element": r"<style\b",
    "inline script": r"<script(?![^>]*\bsrc=)(?![^>]*application/json)",
    "other host": r"""(?:src|href)\s*=\s*["'](?:https?:)?//""",
}
# "file what" -> why it is right there.
ALLOWED: dict[str, str] = {
    "campaigns/views/contact.py csrf_exempt": "RFC 8058: a mail provider posts the stop link without cookies; its signature is the right"
}


def unexplained(found):
    """The lines of `found` ("file:7 what") that ALLOWED does not speak of."""
    return [line for line in found if re.sub(r":\d+ ", " ", line) not in ALLOWED]


@pytest.mark.proves("S-03")
def test_python_uses_nothing_banned():
    found = [f"{where(path, node)} {what}" for path in python_files(*PACKAGES) for node, what in banned(tree_of(path))]
    assert unexplained(found) == []


def banned(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and last_name(node) in NAMES:
            yield node, last_name(node)
        elif isinstance(node, ast.alias) and node.name.split(".")[-1] in NAMES:
            yield node, node.name
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            yield node, f".{node.func.attr}()"
        elif isinstance(node, ast.Call) and last_name(node.func) == "SafeString" and node.args:
            yield node, "SafeString()"
        elif isinstance(node, ast.keyword) and isinstance(node.value, ast.Constant):
            if (node.arg, node.value.value) in {("shell", True), ("verify", False)}:
                yield node.value, f"{node.arg}={node.value.value}"
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and node.value.value == "__all__":
            yield node, 'fields = "__all__"'


@pytest.mark.parametrize(
    "source",
    [
        "mark_safe(x)",
        "from django.utils.safestring import mark_safe",
        "M.objects.raw('x')",
        "import pickle",
        "run(x, shell=True)",
    ],
)
def test_planted_bans_are_found(source):
    """The control: each of these is seen."""
    assert list(banned(ast.parse(source))) != []


@pytest.mark.proves("S-03")
def test_templates_use_nothing_banned():
    found = []
    for path in template_files():
        # A comment may name what it warns of.
        text = re.sub(
            r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->",
            "",
            path.read_text(encoding="utf-8"),
            flags=re.S,
        )
        found += [f"{where(path)} {what}" for what, pattern in TEMPLATE_BANS.items() if re.search(pattern, text, re.I)]
    assert unexplained(found) == []


@pytest.mark.proves("P-03")
def test_every_layout_call_is_locked_down():
    wrong = []
    for path in python_files("documents", "campaigns", "reports", "units"):
        if "weasyprint" not in path.read_text(encoding="utf-8"):
            continue
        for node in [*calls(path, "HTML"), *calls(path, "CSS")]:
            words = {keyword.arg for keyword in node.keywords}
            if "url_fetcher" not in words or words & {"url", "filename", "file_obj"} or node.args:
                wrong.append(where(path, node))
        for node in [*calls(path, "write_pdf"), *calls(path, "render")]:
            if {keyword.arg for keyword in node.keywords} & {"attachments", "xmp_metadata", "presentational_hints"}:
                wrong.append(where(path, node))
    assert wrong == []


@pytest.mark.proves("P-07")
def test_crispy_layouts_hold_literals_only():
    """crispy renders HTML(x) and legends as Django templates: text of the database there would be run."""
    wrong = []
    for path in python_files("campaigns", "reports", "units", "documents"):
        if "crispy_forms" not in path.read_text(encoding="utf-8"):
            continue
        for name in ("HTML", "Fieldset", "Submit", "Button", "Div"):
            for node in calls(path, name):
                first = node.args[:1] if name != "Div" else []
                if any(
                    not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)) for argument in first
                ):
                    wrong.append(f"{where(path, node)} {name}")
    assert wrong == []


def test_a_browser_test_waits_for_a_function_and_not_for_words():
    """Words are evaluated anew at every look, which the policy of our pages forbids: they wait only where they need not."""
    found = [
        where(path, call)
        for path in python_files("tests/e2e")
        for call in calls(path, "wait_for_function")
        if call.args and isinstance(call.args[0], ast.Constant) and "=>" not in str(call.args[0].value)
    ]
    assert found == []
