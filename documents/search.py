"""How papers and names are searched: tone marks, their placing and look-alike letters make no difference (N-02, N-07)."""

from units.folding import fold as fold_name
from units.folding import natural_sort_key

__all__ = ["fold", "natural_sort_key"]

# Eth and the African D look like Đ and come out of scanners and foreign keyboards.
_LOOKALIKES = str.maketrans("ÐƉðɖ", "ĐĐđđ")


def fold(text: str) -> str:
    """Return the text as a search compares it: lower case, no marks, "đ" as "d", single spaces.

    "uỷ" and "ủy", "hoà" and "hòa" become equal because their marks go.
    """
    return fold_name(str(text or "").translate(_LOOKALIKES))
