"""The columns of the Excel sheet in which a ward keeps the results of its units, found by their headings.

Every ward words and orders them its own way: a heading is known by any of its names without tone marks, by a near
spelling, or by two rows read together ("Vắng" over "Có lý do | Không lý do").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from units.folding import fold

HEADING_ROWS = 12  # the heading is looked for in the first rows: a title and a date usually stand above it
NEAR = 0.87
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """What a column may hold: its key, the heading of the template, other names it goes by, an example."""

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    example: str = ""


COLUMNS = (
    ResultColumn("code", "Mã đơn vị", ("ma", "ma so"), "TDP-06"),
    ResultColumn(
        "name",
        "Đơn vị",
        ("ten don vi", "chi bo", "ten chi bo", "to chuc dang", "chi bo dang bo", "ten to chuc dang"),
        "Chi bộ TDP 6",
    ),
    ResultColumn(
        "held_on", "Ngày học", ("ngay to chuc", "thoi gian to chuc", "ngay", "thoi gian", "ngay thang"), "02/6/2026"
    ),
    ResultColumn("minutes", "Thời lượng (phút)", ("thoi luong", "so phut"), "90"),
    ResultColumn("form", "Hình thức", ("hinh thuc to chuc", "hinh thuc hoc"), "Lồng ghép sinh hoạt chi bộ"),
    ResultColumn("way", "Cách dự", ("cach hoc",), "Trực tiếp"),
    ResultColumn("speaker", "Báo cáo viên", ("nguoi truyen dat", "bcv"), "Bí thư chi bộ"),
    ResultColumn(
        "members",
        "Tổng số đảng viên",
        ("tong so dv", "tong dv", "so dang vien", "dang vien", "ts dang vien", "ts dv", "tong dang vien"),
        "30",
    ),
    ResultColumn(
        "exempt", "Được miễn", ("mien", "mien sinh hoat", "mien cong tac sinh hoat", "so duoc mien", "dv mien"), "4"
    ),
    ResultColumn("away", "Đi xa, sinh hoạt nơi khác", ("di xa", "sinh hoat noi khac", "tam vang", "di lam an xa"), "1"),
    ResultColumn("received", "Tiếp nhận tạm thời", ("tiep nhan", "tiep nhan sinh hoat tam thoi"), "0"),
    ResultColumn("required", "Phải dự", ("so phai du", "dv phai du", "dang vien phai du", "trieu tap", "dv trieu tap")),
    ResultColumn(
        "present",
        "Có mặt",
        ("so co mat", "dv co mat", "dang vien co mat", "du hoc", "da du", "so du", "dv du hoc", "dang vien du hoc"),
        "24",
    ),
    ResultColumn("excused", "Vắng có lý do", ("vang co ld", "vang cld", "vang co phep", "co ly do"), "1"),
    ResultColumn("unexcused", "Vắng không lý do", ("vang khong ld", "vang kld", "vang khong phep", "khong ly do"), "0"),
    ResultColumn("absent", "Vắng", ("so vang", "vang mat")),
    ResultColumn("speakers", "Số đảng viên phát biểu", ("phat bieu", "dv phat bieu", "so phat bieu"), "8"),
    ResultColumn("outside_people", "Người ngoài Đảng", ("ngoai dang", "quan chung", "nhan dan"), "5"),
    ResultColumn("oral_sessions", "Số buổi tuyên truyền miệng", ("tuyen truyen mieng", "buoi tuyen truyen"), "2"),
    ResultColumn("oral_listeners", "Lượt người nghe", ("luot nghe", "so luot nghe"), "80"),
    ResultColumn("broadcasts", "Số lượt phát thanh", ("phat thanh", "truyen thanh", "luot phat thanh"), "3"),
    ResultColumn("online_posts", "Số tin, bài", ("tin bai", "tin bai tren mang", "tin bai mang xa hoi")),
    ResultColumn("concrete_work", "Việc làm cụ thể", ("dang ky viec lam", "viec lam sau buoi hoc", "viec cu the hoa")),
    ResultColumn("strengths", "Ưu điểm"),
    ResultColumn("limits", "Hạn chế", ("ton tai", "ton tai han che", "khuyet diem")),
    ResultColumn("causes", "Nguyên nhân"),
    ResultColumn("said", "Ý kiến, băn khoăn", ("y kien", "y kien dang vien")),
    ResultColumn("proposals", "Kiến nghị, đề xuất", ("kien nghi", "de xuat")),
)
BY_KEY = {column.key: column for column in COLUMNS}
# the self-score: a column per line of the plan's sheet, by its code, and one more for the grounds where a ward keeps them
POINTS, GROUNDS = "points:", "note:"
_SCORE_WORDS = {"tu", "cham", "diem", "muc", "tieu", "chi"}
_GROUND_WORDS = {"can", "cu", "ly", "do", "ghi", "chu", "muc"}
# without one of these a sheet says nothing about who studied
NEEDED = (("code", "name"), ("present",), ("members", "required"))
# figures that the program computes itself, never the sheet (decisions 8)
_COMPUTED = {
    "tt",
    "stt",
    "so tt",
    "ty le",
    "ti le",
    "ty le du",
    "diem",
    "diem tu cham",
    "xep loai",
    "tong diem",
    "ghi chu",
}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]+", " ", fold(re.sub(r"\(.*?\)|%|\*", " ", text))).split())


_NAMES = {_plain(name): column.key for column in COLUMNS for name in (column.title, *column.aliases)}


def score_columns(codes: Sequence[str]) -> list[ResultColumn]:
    """The columns of the self-score for the lines `codes` of a sheet."""
    return [
        ResultColumn(f"{kind}{code}", f"{word} {code}")
        for kind, word in ((POINTS, "Điểm"), (GROUNDS, "Căn cứ"))
        for code in codes
    ]


def title_of(key: str) -> str:
    """What people call the column `key`."""
    for kind, word in ((POINTS, "Điểm"), (GROUNDS, "Căn cứ")):
        if key.startswith(kind):
            return f"{word} {key.removeprefix(kind)}"
    return BY_KEY[key].title


def _score_key(heading: str, codes: Sequence[str]) -> str:
    """ "I.1", "Điểm I.1", "Tự chấm mục I.1" and "Căn cứ I.1"; a bare number is the number of a column, not a line."""
    words = _plain(heading).split()
    for kind, leading in ((POINTS, _SCORE_WORDS), (GROUNDS, _GROUND_WORDS)):
        rest = list(words)
        while rest and rest[0] in leading:
            rest.pop(0)
        for code in codes:
            wanted = _plain(code).split()
            bare = len(rest) == len(words)
            if wanted and rest == wanted and not (bare and (kind == GROUNDS or "".join(wanted).isdecimal())):
                return f"{kind}{code}"
    return ""


def key_of(heading: str, codes: Sequence[str] = ()) -> str:
    """The key of the column that `heading` names; "" for none. `codes` are the lines of the sheet the units are scored by."""
    if codes and (key := _score_key(heading, codes)):
        return key
    plain = _plain(heading)
    if not plain or plain in _COMPUTED or len(plain.split()) > MOST_WORDS:
        return ""
    if plain in _NAMES:
        return _NAMES[plain]
    near = get_close_matches(plain, _NAMES, n=1, cutoff=NEAR)
    return _NAMES[near[0]] if near else ""


@dataclass
class Heading:
    """Where the heading stands (`first_row`: index of the first row below it), its words by column, and what was read."""

    first_row: int = 0
    words: list[str] = field(default_factory=list)
    keys: dict[int, str] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        """Sentences about columns without which nothing can be read."""
        known = set(self.keys.values())
        lacking = [wanted for wanted in NEEDED if not known & set(wanted)]
        return [f"Chưa có cột {' hoặc '.join(f'“{BY_KEY[key].title}”' for key in wanted)}." for wanted in lacking]


def find_heading(table: Sequence[Sequence[str]], codes: Sequence[str] = ()) -> Heading:
    """The row, or the two rows, that hold most known headings."""
    best = Heading()
    for place in range(min(HEADING_ROWS, len(table))):
        below = table[place + 1] if place + 1 < len(table) else []
        for words, height in ((list(table[place]), 1), (_joined(table[place], below), 2)):
            keys = read_keys(words, codes)
            if len(keys) > len(best.keys):
                best = Heading(place + height, words, keys)
    return best


def read_keys(words: Sequence[str], codes: Sequence[str] = ()) -> dict[int, str]:
    """Column index -> key; the first of two columns of one name is taken."""
    keys: dict[int, str] = {}
    for index, text in enumerate(words):
        key = key_of(text, codes)
        if key and key not in keys.values():
            keys[index] = key
    return keys


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two rows of a heading as one: the upper word stands over every column up to the next one."""
    words, over = [], ""
    for index in range(max(len(upper), len(lower))):
        here = upper[index] if index < len(upper) else ""
        under = lower[index] if index < len(lower) else ""
        over = here or over
        words.append(f"{over} {under}".strip() if under else here)
    return words
