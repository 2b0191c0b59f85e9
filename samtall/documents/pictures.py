"""Pictures are made anew: what a camera writes beside them (place, time, owner) and what hides behind them is gone."""

from io import BytesIO

from PIL import Image, ImageOps

from samtall.documents import limits
from samtall.documents.verdict import DocumentBad

PNG_END = b"IEND\xaeB`\x82"
Image.MAX_IMAGE_PIXELS = None  # we count ourselves, before anything is unpacked


def made_anew(content: bytes, _ending: str) -> bytes:
    picture: Image.Image
    try:
        picture = Image.open(BytesIO(content), formats=("PNG", "JPEG"))
        kind = picture.format
        if picture.width * picture.height > limits.PIXELS:
            found, limit = (
                f"{count // 1_000_000} megapixel" for count in (picture.width * picture.height, limits.PIXELS)
            )
            raise DocumentBad("F3", found, limit)
        picture.load()
        if kind == "PNG" and PNG_END not in content:  # of which the reader says nothing
            raise DocumentBad("F4")
    except (OSError, SyntaxError, ValueError) as error:
        raise DocumentBad("F4") from error
    upright = ImageOps.exif_transpose(picture)
    if upright.mode == "P":
        upright = upright.convert("RGBA" if "transparency" in upright.info else "RGB")
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    kept = BytesIO()
    if kind == "JPEG":
        clean.save(kept, "JPEG", quality=92)
    else:
        clean.save(kept, "PNG")
    return kept.getvalue()
