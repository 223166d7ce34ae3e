"""`spokesdesk render`: a letter file becomes .docx and PDF without workspace, screen or network."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from spokesdesk import assets
from spokesdesk.__main__ import main

SAMPLE = assets.path("samples", "cong-van-cai-chinh.toml")


def render(source: Path, folder: Path, *more: str) -> int:
    return main(
        ["render", str(source), "--docx", str(folder / "a.docx"), "--pdf", str(folder / "a.pdf"), *more]
    )


def test_both_files_are_written_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert render(SAMPLE, tmp_path, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"docx": str(tmp_path / "a.docx"), "pdf": str(tmp_path / "a.pdf"), "pages": 2}
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "a.docx").read_bytes().startswith(b"PK")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "a.pdf"]


def test_another_process_gives_the_same_bytes_without_a_screen(tmp_path: Path) -> None:
    assert render(SAMPLE, tmp_path) == 0
    other = tmp_path / "other"
    other.mkdir()
    bare = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-m", "spokesdesk", "render", str(SAMPLE)]
    targets = ["--docx", str(other / "a.docx"), "--pdf", str(other / "a.pdf")]
    subprocess.run([*command, *targets], check=True, env={**bare, "PYTHONHASHSEED": "7"}, capture_output=True)
    for name in ("a.docx", "a.pdf"):
        assert (other / name).read_bytes() == (tmp_path / name).read_bytes()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (('symbol = "STTTT-TTBCXB"', 'symbl = "X"'), "symbl"),
        (("size = 14", "size = 15"), "size"),
        (('place = "Long An"', 'place = "Long\u202e An"'), "place"),
        (('agency = "Sở Thông tin và Truyền thông"', 'agency = " "'), "agency"),
        (('"UBND tỉnh (để báo cáo)"', '"UBND tỉnh 😀"'), "recipients.2"),
    ],
)
def test_a_refused_letter_writes_nothing_and_names_the_field(
    change: tuple[str, str], field: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "thu.toml"
    source.write_text(SAMPLE.read_text("utf-8").replace(*change, 1), "utf-8")
    assert render(source, tmp_path, "--json") == 3
    assert json.loads(capsys.readouterr().out)["field"] == field
    assert [path.name for path in tmp_path.iterdir()] == ["thu.toml"]


def test_an_unreadable_source_is_a_user_error(tmp_path: Path) -> None:
    assert render(tmp_path / "khong-co.toml", tmp_path) == 3
    (tmp_path / "cu.toml").write_bytes("kind = 'Bộ'".encode("utf-16"))
    assert render(tmp_path / "cu.toml", tmp_path) == 3
    (tmp_path / "rong.toml").write_bytes(b"")
    assert render(tmp_path / "rong.toml", tmp_path) == 3


def test_an_unwritable_target_is_an_outside_error_and_keeps_the_old_file(tmp_path: Path) -> None:
    assert render(SAMPLE, tmp_path / "khong-co") == 6
    (tmp_path / "a.pdf").mkdir()
    assert render(SAMPLE, tmp_path) == 6
    assert (tmp_path / "a.pdf").is_dir()


def test_the_letter_file_is_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "thu.toml"
    source.write_bytes(SAMPLE.read_bytes())
    assert main(["render", str(source), "--pdf", str(source)]) == 3
    assert source.read_bytes() == SAMPLE.read_bytes()
    assert main(["render", str(source)]) == 3


def test_a_pipe_or_a_link_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    device = tmp_path / "thiet-bi"
    os.mkfifo(device)
    held = os.open(device, os.O_RDWR)  # a paper of some kilobytes fits into the pipe while nobody reads
    try:
        assert main(["render", str(SAMPLE), "--docx", str(device)]) == 0
        assert os.read(held, 2) == b"PK"
        assert device.is_fifo()
    finally:
        os.close(held)
    piped = [sys.executable, "-m", "spokesdesk", "render", str(SAMPLE), "--pdf", "/dev/stdout"]
    assert subprocess.run(piped, capture_output=True, check=True).stdout.startswith(b"%PDF-")
    (tmp_path / "that.pdf").write_bytes(b"")
    (tmp_path / "a.pdf").symlink_to(tmp_path / "that.pdf")
    assert main(["render", str(SAMPLE), "--pdf", str(tmp_path / "a.pdf")]) == 0
    assert (tmp_path / "a.pdf").is_symlink()
    assert (tmp_path / "that.pdf").read_bytes().startswith(b"%PDF-")


def test_a_day_that_is_none_names_its_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "thu.toml"
    source.write_text(SAMPLE.read_text("utf-8").replace("2018-03-12", "2018-02-30", 1), "utf-8")
    assert render(source, tmp_path, "--json") == 3
    assert json.loads(capsys.readouterr().out)["field"] == "date"
