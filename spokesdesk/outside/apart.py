"""The process apart: does one task on one file and ends. Started by ``talk.asked`` only."""

import json
import math
import sys
from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO

from spokesdesk.domain.errors import UserError
from spokesdesk.outside import confine
from spokesdesk.typeset.apart import talk
from spokesdesk.typeset.pages import PageImage

MOST_PIXELS = 12_000_000
"""Of one page or picture that is given back."""
MOST_DECODED = 120_000_000
"""Of a picture that is decoded at all: more would take the memory of the machine."""
SCREEN = (1600, 1600)
UNREADABLE = "look_unreadable"
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")


def _pages(dpi: str, most: str) -> bytes:
    from spokesdesk.typeset.pages import page_images, page_sizes

    [pdf] = talk.given(sys.stdin.buffer)
    sizes = page_sizes(pdf)[: int(most)]
    found: list[PageImage] = []
    for at, (width, height) in enumerate(sizes):
        dots = width * height * (int(dpi) / 72) ** 2
        fitting = int(dpi) if dots <= MOST_PIXELS else max(1, int(int(dpi) * math.sqrt(MOST_PIXELS / dots)))
        found += page_images(pdf, fitting, range(at, at + 1))
    return talk.packed(found)


def _picture() -> bytes:
    from PIL import Image, ImageOps

    [data] = talk.given(sys.stdin.buffer)
    try:
        found = Image.open(BytesIO(data), formats=FORMATS)
        if found.width * found.height > MOST_DECODED:
            raise UserError(UNREADABLE)
        found.draft("RGB", SCREEN)
        found.thumbnail(SCREEN)
        shown = ImageOps.exif_transpose(found).convert("RGBA")
        under = Image.new("RGBA", shown.size, "white")
        under.alpha_composite(shown)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UserError(UNREADABLE) from error
    return talk.packed([PageImage(under.width, under.height, under.tobytes("raw", "BGRA"))])


def _texts(most: str, seconds: str) -> bytes:
    import time

    from spokesdesk.typeset.pages import page_texts

    return json.dumps(list(page_texts(_file(), int(most), time.monotonic() + float(seconds)))).encode()


def _state() -> bytes:
    from spokesdesk.typeset.pages import pdf_state

    return json.dumps([pdf_state(_file()).name]).encode()


def _verify() -> bytes:
    import msgspec

    from spokesdesk.typeset.verify import verify

    pdf, *roots = talk.given(sys.stdin.buffer)
    # pyHanko's names of fields are texts of a kind of their own.
    return msgspec.json.encode(verify(pdf, roots), enc_hook=str)


def _file() -> BinaryIO:
    source = sys.stdin.buffer
    source.seek(0)
    return source


TASKS: dict[str, Callable[..., bytes]] = {
    "pages": _pages,
    "picture": _picture,
    "texts": _texts,
    "state": _state,
    "verify": _verify,
}


def main(task: str, *arguments: str) -> None:
    """Do a task and write its answer, framed so that a part of it is not taken for the whole."""
    confine.confine()
    try:
        mark, answer = talk.GOOD, TASKS[task](*arguments)
    except UserError as error:
        mark, answer = talk.BAD, (error.code if error.code in talk.CODES else UNREADABLE).encode()
    except Exception:
        # A damaged or hostile file can make a parser stumble in any way; it says nothing about the program.
        mark, answer = talk.BAD, UNREADABLE.encode()
    sys.stdout.buffer.write(mark + answer + mark)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
