"""PDF/A-1b, as Apache Preflight judges it."""

import io
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pdfplumber
import pytest

from spokesdesk import assets
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.to_pdf import to_pdf
from tests.typeset.corpus import LETTER, RELEASE, VARIANTS, random_letter
from tests.typeset.preflight import faults
from tests.typeset.signed import by_agency, by_leader

DC = "{http://purl.org/dc/elements/1.1/}"
JUDGED = ("letter-14", "release-13-urgent", "annexes")


def test_papers_are_fit_for_the_archive(tmp_path: Path) -> None:
    odd = replace(
        LETTER, subject='Về "A & B" <thử> (một) \\ hai', body="Ấn phẩm **đậm** *nghiêng* ***cả hai***."
    )
    bare = type(LETTER)(LETTER.kind)
    letters = {name: VARIANTS[name] for name in JUDGED} | {"odd": odd, "bare": bare}
    found = faults({name: to_pdf(compose(letter)) for name, letter in letters.items()}, tmp_path)
    assert found == dict.fromkeys(letters, "")


def test_signed_papers_are_fit_for_the_archive(tmp_path: Path) -> None:
    """Without pictures, which are transparent: the leader's file with its blanks, and the one with number and seal."""
    files = {"leader": by_leader(), "both": by_agency(by_leader())}
    assert faults(files, tmp_path) == {"leader": "", "both": ""}


@pytest.mark.long
def test_every_kind_of_paper_is_fit_for_the_archive(tmp_path: Path) -> None:
    letters = VARIANTS | {f"random-{seed}": random_letter(seed, 120) for seed in range(4)}
    found = faults({name: to_pdf(compose(letter)) for name, letter in letters.items()}, tmp_path)
    assert {name: fault for name, fault in found.items() if fault} == {}


def test_the_judge_refuses_a_file_that_is_not(tmp_path: Path) -> None:
    whole = to_pdf(compose(RELEASE))
    found = faults({"bare": whole.replace(b"/OutputIntents", b"/OtherIntents_")}, tmp_path)
    assert found["bare"]


def test_the_description_says_what_the_information_dictionary_says() -> None:
    pdf = to_pdf(compose(LETTER))
    packet = re.search(rb"<x:xmpmeta.*</x:xmpmeta>", pdf, re.DOTALL)
    assert packet is not None, "an archive must read the description without unpacking the file"
    tree = ElementTree.fromstring(packet[0])
    said = {name: "".join(tree.find(f".//{DC}{name}").itertext()) for name in ("title", "creator")}  # type: ignore[union-attr]
    with pdfplumber.open(io.BytesIO(pdf)) as book:
        assert said == {"title": book.metadata["Title"], "creator": book.metadata["Author"]}
        assert book.metadata["Producer"] == "SpokesDesk"


def test_the_colour_profile_is_version_2_and_comes_with_its_licence() -> None:
    profile = assets.path("formats", "sRGB.icc").read_bytes()
    assert profile[8] == 2, "PDF/A-1 takes no ICC profile of version 4"
    assert profile[12:20] == b"mntrRGB "
    assert "zlib/libpng License" in assets.read_text("formats", "LICENSE-sRGB.txt")
