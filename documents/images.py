"""Pictures as they may be kept: PNG or JPEG, at most 20 million points, without place and device (test U-09)."""

import io

from django.core.exceptions import ValidationError
from PIL import Image, ImageOps, UnidentifiedImageError

PIXEL_LIMIT = 20_000_000
_FORMATS = ("PNG", "JPEG")


def clean_image(data: bytes) -> bytes:
    """Return the picture written anew, turned upright, without anything but the picture.

    Raises:
        ValidationError: ``bad_image`` for a broken, moving or foreign picture, ``too_many_pixels``.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > PIXEL_LIMIT:
                raise _too_many()
            if getattr(picture, "n_frames", 1) > 1:
                raise _bad()
            return _written(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise _too_many() from problem
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as problem:
        raise _bad() from problem


def _written(picture: Image.Image) -> bytes:
    kind = picture.format or "PNG"
    bare = _bare(picture, {"L", "RGB"} if kind == "JPEG" else None)
    target = io.BytesIO()
    if kind == "JPEG":
        bare.save(target, "JPEG", quality=88, optimize=True)
    else:
        bare.save(target, "PNG")
    return target.getvalue()


def _bare(picture: Image.Image, modes: set[str] | None) -> Image.Image:
    """A fresh image of the points only: no EXIF, no comment, no colour profile, no text chunk.

    The largest picture is 80 MB in memory, and five people may send one at once: never more than two copies are held
    (U-09: 200 MB), and one while it is written.
    """
    ImageOps.exif_transpose(picture, in_place=True)
    upright = picture
    if modes and picture.mode not in modes:
        upright = picture.convert("RGB")
        picture.close()
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright, (0, 0))
    if upright.mode == "P" and upright.palette:
        bare.putpalette(upright.palette)
    upright.close()
    return bare


def _too_many() -> ValidationError:
    return ValidationError(
        "Ảnh có kích thước quá lớn để xử lý (giới hạn 20 triệu điểm ảnh). Tệp chưa được lưu; "
        "đồng chí giảm cỡ ảnh hoặc chụp lại rồi tải lên.",
        code="too_many_pixels",
    )


def _bad() -> ValidationError:
    return ValidationError(
        "Không đọc được ảnh này; chương trình chỉ nhận ảnh PNG hoặc JPG tĩnh. Tệp chưa được lưu; "
        "đồng chí chụp hoặc lưu lại ảnh rồi tải lên.",
        code="bad_image",
    )
