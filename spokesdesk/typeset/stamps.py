"""Pictures of a signature and a seal, padded to the rectangle they are shown in, at their true size."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.sign_ways import ImageLook
from spokesdesk.typeset.places import Rect, millimetres, sizes

if TYPE_CHECKING:
    from PIL.Image import Image

_INCH = 25.4
_PIXELS = 4_000_000


def picture(png: bytes) -> "Image":
    """Give a picture with its transparency.

    Raises:
        UserError: ``sign_image``: no PNG, or one of more than four million pixels.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        found = Image.open(BytesIO(png), formats=("PNG",))
        if found.width * found.height > _PIXELS:
            raise UserError("sign_image", field="image")
        made = found.convert("RGBA")
        made.info["dpi"] = found.info.get("dpi")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise UserError("sign_image", field="image") from error
    return made


def look_of(png: bytes) -> ImageLook:
    """Give what a picture of a signature or seal looks like; raises UserError("sign_image")."""
    found = picture(png)
    alpha = found.getchannel("A").getextrema()
    small = found.resize((min(found.width, 160), min(found.height, 160)))
    inked = [
        (red, green, blue)
        for red, green, blue, shown in _dots(small)
        if shown > 96 and min(red, green, blue) < 200
    ]
    count = max(1, len(inked))
    red, green, blue = (sum(dot[at] for dot in inked) / count for at in range(3))
    colour = "blue" if blue > red + 24 else "red" if red > max(green, blue) + 48 else "other"
    width, height = seal_size(found)
    least = isinstance(alpha, tuple) and alpha[0] == 0
    return ImageLook(
        found.width, found.height, width / millimetres(1), height / millimetres(1), least, colour
    )


def _dots(found: "Image") -> list[tuple[int, int, int, int]]:
    data = found.tobytes()
    return [(data[at], data[at + 1], data[at + 2], data[at + 3]) for at in range(0, len(data), 4)]


def seal_size(found: "Image") -> tuple[float, float]:
    """Give a seal's true width and height in points: from the file's resolution where it makes sense."""
    rule = sizes()["seal"]
    dpi = found.info.get("dpi")
    width = found.width / dpi[0] * _INCH if dpi and dpi[0] else 0.0
    if not rule["least_mm"] <= width <= rule["most_mm"]:
        width = rule["size_mm"]
    return millimetres(width), millimetres(width) * found.height / found.width


def stamp(found: "Image", rect: Rect, size: tuple[float, float] | None = None) -> Any:
    """Give a stamp style that fills a rectangle with a picture.

    Args:
        found: from ``picture``.
        rect: of the signature field.
        size: width and height in points, set against the right edge; None for as large as it goes, in the middle.
    """
    from pyhanko.pdf_utils.images import PdfImage
    from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, SimpleBoxLayoutRule
    from pyhanko.stamp import StaticStampStyle

    whole = SimpleBoxLayoutRule(
        AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, inner_content_scaling=InnerScaling.STRETCH_FILL
    )
    return StaticStampStyle(
        background=PdfImage(_padded(found, rect, size)),
        border_width=0,
        background_opacity=1.0,
        background_layout=whole,
    )


def _padded(found: "Image", rect: Rect, size: tuple[float, float] | None) -> "Image":
    from PIL import Image

    width, height = rect[2] - rect[0], rect[3] - rect[1]
    if size is None:
        least = max(found.width / width, found.height / height)
    else:
        least = max(found.width / min(size[0], width), found.height / min(size[1], height))
    frame = Image.new(
        "RGBA", (max(1, round(width * least)), max(1, round(height * least))), (255, 255, 255, 0)
    )
    left = frame.width - found.width
    frame.paste(found, (left if size else left // 2, (frame.height - found.height) // 2))
    return frame
