"""`sign` and `verify` at the command line: what scripts and strangers rely on."""

import json
from pathlib import Path
from typing import cast

import pytest

from spokesdesk.cli import main
from spokesdesk.domain.letters import Letter
from spokesdesk.services import papers
from tests import pki
from tests.desks import PASSPHRASE, Office
from tests.services.test_papers import approved
from tests.tokens import PIN, Token

SECRET = "mật khẩu khóa"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a paper, a key file, the roots."""
    monkeypatch.setenv("SPOKESDESK_SIGN_PASSPHRASE", SECRET)
    trust = tmp_path / "trust"
    trust.mkdir()
    (trust / "root.crt").write_bytes(pki.authority().pem)
    pki.leader().p12(tmp_path / "key.p12", SECRET)
    letter: Letter = papers.read_letter(SAMPLE)
    (tmp_path / "in.pdf").write_bytes(papers.render(letter).pdf)
    return tmp_path


SAMPLE = """
kind = "thong-cao-bao-chi"
agency = "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"
symbol = "TC-STTTT"
place = "Long An"
subject = "về việc thử"
body = "Nội dung."
[[signers]]
authority = ["GIÁM ĐỐC"]
name = "Nguyễn Văn Ổn"
"""


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    capsys.readouterr()
    code = main([*words, "--json"])
    value: dict[str, object] = json.loads(capsys.readouterr().out)
    return code, value


def test_a_pdf_is_signed_and_verified_without_a_workspace(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, trust = folder / "out.pdf", ("--trust", str(folder / "trust"))
    words = ("sign", str(folder / "in.pdf"), "--pkcs12", str(folder / "key.p12"), "--out", str(out))
    code, answer = told(capsys, *words)
    assert (code, answer["unbroken"], answer["ok"]) == (0, True, False), "no roots: whole, but of a stranger"
    code, answer = told(capsys, "verify", str(out), *trust)
    assert (code, answer["ok"]) == (0, True)
    one = answer["signatures"][0]  # type: ignore[index]
    assert one["signer"] == "Nguyễn Văn Ổn"
    assert one["signed_at"].endswith("+07:00")
    assert one["covers_file"] is True


def test_an_altered_and_a_foreign_file_exit_with_8(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, trust = folder / "out.pdf", ("--trust", str(folder / "trust"))
    told(capsys, "sign", str(folder / "in.pdf"), "--pkcs12", str(folder / "key.p12"), "--out", str(out))
    code, answer = told(capsys, "verify", str(out))
    assert (code, answer["signatures"][0]["certificate"]) == (8, "foreign")  # type: ignore[index]
    altered = bytearray(out.read_bytes())
    altered[2000] ^= 1
    out.write_bytes(altered)
    code, answer = told(capsys, "verify", str(out), *trust)
    assert (code, answer["signatures"][0]["intact"]) == (8, False)  # type: ignore[index]
    assert main(["verify", str(out), *trust]) == 8
    assert "BỊ SỬA" in capsys.readouterr().out
    code, answer = told(capsys, "verify", str(folder / "in.pdf"), *trust)
    assert (code, answer["signatures"]) == (8, [])


def test_without_a_passphrase_nothing_is_asked_of_a_script(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SPOKESDESK_SIGN_PASSPHRASE")
    words = ("sign", str(folder / "in.pdf"), "--pkcs12", str(folder / "key.p12"))
    code, answer = told(capsys, *words, "--out", str(folder / "out.pdf"))
    assert (code, answer["error"]) == (7, "sign_secret_needed")
    assert not (folder / "out.pdf").exists()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("sign",), "sign_options"),
        (("sign", "in.pdf", "--pkcs12", "key.p12"), "sign_out_missing"),
        (("sign", "in.pdf", "--pkcs12", "key.p12", "--out", "in.pdf"), "sign_out_missing"),
        (("sign", "in.pdf", "--out", "out.pdf"), "sign_option_missing"),
        (("sign", "none.pdf", "--pkcs12", "key.p12", "--out", "out.pdf"), "sign_file_unreadable"),
        (("verify", "key.p12"), "verify_pdf_bad"),
        (("verify", "in.pdf", "--trust", "nowhere"), "trust_folder_missing"),
    ],
)
def test_what_is_missing_is_named(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    error: str,
) -> None:
    monkeypatch.chdir(folder)
    before = (folder / "in.pdf").read_bytes()
    code, answer = told(capsys, *words)
    assert (code, answer["error"]) == (3, error)
    assert (folder / "in.pdf").read_bytes() == before


def test_a_paper_of_the_desk_is_signed_by_leader_and_registry(
    office: Office,
    token: Token,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    paper = approved(office)
    office.leader.close()
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("SPOKESDESK_PIN", "2468")
    monkeypatch.setenv("SPOKESDESK_SIGN_PIN", PIN)
    desk = ("--workspace", str(office.folder))
    where = (*desk, "--paper", str(paper.id), "--trust", str(folder / "trust"))
    key = ("--adapter", "pkcs11", "--library", token.library, "--token", token.label)
    code, answer = told(capsys, "sign", *where, *key, "--key", "lanh-dao", "--as", "Nguyễn Văn Ổn")
    assert (code, answer["kind"], answer["ok"]) == (0, "leader", True), answer
    assert told(capsys, "paper", "number", *desk, str(paper.id), "--as", "Phạm Thị Ấn")[0] == 0
    out = str(folder / "out.pdf")
    code, answer = told(capsys, "sign", *where, *key, "--key", "co-quan", "--as", "Phạm Thị Ấn", "--out", out)
    assert (code, answer["kind"], answer["ok"]) == (0, "agency", True), answer
    shown = told(capsys, "paper", "show", *desk, str(paper.id), "--as", "Phạm Thị Ấn")[1]
    signed = cast("list[dict[str, str]]", shown["signatures"])
    assert [one["kind"] for one in signed] == ["leader", "agency"], "the history tells who signed"
    exported = folder / "exported.pdf"
    assert main(["paper", "export", *desk, str(paper.id), "--pdf", str(exported)]) == 0
    assert exported.read_bytes() == Path(out).read_bytes()
    assert told(capsys, "verify", out, "--trust", str(folder / "trust"))[0] == 0


def test_a_file_is_given_out_signed_elsewhere_and_taken_back(
    office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = approved(office)
    office.leader.close()
    monkeypatch.setenv("SPOKESDESK_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("SPOKESDESK_PIN", "2468")
    who = ("--workspace", str(office.folder), "--paper", str(paper.id), "--as", "Nguyễn Văn Ổn")
    given, back = str(folder / "given.pdf"), str(folder / "back.pdf")
    assert told(capsys, "sign", *who, "--give", "--out", given)[0] == 0
    assert told(capsys, "sign", given, "--pkcs12", str(folder / "key.p12"), "--out", back)[0] == 0
    code, answer = told(capsys, "sign", *who, "--adapter", "outside", "--file", back)
    assert (code, answer["signer"], answer["unbroken"]) == (0, "Nguyễn Văn Ổn", True)


def test_an_unknown_certificate_is_not_called_invalid(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(folder / "out.pdf")
    main(["sign", str(folder / "in.pdf"), "--pkcs12", str(folder / "key.p12"), "--out", out])
    capsys.readouterr()
    assert main(["verify", out]) == 8
    assert capsys.readouterr().out.startswith("CHƯA XÁC MINH: Nguyễn Văn Ổn")
