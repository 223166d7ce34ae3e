"""A paper signed by its leader and sealed by its agency, for tests of signatures."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from spokesdesk.domain.letters import Letter, LetterKind, Signer
from spokesdesk.domain.signing import (
    SignAsk,
    SignatureKind,
)
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.form_fields import prepare
from spokesdesk.typeset.sign import sign
from spokesdesk.typeset.to_pdf import to_pdf
from tests import pki

AT = datetime(2026, 11, 20, 2, 30, 15, tzinfo=UTC)
MM = 72 / 25.4
Judge = Callable[[str], str]


def letter(**changes: object) -> Letter:
    plain = Letter(
        kind=LetterKind.CONG_VAN,
        parent_agency="UBND TỈNH LONG AN",
        agency="SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        symbol="STTTT-TTBCXB",
        place="Long An",
        subject="đề nghị cải chính thông tin",
        addressees=("Tổng Biên tập Báo Điện tử Sông Vàm",),
        body="Ngày 12/3/2018, quý Báo đăng bài viết về ông V.H.T.",
        recipients=("Như trên",),
        archive="VT, TTBCXB",
        signers=(Signer(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Nguyễn Văn Ổn"),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def by_leader(paper: Letter | None = None, image: bytes = b"", at: datetime = AT) -> bytes:
    paper = paper or letter()
    ready = prepare(to_pdf(compose(paper)), paper, image)
    return sign(ready, pki.leader().signing_key(), SignAsk(SignatureKind.LEADER, at, image=image))


def by_agency(pdf: bytes, image: bytes = b"") -> bytes:
    ask = SignAsk(
        SignatureKind.AGENCY,
        AT + timedelta(hours=1),
        number=214,
        dated_on=date(2018, 3, 12),
        image=image,
    )
    return sign(pdf, pki.agency().signing_key(), ask)


def judged(judge: Judge, folder: Path, pdf: bytes) -> str:
    file = folder / "signed.pdf"
    file.write_bytes(pdf)
    return subprocess.run([judge("pdfsig"), file], capture_output=True, text=True, check=True).stdout


def text(judge: Judge, folder: Path, pdf: bytes) -> str:
    file = folder / "text.pdf"
    file.write_bytes(pdf)
    return subprocess.run(
        [judge("pdftotext"), "-layout", file, "-"], capture_output=True, text=True, check=True
    ).stdout
