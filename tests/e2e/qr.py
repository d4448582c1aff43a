"""Reads the QR code of a printed card or letter back, so that the test opens the address a telephone would open.

Only what our papers print (documents/qr.py): version 4, level M, one run of bytes; ISO/IEC 18004 tables for that.
The paper is clean, so no error correction is done: a wrong square fails the test.
"""

from io import BytesIO

import pypdfium2

SIZE, BORDER, BLOCKS, DATA_WORDS = 33, 4, 2, 64
MASKS = (
    lambda y, x: (y + x) % 2,
    lambda y, x: y % 2,
    lambda y, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)


def read_card(pdf: bytes, *, page: int = 0) -> str:
    """The address in the first QR code of a page: of the first card of a sheet, of a letter to one person."""
    picture = pypdfium2.PdfDocument(BytesIO(pdf))[page].render(scale=6).to_pil().convert("L")
    return _text(_squares(picture))


def _squares(picture) -> list[list[int]]:
    """The squares of the first code: the corner mark is the longest dark run at the top left of the card."""
    dark = picture.point(lambda value: 255 if value < 128 else 0)
    left, top, side = _find(dark)
    # Measured over the whole code: one pixel lost at the edge of the corner mark would be a square at the far end.
    edge, below = left + side // 14, top + round((SIZE + 1) * side / 7)
    step = (max(y for y in range(top, below) if dark.getpixel((edge, y))) + 1 - top) / SIZE
    return [
        [int(dark.getpixel((round(left + (x + 0.5) * step), round(top + (y + 0.5) * step))) > 0) for x in range(SIZE)]
        for y in range(SIZE)
    ]


def _find(dark) -> tuple[int, int, float]:
    """(left, top, width) of the corner mark: seven squares of solid ink, the same across as down, hollow inside."""
    width, height = dark.size
    pixels = dark.load()
    for top in range(height):
        run = 0
        for x in range(width):
            if pixels[x, top]:
                run += 1
                continue
            if run > 40 and _is_mark(pixels, x - run, top, run):
                return x - run, top, run
            run = 0
    raise AssertionError("No QR code on the sheet.")


def _is_mark(pixels, left, top, run) -> bool:
    at = [round((n + 0.5) * run / 7) for n in range(7)]
    return [bool(pixels[left + step, top + at[3]]) for step in at] == [True, False, True, True, True, False, True]


def _text(squares) -> str:
    mask = MASKS[_format(squares)]
    bits = [squares[y][x] ^ (not mask(y, x)) for y, x in _path()]
    words = [int("".join(str(int(bit)) for bit in bits[at : at + 8]), 2) for at in range(0, 8 * DATA_WORDS, 8)]
    plain = [word for block in range(BLOCKS) for word in words[block::BLOCKS]]
    stream = "".join(f"{word:08b}" for word in plain)
    assert stream[:4] == "0100", "The code is not of bytes."
    length = int(stream[4:12], 2)
    return bytes(int(stream[12 + 8 * n : 20 + 8 * n], 2) for n in range(length)).decode()


def _format(squares) -> int:
    """The number of the mask, from the format squares beside the corner mark (level M has 00 before it)."""
    bits = [squares[8][x] for x in range(5)]
    value = int("".join(map(str, bits)), 2) ^ 0b10101
    assert value >> 3 == 0, "The code is not of level M."
    return value & 7


def _path():
    """Squares that carry words, in the order of the standard: pairs of columns from the right, up and down."""
    right, up = SIZE - 1, True
    while right > 0:
        right -= right == 6  # the timing column is stepped over
        for y in range(SIZE - 1, -1, -1) if up else range(SIZE):
            yield from ((y, x) for x in (right, right - 1) if not _is_fixed(y, x))
        right, up = right - 2, not up


def _is_fixed(y, x) -> bool:
    """Corner marks with their format squares, the two timing lines, the alignment mark."""
    corner = (y < 9 and x < 9) or (y < 9 and x >= SIZE - 8) or (y >= SIZE - 8 and x < 9)
    return corner or y == 6 or x == 6 or (abs(y - (SIZE - 7)) <= 2 and abs(x - (SIZE - 7)) <= 2)
