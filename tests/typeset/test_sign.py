"""Signing papers: the leader's signature, the registry's fill, and what may come after; poppler and openssl judge."""

import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from spokesdesk.domain.errors import ConflictError, OutsideError, UserError
from spokesdesk.domain.letters import LetterKind, Signer
from spokesdesk.domain.signing import (
    AGENCY_FIELD,
    LEADER_FIELD,
    OPEN_FIELDS,
    Changed,
    SignAsk,
    SignatureKind,
    Validity,
)
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.form_fields import field_names, prepare
from spokesdesk.typeset.sign import Stamping, sign
from spokesdesk.typeset.to_pdf import to_pdf
from spokesdesk.typeset.verify import verify
from tests import pki
from tests.typeset.signed import AT, Judge, by_agency, by_leader, judged, letter, text


@pytest.fixture(scope="module")
def once() -> bytes:
    return by_leader()


@pytest.fixture(scope="module")
def twice(once: bytes) -> bytes:
    return by_agency(once)


def updated(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Give a PDF with one more update at its end, as a forger or a careless program makes it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def refilled(name: str) -> Callable[[IncrementalPdfFileWriter], None]:
    def change(writer: IncrementalPdfFileWriter) -> None:
        for held in writer.root["/AcroForm"]["/Fields"]:
            field = held.get_object()
            if field["/T"] == name:
                field["/V"] = generic.TextStringObject("999")
                writer.update_container(field)

    return change


def reshown(writer: IncrementalPdfFileWriter) -> None:
    """Show another number in the field, its value left as it was."""
    for held in writer.root["/AcroForm"]["/Fields"]:
        field = held.get_object()
        if field["/T"] == "SoVanBan":
            look = field["/AP"]["/N"]
            look._data, look._encoded_data = b"0 0 10 10 re f", None
            writer.update_container(look)


def repainted(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 300 300 re f"))
    writer.update_container(page)


def annotated(writer: IncrementalPdfFileWriter) -> None:
    name = generic.NameObject
    note = generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name("/FreeText"),
            name("/Rect"): generic.ArrayObject(generic.FloatObject(one) for one in (100, 700, 300, 760)),
            name("/Contents"): generic.TextStringObject("Đã hủy"),
        }
    )
    page = writer.root["/Pages"]["/Kids"][0]
    writer.register_annotation(page.container_ref, writer.add_object(note))


def with_a_new_field(writer: IncrementalPdfFileWriter) -> None:
    name = generic.NameObject
    field = generic.DictionaryObject(
        {
            name("/FT"): name("/Tx"),
            name("/T"): generic.TextStringObject("ThemVao"),
            name("/V"): generic.TextStringObject("Nội dung khác"),
        }
    )
    form = writer.root["/AcroForm"]
    form["/Fields"].append(writer.add_object(field))
    writer.update_container(form["/Fields"])
    writer.update_container(form)


def test_the_leader_s_signature_holds_for_us_for_poppler_and_for_openssl(
    once: bytes, judge: Judge, tmp_path: Path
) -> None:
    found = verify(once, [pki.authority().der])
    assert found.ok
    assert found.signatures[0].signer == "Nguyễn Văn Ổn"
    assert found.signatures[0].signed_at == AT
    assert found.signatures[0].covers_file
    said = judged(judge, tmp_path, once)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "Nguyễn Văn Ổn" in said
    assert "ETSI.CAdES.detached" in said
    assert openssl_agrees(judge("openssl"), tmp_path, once)


def openssl_agrees(openssl: str, folder: Path, pdf: bytes) -> bool:
    """Cut the signature and what it covers out of the file by hand, and let openssl check them."""
    start, before, after, rest = map(int, re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", pdf)[-1])
    (folder / "data").write_bytes(pdf[start : start + before] + pdf[after : after + rest])
    (folder / "cms").write_bytes(bytes.fromhex(pdf[before + 1 : after - 1].decode()).rstrip(b"\0") + bytes(2))
    (folder / "root.pem").write_bytes(pki.authority().pem)
    command = [openssl, "cms", "-verify", "-inform", "DER", "-in", "cms", "-content", "data", "-binary"]
    done = subprocess.run(
        [*command, "-CAfile", "root.pem", "-purpose", "any", "-cades", "-out", "out"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def test_not_a_byte_of_the_paper_changes_and_the_time_is_vietnam_s(once: bytes) -> None:
    paper = letter()
    assert once.startswith(to_pdf(compose(paper)))
    assert (
        str(PdfFileReader(BytesIO(once)).embedded_signatures[0].sig_object["/M"]) == "D:20261120093015+07'00'"
    )


def test_the_registry_fills_number_and_date_in_the_update_it_signs(
    once: bytes, twice: bytes, judge: Judge, tmp_path: Path
) -> None:
    assert twice.startswith(once)
    printed = text(judge, tmp_path, twice)
    assert re.search(r"Số:\s+214\s?/STTTT-TTBCXB", printed)
    assert re.search(r"Long An, ngày\s+12\s+tháng\s+3\s+năm\s+2018", printed)
    found = verify(twice, [pki.authority().der])
    assert found.ok
    first, second = found.signatures
    assert (first.changed, set(first.changed_fields)) == (Changed.ALLOWED, {*OPEN_FIELDS, AGENCY_FIELD})
    assert (second.covers_file, second.changed, second.signer) == (
        True,
        Changed.NOTHING,
        "Sở Thông tin và Truyền thông",
    )
    assert judged(judge, tmp_path, twice).count("Signature is Valid") == 2


def test_the_leader_certifies_and_the_seal_locks(twice: bytes) -> None:
    embedded = PdfFileReader(BytesIO(twice)).embedded_signatures
    assert embedded[0].docmdp_level is not None
    assert embedded[0].docmdp_level.value == 2
    assert all(embedded[1].fieldmdp.is_locked(name) for name in OPEN_FIELDS)


@pytest.mark.parametrize("change", [refilled("SoVanBan"), reshown, repainted, annotated, with_a_new_field])
@pytest.mark.parametrize("which", ["once", "twice"])
def test_any_other_change_is_flagged(
    which: str, change: Callable[[IncrementalPdfFileWriter], None], request: pytest.FixtureRequest
) -> None:
    found = verify(updated(request.getfixturevalue(which), change), [pki.authority().der])
    assert not found.ok
    assert not found.unbroken
    assert found.signatures[-1].changed is Changed.FORBIDDEN
    assert found.signatures[-1].intact, "what was signed is still there below the change"


@pytest.mark.parametrize("tail", [False, True])
@pytest.mark.parametrize("which", ["once", "twice"])
def test_loose_bytes_at_the_end_are_flagged(which: str, tail: bool, request: pytest.FixtureRequest) -> None:
    whole: bytes = request.getfixturevalue(which)
    end = whole[whole.rindex(b"startxref") :] if tail else b""
    found = verify(whole + b"\n% them vao\n" + end, [pki.authority().der])
    assert not found.unbroken
    assert found.signatures[-1].changed is Changed.FORBIDDEN


def test_a_fill_that_nobody_signed_is_not_made_good_by_a_later_signature(once: bytes) -> None:
    ask = SignAsk(SignatureKind.AGENCY, AT)
    late = sign(updated(once, refilled("SoVanBan")), pki.agency().signing_key(), ask)
    assert verify(late, [pki.authority().der]).signatures[0].changed is Changed.FORBIDDEN


@pytest.mark.parametrize("place", [100, 20_000])
def test_one_altered_byte_breaks_the_signature(place: int, once: bytes, judge: Judge, tmp_path: Path) -> None:
    altered = bytearray(once)
    altered[place] ^= 1
    found = verify(bytes(altered), [pki.authority().der])
    assert not found.ok
    assert not found.signatures[0].intact
    assert found.signatures[0].certificate is Validity.UNJUDGED, "nothing is said of a trusted certificate"
    assert "Signature is Valid" not in judged(judge, tmp_path, bytes(altered))


def signed_by(identity: pki.Identity, at: datetime = AT) -> bytes:
    return sign(to_pdf(compose(letter())), identity.signing_key(), SignAsk(SignatureKind.LEADER, at))


def worth(pdf: bytes, now: datetime | None = None) -> Validity:
    found = verify(pdf, [pki.authority().der], now=now)
    assert found.signatures[0].intact
    assert found.ok is (found.signatures[0].certificate is Validity.VALID)
    return found.signatures[0].certificate


def test_certificates_are_weighed_at_the_time_of_signing() -> None:
    root = pki.authority()
    assert worth(signed_by(pki.leader())) is Validity.VALID
    assert worth(signed_by(pki.stranger().certify("Nguyễn Văn Ổn"))) is Validity.FOREIGN
    over = root.certify("Nguyễn Văn Ổn", since=AT - 2 * pki.YEAR, until=AT - timedelta(days=1))
    assert worth(signed_by(over)) is Validity.EXPIRED
    early = root.certify("Nguyễn Văn Ổn", since=AT + timedelta(days=1))
    assert worth(signed_by(early)) is Validity.NOT_YET
    web = root.certify("Nguyễn Văn Ổn", usage="tsa")
    assert worth(signed_by(web)) is Validity.VALID, "digitalSignature is a signing usage"


def test_nobody_is_trusted_without_roots(once: bytes) -> None:
    found = verify(once, [])
    assert found.unbroken
    assert not found.ok
    assert found.signatures[0].certificate is Validity.FOREIGN


def stamping(judge: Judge, folder: Path, *, roots: tuple[bytes, ...] = ()) -> Stamping:
    """Give time stamps from ``openssl ts``."""
    tsa = pki.authority().certify("Dấu thời gian", usage="tsa")
    (folder / "tsa.pem").write_bytes(tsa.pem)
    (folder / "tsa.key").write_bytes(tsa.key_pem)
    (folder / "serial").write_text("01")
    (folder / "ts.cnf").write_text(
        "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_cert = tsa.pem\nsigner_key = tsa.key\n"
        "signer_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256\ness_cert_id_alg = sha256\n"
    )

    def ask(request: bytes) -> bytes:
        (folder / "query").write_bytes(request)
        command = [
            judge("openssl"),
            "ts",
            "-reply",
            "-config",
            "ts.cnf",
            "-queryfile",
            "query",
            "-out",
            "reply",
        ]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        return (folder / "reply").read_bytes()

    return Stamping(ask, roots)


def test_a_time_stamp_keeps_a_signature_good_after_its_certificate_is_over(
    judge: Judge, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    brief = pki.authority().certify("Nguyễn Văn Ổn", until=now + timedelta(hours=1))
    pdf = to_pdf(compose(letter()))
    ask = SignAsk(SignatureKind.LEADER, now)
    plain = sign(pdf, brief.signing_key(), ask)
    stamped = sign(pdf, brief.signing_key(), ask, stamping(judge, tmp_path))
    later = now + timedelta(days=1)
    assert worth(plain) is Validity.VALID
    assert worth(plain, later) is Validity.EXPIRED_SINCE
    assert worth(stamped, later) is Validity.VALID
    assert verify(stamped, [pki.authority().der]).signatures[0].is_stamped
    assert "Signature is Valid" in judged(judge, tmp_path, stamped)


def test_a_signature_for_years_carries_what_is_needed_to_check_it(judge: Judge, tmp_path: Path) -> None:
    long_term = stamping(judge, tmp_path, roots=(pki.authority().der,))
    made = sign(
        to_pdf(compose(letter())),
        pki.leader().signing_key(),
        SignAsk(SignatureKind.LEADER, datetime.now(UTC)),
        long_term,
    )
    assert b"/DocTimeStamp" in made
    assert b"/DSS" in made
    found = verify(made, [pki.authority().der])
    assert found.ok
    assert found.signatures[0].changed is Changed.NOTHING


def test_minutes_are_signed_by_both_and_then_sealed() -> None:
    minutes = letter(
        kind=LetterKind.BIEN_BAN,
        addressees=(),
        symbol="BB-STTTT",
        signers=(Signer(("THƯ KÝ",), "Lê Thị Ánh"), Signer(("CHỦ TRÌ",), "Nguyễn Văn Ổn")),
    )
    one = by_leader(minutes)
    both = sign(one, pki.leader().signing_key(), SignAsk(SignatureKind.LEADER, AT))
    sealed = by_agency(both)
    assert [name for name, signed in field_names(sealed).items() if signed] == [
        LEADER_FIELD,
        f"{LEADER_FIELD}2",
        AGENCY_FIELD,
    ]
    assert verify(sealed, [pki.authority().der]).ok


def test_a_field_is_signed_once(once: bytes, twice: bytes) -> None:
    with pytest.raises(ConflictError) as caught:
        sign(once, pki.leader().signing_key(), SignAsk(SignatureKind.LEADER, AT))
    assert caught.value.code == "sign_field_taken"
    with pytest.raises(ConflictError):
        by_agency(twice)


def test_an_elliptic_key_signs_too(judge: Judge, tmp_path: Path) -> None:
    curve = pki.authority().certify("Nguyễn Văn Ổn", key=ec.generate_private_key(ec.SECP256R1()))
    made = signed_by(curve)
    assert worth(made) is Validity.VALID
    assert "Signature is Valid" in judged(judge, tmp_path, made)


@pytest.mark.parametrize("data", [b"", "xin chào".encode(), b"%PDF-1.7\nbroken" * 50])
def test_what_is_no_pdf_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        verify(data, [])
    assert caught.value.code == "verify_pdf_bad"
    with pytest.raises(UserError) as caught:
        sign(data, pki.leader().signing_key(), SignAsk(SignatureKind.LEADER, AT))
    assert caught.value.code == "sign_pdf_bad"


def test_no_damage_makes_a_file_valid_or_stops_the_program(twice: bytes) -> None:
    dice = Random(7)
    _start, hole, end, _rest = map(int, re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", twice)[-1])
    places = [*range(hole), *range(end, len(twice))]  # the hole holds the signature itself and its padding
    for _ in range(60):
        damaged = bytearray(twice)
        for place in dice.sample(places, dice.choice([1, 1, 3, 40])):
            damaged[place] ^= dice.randrange(1, 256)
        if dice.random() < 0.2:
            del damaged[dice.randrange(len(damaged)) :]
        assert not is_valid(bytes(damaged))


def is_valid(pdf: bytes) -> bool:
    try:
        return verify(pdf, [pki.authority().der]).ok
    except UserError as error:
        return error.code != "verify_pdf_bad"


def test_a_time_stamp_service_that_answers_nonsense_is_named() -> None:
    pdf, ask = to_pdf(compose(letter())), SignAsk(SignatureKind.LEADER, AT)
    for answer in (b"", b"<html>404</html>", bytes.fromhex("30053003020102")):
        with pytest.raises(OutsideError) as caught:
            sign(pdf, pki.leader().signing_key(), ask, Stamping(lambda _request, said=answer: said))  # type: ignore[misc]
        assert caught.value.code == "tsa_answer"


def test_an_unsigned_paper_has_no_signatures_and_is_not_valid() -> None:
    found = verify(to_pdf(compose(letter())), [pki.authority().der])
    assert found.signatures == ()
    assert not found.ok


@pytest.mark.parametrize("image", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n"])
def test_a_picture_that_is_no_png_is_refused(image: bytes) -> None:
    if image:
        with pytest.raises(UserError) as caught:
            by_leader(image=image)
        assert caught.value.code == "sign_image"
    with pytest.raises(UserError) as caught:
        prepare(to_pdf(compose(letter(signers=()))), letter(signers=()))
    assert caught.value.code == "sign_no_place"
