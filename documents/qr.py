"""QR codes as a drawing that a template puts into an SVG: on access cards, rolls, forms and letters."""

import segno


def qr_drawing(address: str) -> tuple[str, int]:
    """The dark squares of a QR code as one SVG path, and its width in squares with a quiet border of four."""
    border, strokes = 4, []
    matrix = segno.make_qr(address, error="m").matrix
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            run = 1
            while x + run < len(row) and row[x + run] == row[x]:
                run += 1
            if row[x]:
                strokes.append(f"M{x + border} {y + border}h{run}v1h-{run}z")
            x += run
    return "".join(strokes), len(matrix) + 2 * border
