"""What a password must be, and one spelling of it: a phone types ế as two characters, a PC as one."""

import unicodedata

from django.core.exceptions import ValidationError

from units.folding import fold

# What everybody in a ward office would try first, without tone marks and spaces.
_WARD_WORDS = (
    "danguy", "chibo", "dangbo", "bithu", "phobithu", "vanphong", "vanthu", "quantri", "tuyengiao", "danvan",
    "uybannhandan", "ubnd", "hdnd", "mttq", "phuong", "lantoa", "vietnam", "dangcongsan", "matkhau", "password",
    "nongtien", "tuyenquang",
)  # fmt: skip
_LETTERS_BESIDE = 6  # so many letters or signs must remain when the ward's words and all figures are taken away


def normalise(raw: str | None) -> str | None:
    """The NFC spelling of a password as typed (reliability A-06)."""
    return None if raw is None else unicodedata.normalize("NFC", raw)


class WardWordsValidator:
    """Refuses passwords that are little more than the ward's own words and a number, such as "Danguy@2026"."""

    def validate(self, password: str, user: object | None = None) -> None:
        """Raise ValidationError "ward_words" unless something of one's own remains beside the usual words."""
        folded = fold(password).replace(" ", "")
        rest = folded
        for word in sorted(_WARD_WORDS, key=len, reverse=True):
            rest = rest.replace(word, "")
        own = [sign for sign in rest if sign.isalpha()]
        if rest != folded and len(own) < _LETTERS_BESIDE:
            raise ValidationError(
                "Mật khẩu này chỉ gồm từ quen thuộc của cơ quan và số nên dễ đoán. Hãy dùng một câu ngắn của riêng đồng chí.",
                code="ward_words",
            )

    def get_help_text(self) -> str:
        return "Không dùng tên cơ quan, chức danh (đảng ủy, chi bộ, bí thư) kèm vài con số."
