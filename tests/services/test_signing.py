"""Signing papers of the desk: leader, number, seal; what comes back is checked, kept by hash, never rendered again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from spokesdesk import bootstrap
from spokesdesk.domain.errors import AccessError, ConflictError, OutsideError, UserError
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.signing import PaperSignature, SignAsk, SignatureKind
from spokesdesk.outside.signing.ink import InkScan
from spokesdesk.outside.signing.outside import SignedOutside
from spokesdesk.outside.signing.pkcs11 import Pkcs11Signer
from spokesdesk.services import papers, signing, workspace
from spokesdesk.services.ports import Signer
from spokesdesk.typeset import sign as typeset_sign
from tests import pki
from tests.desks import Office
from tests.outside import vgca_service
from tests.services.test_papers import approved
from tests.tokens import PIN, Token

LEADER, AGENCY = SignatureKind.LEADER, SignatureKind.AGENCY
ROOTS = (pki.authority().der,)


class WithKey:
    """A signer with a key at hand; ``spoil`` does to the signed file what a bad program might."""

    adapter = "pkcs12"

    def __init__(self, who: pki.Identity, spoil: Callable[[bytes], bytes] = lambda pdf: pdf) -> None:
        self.who, self.spoil = who, spoil

    def sign(self, pdf: bytes, ask: SignAsk) -> bytes:
        return self.spoil(typeset_sign.sign(pdf, self.who.signing_key(), ask))


def leader_signs(office: Office, paper: Paper, signer: Signer | None = None) -> PaperSignature:
    chosen = signer or WithKey(pki.leader())
    return signing.sign_paper(
        office.leader, paper.id, chosen, LEADER, roots=ROOTS, image=pki.blue_signature()
    )[0]


def seal(office: Office, paper: Paper, signer: Signer | None = None) -> PaperSignature:
    chosen = signer or WithKey(pki.agency())
    return signing.sign_paper(office.registry, paper.id, chosen, AGENCY, roots=ROOTS, image=pki.red_seal())[0]


def test_leader_number_seal_release_on_a_token(office: Office, token: Token) -> None:
    paper = approved(office)
    first = leader_signs(office, paper, Pkcs11Signer(token.library, token.label, "lanh-dao", lambda: PIN))
    numbered = papers.number(office.registry, paper.id)[0]
    second = seal(office, paper, Pkcs11Signer(token.library, token.label, "co-quan", lambda: PIN))
    assert (first.kind, first.signer, first.adapter) == (LEADER, "Nguyễn Văn Ổn", "pkcs11")
    assert (second.kind, second.signer, second.by.name) == (
        AGENCY,
        "Sở Thông tin và Truyền thông",
        "Phạm Thị Ấn",
    )
    assert second.verdict.ok
    final = papers.file(office.drafter, paper.id, "pdf")
    assert final == office.drafter.files.read(second.file.sha256)
    assert final.startswith(office.drafter.files.read(first.file.sha256))
    assert numbered.pdf is not None
    assert final != office.drafter.files.read(numbered.pdf.sha256)
    papers.release(office.registry, paper.id)
    assert papers.file(office.drafter, paper.id, "pdf") == final
    assert signing.signatures(office.drafter, paper.id) == (first, second)
    assert workspace.doctor(office.registry).ok


def test_the_signed_files_are_read_again_as_they_were(office: Office, tmp_path: Path) -> None:
    paper = approved(office)
    made = leader_signs(office, paper)
    kept = signing.signatures(office.leader, paper.id)
    assert kept == (made,)
    file = tmp_path / "a.pdf"
    file.write_bytes(papers.file(office.leader, paper.id, "pdf"))
    assert signing.verify_file(file, ROOTS) == made.verdict


def test_who_may_sign_and_when(office: Office) -> None:
    paper = approved(office)
    with pytest.raises(AccessError):
        signing.sign_paper(office.registry, paper.id, WithKey(pki.leader()), LEADER)
    with pytest.raises(AccessError):
        signing.sign_paper(office.leader, paper.id, WithKey(pki.agency()), AGENCY)
    with pytest.raises(ConflictError) as caught:
        seal(office, paper)
    assert caught.value.code == "sign_state", "the number comes before the seal"
    leader_signs(office, paper)
    with pytest.raises(ConflictError) as caught:
        leader_signs(office, paper)
    assert caught.value.code == "sign_done"
    assert len(signing.signatures(office.leader, paper.id)) == 1


def test_a_paper_signed_before_its_number_is_not_released_without_the_seal(office: Office) -> None:
    paper = approved(office)
    leader_signs(office, paper)
    papers.number(office.registry, paper.id)
    with pytest.raises(ConflictError) as caught:
        papers.release(office.registry, paper.id)
    assert caught.value.code == "sign_seal_first"
    seal(office, paper)
    assert papers.release(office.registry, paper.id)[0].number == 1


def test_an_unsigned_paper_goes_its_way_as_before(office: Office) -> None:
    paper = approved(office)
    numbered = papers.number(office.registry, paper.id)[0]
    assert numbered.pdf is not None
    assert papers.file(office.registry, paper.id, "pdf") == office.registry.files.read(numbered.pdf.sha256)
    papers.release(office.registry, paper.id)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda pdf: pdf.replace(b"ReportLab", b"reportlab", 1), "sign_rewritten"),
        (lambda pdf: pdf + b"\n% them vao\n", "sign_broken"),
        (lambda pdf: pdf[:-400] + b"0" * 400, "sign_broken"),
    ],
)
def test_what_comes_back_spoiled_is_not_kept(
    office: Office, spoil: Callable[[bytes], bytes], code: str
) -> None:
    paper = approved(office)
    with pytest.raises((OutsideError, UserError)) as caught:
        leader_signs(office, paper, WithKey(pki.leader(), spoil))
    assert caught.value.code in (code, "verify_pdf_bad")
    assert signing.signatures(office.leader, paper.id) == ()


def test_a_certificate_that_is_over_signs_nothing(office: Office) -> None:
    paper = approved(office)
    over = pki.authority().certify("Nguyễn Văn Ổn", since=pki.NOW - 2 * pki.YEAR, until=pki.NOW - pki.YEAR)
    with pytest.raises(UserError) as caught:
        leader_signs(office, paper, WithKey(over))
    assert caught.value.code == "sign_certificate_expired"
    assert signing.signatures(office.leader, paper.id) == ()


def test_a_paper_that_changed_meanwhile_keeps_no_second_signature(office: Office) -> None:
    paper = approved(office)

    class Slow(WithKey):
        def sign(self, pdf: bytes, ask: SignAsk) -> bytes:
            leader_signs(office, paper)
            return super().sign(pdf, ask)

    with pytest.raises(ConflictError):
        leader_signs(office, paper, Slow(pki.leader()))
    assert len(signing.signatures(office.leader, paper.id)) == 1


def test_signed_outside_and_loaded_again(office: Office, tmp_path: Path) -> None:
    paper = approved(office)
    given = signing.to_sign(office.leader, paper.id, LEADER)
    back = tmp_path / "ký xong.pdf"
    ask = SignAsk(LEADER, office.leader.now())
    back.write_bytes(typeset_sign.sign(given, pki.leader().signing_key(), ask))
    made, _changes = signing.attach_signed(office.leader, paper.id, SignedOutside(back), LEADER, roots=ROOTS)
    assert (made.adapter, made.verdict.ok) == ("outside", True)
    assert papers.file(office.leader, paper.id, "pdf") == back.read_bytes()


def test_only_the_file_given_out_is_taken_back(office: Office, tmp_path: Path) -> None:
    paper, other = approved(office), approved(office, "một việc khác")
    back = tmp_path / "back.pdf"
    with pytest.raises(ConflictError) as caught:
        signing.attach_signed(office.leader, paper.id, SignedOutside(back), LEADER)
    assert caught.value.code == "sign_not_given"
    signing.to_sign(office.leader, paper.id, LEADER)
    foreign = signing.to_sign(office.leader, other.id, LEADER)
    ask = SignAsk(LEADER, office.leader.now())
    back.write_bytes(typeset_sign.sign(foreign, pki.leader().signing_key(), ask))
    with pytest.raises(ConflictError) as caught:
        signing.attach_signed(office.leader, paper.id, SignedOutside(back), LEADER)
    assert caught.value.code == "sign_other_file"


def test_a_number_that_is_not_the_register_s_is_refused(office: Office, tmp_path: Path) -> None:
    paper = approved(office)
    leader_signs(office, paper)
    papers.number(office.registry, paper.id)
    given = signing.to_sign(office.registry, paper.id, AGENCY)
    ask = SignAsk(AGENCY, office.registry.now(), number=999)
    back = tmp_path / "back.pdf"
    back.write_bytes(typeset_sign.sign(given, pki.agency().signing_key(), ask))
    with pytest.raises(ConflictError) as caught:
        signing.attach_signed(office.registry, paper.id, SignedOutside(back), AGENCY)
    assert caught.value.code == "sign_number_differs"
    assert len(signing.signatures(office.leader, paper.id)) == 1


def test_ink_comes_after_the_number(office: Office, tmp_path: Path) -> None:
    paper = approved(office)
    scan = tmp_path / "quét.pdf"
    scan.write_bytes(b"%PDF-1.4\n% scan\n")
    with pytest.raises(ConflictError) as caught:
        signing.attach_signed(office.leader, paper.id, InkScan(scan), LEADER)
    assert caught.value.code == "sign_ink_before_number"
    papers.number(office.registry, paper.id)
    made, _changes = signing.attach_signed(office.registry, paper.id, InkScan(scan), AGENCY)
    assert (made.adapter, made.signer, made.verdict.signatures) == ("ink", "Phạm Thị Ấn", ())
    assert papers.file(office.registry, paper.id, "pdf") == scan.read_bytes()
    papers.release(office.registry, paper.id)


def test_the_local_service_signs_a_paper(office: Office, tmp_path: Path) -> None:
    paper = approved(office)
    with vgca_service.running(tmp_path, "signs") as service:
        made = leader_signs(office, paper, bootstrap.signer("vgca", address=service.address))
    assert (made.adapter, made.signer) == ("vgca", "Nguyễn Văn Ổn")


def test_a_service_that_alters_the_paper_is_found_out(office: Office, tmp_path: Path) -> None:
    paper = approved(office)
    with vgca_service.running(tmp_path, "alters") as service, pytest.raises(OutsideError) as caught:
        leader_signs(office, paper, bootstrap.signer("vgca", address=service.address))
    assert caught.value.code == "sign_rewritten"
    assert signing.signatures(office.leader, paper.id) == ()


def test_a_signature_altered_in_the_database_breaks_the_chain(office: Office) -> None:
    from sqlalchemy import update

    from spokesdesk.store.tables import paper_signature

    paper = approved(office)
    leader_signs(office, paper)
    with office.leader.write() as unit:
        unit._connection.execute(update(paper_signature).values(signer="Người khác"))  # type: ignore[attr-defined]
    assert [fault.code for fault in workspace.doctor(office.leader).chain] == ["body_changed"]
