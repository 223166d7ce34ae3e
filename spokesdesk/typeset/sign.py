"""Signing a PDF (PAdES): a new update at the end of the file; not a byte of what was there changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import ConflictError, OutsideError, UserError
from spokesdesk.domain.signing import AGENCY_FIELD, LEADER_FIELD, SignAsk, SignatureKind
from spokesdesk.typeset.form_fields import field_names, fill
from spokesdesk.typeset.increments import writer_of
from spokesdesk.typeset.places import Rect, inside, millimetres, sizes
from spokesdesk.typeset.stamps import picture, seal_size, stamp
from spokesdesk.typeset.verify import hush

DIGEST = "sha256"
_EC_SIZE = 80


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that can sign, wherever it is kept.

    Attributes:
        certificate: of the signer, DER.
        chain: certificates up to the root, DER, in any order.
        sign: gives the raw SHA-256 signature over what it is given (RSA PKCS #1 v1.5, or ECDSA as DER).
    """

    certificate: bytes
    chain: tuple[bytes, ...]
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Stamping:
    """Time stamps from an authority (TSA).

    Attributes:
        ask: takes a DER time stamp request and gives the DER answer.
        roots: trusted roots, DER; given, the file also holds what is needed to check it for years (PAdES B-LTA).
    """

    ask: Callable[[bytes], bytes]
    roots: tuple[bytes, ...] = ()


def sign(pdf: bytes, key: SigningKey, ask: SignAsk, stamping: Stamping | None = None) -> bytes:
    """Give the PDF with one more signature.

    The leader's first signature on a paper of ours certifies it: afterwards only open fields and further signatures
    may be filled in (DocMDP). The registry's fills number and date in the same update.

    Args:
        pdf: any PDF; one from ``prepare`` is signed in its own fields, another where nothing shows, or with the
            picture in the top right margin of page 1.
        key: who signs.
        ask: what is to be signed.
        stamping: where time stamps come from; None for PAdES B-B.

    Raises:
        UserError: ``sign_pdf_bad``, ``sign_image``; ``sign_certificate_bad`` when the certificate does not fit.
        ConflictError: ``sign_field_taken``: a paper of ours has no field left for this signature.
        OutsideError: ``sign_failed``, or what the device raises.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.timestamps import TimestampRequestError
    from pyhanko_certvalidator.errors import PathError

    hush()
    try:
        writer = writer_of(pdf, strict=False)
        chosen = next_field(pdf, ask.kind)
        fill(writer, ask.number, ask.dated_on)
        made = BytesIO()
        _signer(writer, chosen, key, ask, stamping).sign_pdf(writer, output=made)
    except TimestampRequestError as error:
        raise OutsideError("tsa_answer") from error
    except (SigningError, PathError) as error:
        raise OutsideError("sign_failed", detail=str(error)[:200]) from error
    except (PdfError, ValueError, KeyError, TypeError, IndexError) as error:
        raise UserError("sign_pdf_bad", field="file") from error
    signed = made.getvalue()
    if not signed.startswith(pdf):
        raise OutsideError("sign_rewritten")
    return signed


def next_field(pdf: bytes, kind: SignatureKind) -> str:
    """Give the field to sign in; "" for a PDF that has none of ours.

    Raises:
        ConflictError: ``sign_field_taken``.
    """
    names = field_names(pdf)
    ours = {name: signed for name, signed in names.items() if name.startswith((LEADER_FIELD, AGENCY_FIELD))}
    prefix = LEADER_FIELD if kind is SignatureKind.LEADER else AGENCY_FIELD
    free = [name for name, signed in ours.items() if name.startswith(prefix) and not signed]
    if ours and not free:
        raise ConflictError("sign_field_taken")
    return free[0] if free else ""


def _signer(writer: Any, chosen: str, key: SigningKey, ask: SignAsk, stamping: Stamping | None) -> Any:
    from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    name, rect = chosen or _fresh_name(writer), _rect_of(writer, chosen)
    meta = PdfSignatureMetadata(
        field_name=name,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=ask.reason or None,
        location=ask.location or None,
        certify=chosen == LEADER_FIELD,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        **_long_term(key, stamping),
    )
    style = None
    if ask.image:
        shown = picture(ask.image)
        rect = rect or _corner(writer, shown.width, shown.height)
        style = stamp(shown, rect, seal_size(shown) if ask.kind is SignatureKind.AGENCY and chosen else None)
    spec = None if chosen else SigFieldSpec(name, box=tuple(round(one) for one in rect) if rect else None)  # type: ignore[arg-type]
    return _timed_signer(ask.at)(
        meta,
        signer=_cms_signer(key),
        timestamper=_timestamper(stamping),
        stamp_style=style or _nothing(),
        new_field_spec=spec,
    )


def _timed_signer(at: datetime) -> Any:
    """Give pyHanko's signer with our clock, written with +07:00, and the file's own metadata left alone."""
    from pyhanko.sign.signers import PdfSigner

    class TimedSigner(PdfSigner):
        def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = to_vn(at).replace(microsecond=0)
            return session

    return TimedSigner


def _cms_signer(key: SigningKey) -> Any:
    from asn1crypto import x509
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    try:
        own = x509.Certificate.load(key.certificate)
        size = own.public_key.byte_size if own.public_key.algorithm == "rsa" else _EC_SIZE
    except (ValueError, TypeError, KeyError) as error:
        raise UserError("sign_certificate_bad", field="certificate") from error
    store = SimpleCertificateStore()
    store.register_multiple([x509.Certificate.load(one) for one in key.chain])

    class KeySigner(Signer):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            if dry_run:
                return bytes(size)
            if digest_algorithm != DIGEST:
                raise SigningError(f"unexpected digest {digest_algorithm}")
            return key.sign(data)

    return KeySigner(signing_cert=own, cert_registry=store)


def _timestamper(stamping: Stamping | None) -> Any:
    if stamping is None:
        return None
    request = stamping.ask
    from asn1crypto import tsp
    from pyhanko.sign.timestamps import TimeStamper

    class AskedTimeStamper(TimeStamper):
        async def async_request_tsa_response(self, req: Any) -> Any:
            try:
                answer = tsp.TimeStampResp.load(request(req.dump()))
                answer["status"].native  # noqa: B018  asn1crypto parses only when it is asked
            except (ValueError, TypeError, KeyError) as error:
                raise OutsideError("tsa_answer") from error
            return answer

    made: Any = AskedTimeStamper
    return made()


def _long_term(key: SigningKey, stamping: Stamping | None) -> dict[str, Any]:
    if stamping is None or not stamping.roots:
        return {}
    from asn1crypto import x509
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=[x509.Certificate.load(one) for one in stamping.roots],
        other_certs=[x509.Certificate.load(one) for one in key.chain],
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    return {"embed_validation_info": True, "use_pades_lta": True, "validation_context": context}


def _nothing() -> Any:
    """Give the look of a signature without a picture: its place stays white."""
    from pyhanko.pdf_utils.content import RawContent
    from pyhanko.stamp import StaticStampStyle

    return StaticStampStyle(background=RawContent(b""), border_width=0)


def _rect_of(writer: Any, name: str) -> Rect | None:
    from pyhanko.sign.fields import enumerate_sig_fields

    for found, _value, ref in enumerate_sig_fields(writer):
        if name and found == name:
            left, bottom, right, top = (float(value) for value in ref.get_object()["/Rect"])
            return (left, bottom, right, top)
    return None


def _fresh_name(writer: Any) -> str:
    from pyhanko.sign.fields import enumerate_sig_fields

    taken = {name for name, _value, _ref in enumerate_sig_fields(writer)}
    return next(name for at in range(1, len(taken) + 2) if (name := f"ChuKy{at}") not in taken)


def _corner(writer: Any, width: int, height: int) -> Rect:
    """Give the place of a picture on a file that is not ours: the top right margin of page 1 (ô số 14)."""
    rule = sizes()["attachment"]
    box = writer.root["/Pages"]["/Kids"][0].get("/MediaBox") or writer.root["/Pages"].get(
        "/MediaBox", (0, 0, 595, 842)
    )
    right, top = float(box[2]) - millimetres(rule["right_mm"]), float(box[3]) - millimetres(rule["top_mm"])
    return inside(
        (right - millimetres(rule["width_mm"]), top - millimetres(rule["height_mm"]), right, top),
        width,
        height,
    )
