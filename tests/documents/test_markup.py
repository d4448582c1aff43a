import pytest

from documents import markup
from documents.markup import Run, bold, escape, italic, parse, plain


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", ()),
        ("thường", (Run("thường"),)),
        ("trong tháng **5/2026**.", (Run("trong tháng "), Run("5/2026", bold=True), Run("."))),
        ("về *đẩy mạnh*", (Run("về "), Run("đẩy mạnh", italic=True))),
        ("***cả hai***", (Run("cả hai", bold=True, italic=True),)),
        ("**đậm *nghiêng* đậm**", (Run("đậm ", True), Run("nghiêng", True, True), Run(" đậm", True))),
        ("3 * 4 = 12", (Run("3 * 4 = 12"),)),
        ("một * và **", (Run("một * và **"),)),
        ("*mở mà không đóng", (Run("*mở mà không đóng"),)),
        (r"\*\*không đậm\*\*", (Run("**không đậm**"),)),
        ("<b>x</b>", (Run("<b>x</b>"),)),
    ],
)
def test_parse(text, runs):
    assert parse(text) == runs


@pytest.mark.parametrize("text", ["*", "**", "a*b", "**a**", r"x", "* * *", "3*4*5"])
def test_escaped_text_prints_as_given(text):
    assert plain(escape(text)) == text
    assert parse(bold(text)) == (Run(text, bold=True),)
    assert parse(italic(text)) == (Run(text, italic=True),)


def test_parse_grows_with_its_input_only():
    assert plain("*a " * 30_000) == "*a " * 30_000


def test_runs_joined_are_read_back():
    for text in ("một **hai** *ba*", "**a *b* c**", "***x***", "*a **b***", "**a***b*", r"giá \* hai", "**a** **b**"):
        assert markup.joined(markup.parse(text)) == text
    runs = (markup.Run("a "), markup.Run(" b ", bold=True), markup.Run("*c"))
    assert markup.joined(runs) == r"a  **b** \*c"
