"""A published PDF that was made to keep its reader busy costs the portal a moment, and its page says so."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from spokesdesk.server.seals import AT_ONCE, SECONDS, Seals
from tests.typeset.signed import by_leader


def endless(name: str, depth: int = 60) -> bytes:
    """Give a PDF whose form has 2**depth fields, written with ``depth`` objects that each name the next one twice."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/SigFlags 3>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
        *(f"<</T({name})/Kids[{at} 0 R {at} 0 R]>>".encode() for at in range(5, 5 + depth)),
        b"<</T(x)/FT/Tx/V(x)>>",
    ]
    made, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(b"%010d 00000 n \n" % len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    count, start = len(places) + 1, len(made)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, b"".join(places))
    return (
        made
        + table
        + b"%%%%/ByteRange\ntrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, start)
    )


def kept(folder: Path, data: bytes) -> tuple[Path, str]:
    sha256 = hashlib.sha256(data).hexdigest()
    path = folder / sha256
    path.write_bytes(data)
    return path, sha256


def test_reading_that_never_ends_is_ended_and_said(tmp_path: Path) -> None:
    seals = Seals(tmp_path / "trust", seconds=1)
    found = seals.of(*kept(tmp_path, endless("a")))
    assert found.tone == "amber"
    assert "mất quá nhiều thời gian" in found.said
    # Asked again it is known: not every reader of the page pays.
    assert seals.of(tmp_path / "not there", hashlib.sha256(endless("a")).hexdigest()) is found


def test_only_a_few_are_read_at_once_and_the_others_are_told_to_come_again(tmp_path: Path) -> None:
    seals = Seals(tmp_path / "trust", seconds=3)
    files = [kept(tmp_path, endless(name)) for name in "abcdef"]
    start = Barrier(len(files))

    def asked(file: tuple[Path, str]) -> str:
        start.wait()
        return seals.of(*file).said

    with ThreadPoolExecutor(len(files)) as pool:
        said = list(pool.map(asked, files))
    assert sum("quá nhiều thời gian" in one for one in said) == AT_ONCE
    assert sum("mở lại trang sau ít phút" in one for one in said) == len(files) - AT_ONCE
    # Afterwards there is room again, and who was sent away is not remembered as unreadable.
    seals.seconds = SECONDS
    assert seals.of(*kept(tmp_path, by_leader())).signatures
    seals.seconds = 1
    waiting = next(file for file, one in zip(files, said, strict=True) if "ít phút" in one)
    assert "quá nhiều thời gian" in seals.of(*waiting).said


def test_one_file_is_read_once_however_many_ask(tmp_path: Path) -> None:
    seals = Seals(tmp_path / "trust", seconds=3)
    file = kept(tmp_path, endless("a"))
    start = Barrier(4)

    def asked(_n: int) -> str:
        start.wait()
        return seals.of(*file).said

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(asked, range(4)))
    assert sum("quá nhiều thời gian" in one for one in said) == 1
