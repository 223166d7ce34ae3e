"""Files from outside are parsed in a process apart: it may die, hang or be taken over; the desk lives and says so."""

import random
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.words import word
from spokesdesk.outside.apart import MOST_PIXELS
from spokesdesk.typeset import apart
from spokesdesk.typeset.apart import talk
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.pages import PageImage, PdfState, page_images
from spokesdesk.typeset.to_pdf import to_pdf
from tests import pki
from tests.typeset.corpus import LETTER
from tests.typeset.signed import by_agency, by_leader

T = TypeVar("T")
PDF = to_pdf(compose(LETTER))
SAID = {"look_unreadable", "look_failed", "look_too_slow", "verify_pdf_bad"}
SEEDS = [*range(4), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 60))]


def photo(form: str, size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    made = Image.radial_gradient("L").resize(size).convert("RGB")
    out = BytesIO()
    made.save(out, form, **more)
    return out.getvalue()


def on_disk(folder: Path, data: bytes) -> Path:
    path = folder / "tep"
    path.write_bytes(data)
    return path


def test_pages_of_a_pdf_come_back_dot_by_dot() -> None:
    assert apart.page_pictures(PDF, 50, 30) == tuple(page_images(PDF, 50))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF"])
def test_a_picture_comes_back_in_its_size_and_colours(form: str) -> None:
    found = apart.picture(photo(form))
    assert (found.width, found.height) == (60, 40)
    middle = found.bgra[(20 * 60 + 30) * 4 :][:4]
    assert (max(middle[:3]) < 60, middle[3]) == (True, 255)


def test_a_picture_is_turned_as_the_camera_was_held_and_fits_a_screen() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    assert (apart.picture(photo("JPEG", exif=turned)).width, apart.picture(photo("PNG")).width) == (40, 60)
    large = apart.picture(photo("JPEG", (5000, 3000)))
    assert (large.width, large.height) == (1600, 960)


def test_the_words_of_a_pdf_are_read_from_its_file(tmp_path: Path) -> None:
    with on_disk(tmp_path, PDF).open("rb") as source:
        source.read(10)
        assert "Nhựt Chánh" in " ".join(apart.pdf_texts(source, 30, 20))
        assert apart.pdf_state(source) is PdfState.READABLE
        source.seek(0)
        assert source.read() == PDF
    with on_disk(tmp_path, b"%PDF-1.7 nothing").open("rb") as source:
        assert (apart.pdf_texts(source, 30, 20), apart.pdf_state(source)) == ([], PdfState.DAMAGED)


def mutated(data: bytes, seed: int) -> bytes:
    """Give a file with some bytes, numbers, stretches or its end changed."""
    chance, made = random.Random(seed), bytearray(data)
    for _change in range(chance.choice((1, 3, 20, 200))):
        at = chance.randrange(len(made))
        match chance.randrange(5):
            case 0:
                made[at] ^= 1 << chance.randrange(8)
            case 1:
                made[at : at + 4] = chance.choice((b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\x80\0\0\0", b"9999"))
            case 2:
                made[at:at] = made[at : at + chance.randrange(1, 300)]
            case 3:
                del made[at : at + chance.randrange(1, 300)]
            case _:
                made[at : at + 8] = chance.randbytes(8)
        made = made or bytearray(b"x")
    return bytes(made[: chance.randrange(1, len(made) + 1)] if chance.random() < 0.2 else made)


def whole(found: PageImage) -> bool:
    return len(found.bgra) == found.width * found.height * 4 and found.width * found.height <= MOST_PIXELS


def given(work: Callable[[], T]) -> T | None:
    """Give what a reading gives; None when it says in words that it cannot."""
    try:
        return work()
    except UserError as fault:
        if fault.code not in SAID or word(fault) == str(fault):
            raise
        return None


PICTURES = {form: photo(form, (300, 200)) for form in ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")}


@pytest.mark.parametrize("form", PICTURES)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_damaged_picture_harms_the_desk(form: str, seed: int) -> None:
    found = given(lambda: apart.picture(mutated(PICTURES[form], seed)))
    assert found is None or whole(found)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_damaged_pdf_harms_the_desk(tmp_path: Path, seed: int) -> None:
    data = mutated(PDF, seed)
    assert all(whole(page) for page in given(lambda: apart.page_pictures(data, 60, 30)) or ())
    with on_disk(tmp_path, data).open("rb") as source:
        assert all(isinstance(text, str) for text in apart.pdf_texts(source, 30, 20))
        assert apart.pdf_state(source) in PdfState


@pytest.mark.parametrize("seed", SEEDS)
def test_no_damaged_signature_is_good_or_harms_the_desk(seed: int) -> None:
    paper, roots = by_agency(by_leader()), (pki.authority().der,)
    assert apart.verdict(paper, roots).ok
    data = mutated(paper, seed)
    found = given(lambda: apart.verdict(data, roots))
    assert found is None or data == paper or not found.ok


def test_a_picture_of_untold_size_is_not_decoded() -> None:
    bomb = bytearray(photo("PNG"))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(UserError, match="look_unreadable"):
        apart.picture(bytes(bomb))


def test_a_page_of_untold_size_is_shown_with_fewer_dots() -> None:
    wide = PDF.replace(b"/MediaBox [ 0 0 595.3 841.9 ]", b"/MediaBox [ 0 0 14400 14400 ]")
    assert wide != PDF
    assert len(wide) == len(PDF)
    pages = apart.page_pictures(wide, 110, 1)
    assert [whole(page) and page.width > 2000 for page in pages] == [True]


DYING = {
    "at once": ("kill -SEGV $$", "look_failed"),
    "in the middle": (r"printf '+\001\000\000\000\001\000\000\000ab'; kill -SEGV $$", "look_failed"),
    "lying about sizes": (r"printf '+\377\377\377\377\377\377\377\377ab+'", "look_failed"),
    "with a word of its own": ("printf -- '-rm_minus_rf-'", "look_failed"),
    "never": ("exec sleep 1000", "look_too_slow"),
    "talking for ever": ("exec yes +", "look_failed"),
}


@pytest.mark.parametrize("how", DYING)
def test_a_process_that_dies_hangs_or_lies_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    script, code = DYING[how]
    taken = tmp_path / "taken"
    taken.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    taken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(taken))
    monkeypatch.setattr(talk, "SECONDS", 1.0 if code == "look_too_slow" else 30.0)
    monkeypatch.setattr(talk, "MOST_ANSWERED", 1_000_000)
    with pytest.raises(UserError, match=code) as caught:
        apart.picture(photo("PNG") + bytes(5_000_000))
    assert "Bàn làm việc và dữ liệu vẫn nguyên." in word(caught.value) or "vẫn nguyên;" in word(caught.value)
    with on_disk(tmp_path, PDF).open("rb") as source:
        assert (apart.pdf_texts(source, 1, 1), apart.pdf_state(source)) == ([], PdfState.DAMAGED)


CONFINED = """
import os, socket, subprocess, sys
from spokesdesk.outside import confine
confine.confine()
def tried(work):
    try:
        work()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
def written():
    with open(sys.argv[1], "wb") as out:
        out.write(b"x")
print(tried(socket.socket), tried(written), tried(lambda: subprocess.run(["true"])), tried(os.fork),
      tried(lambda: os.kill(os.getppid(), 0)), tried(lambda: bytearray(4 << 30)))
"""


def test_the_process_reaches_no_network_starts_nothing_writes_nothing_and_takes_little(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CONFINED, str(tmp_path / "x")],
        env=talk._environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.split() == [
        "PermissionError",
        "OSError",
        "PermissionError",
        "PermissionError",
        "PermissionError",
        "MemoryError",
    ]


def test_the_process_is_told_nothing_of_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", "bí mật")
    assert not [
        name for name in talk._environment() if name.startswith(("SPOKESDESK", "HOME", "DBUS", "XDG"))
    ]
