"""Checking the signatures of any PDF: whole, trusted, and what was added after each."""

import logging
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.signing import OPEN_FIELDS, Changed, SignatureVerdict, Validity, Verdict
from spokesdesk.typeset.form_fields import root_fields

_END = re.compile(rb"startxref\s+\d+\s+%%EOF\s*$")
_NAMES = {"common_name": "signer", "organization_name": "organisation"}


def verify(pdf: bytes, trust_roots: Sequence[bytes], *, now: datetime | None = None) -> Verdict:
    """Give what each signature of a PDF is worth.

    Args:
        pdf: any file.
        trust_roots: certificates that this machine trusts, DER or PEM.
        now: UTC; the clock's time when None.

    Returns:
        The signatures in the order they were made; none for an unsigned file.

    Raises:
        UserError: ``verify_pdf_bad`` when the file is no PDF or too damaged to read.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    hush()
    roots = [root for data in trust_roots for root in certificates(data)]
    moment = now or datetime.now(UTC)
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        sealed = {one.signed_revision for one in reader.embedded_signatures}
        ends = _ends_in_order(pdf, reader)
        judges = [_Judge(one, roots, moment, sealed, ends) for one in reader.embedded_regular_signatures]
        return Verdict(tuple(judge.verdict() for judge in judges))
    except Exception as error:
        # A damaged or hostile file can make the parser stumble in any way; it says nothing about the program.
        raise UserError("verify_pdf_bad", field="file") from error


def signers(pdf: bytes) -> tuple[tuple[bytes, tuple[bytes, ...]], ...]:
    """Give each signature's certificate and the others that came with it, DER, in the order of ``verify``.

    Raises:
        UserError: ``verify_pdf_bad``.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    hush()
    try:
        found = PdfFileReader(BytesIO(pdf), strict=False).embedded_regular_signatures
        return tuple(
            (one.signer_cert.dump(), tuple(other.dump() for other in one.other_embedded_certs))
            for one in found
        )
    except Exception as error:
        # As in ``verify``: a damaged file can make the parser stumble in any way.
        raise UserError("verify_pdf_bad", field="file") from error


def hush() -> None:
    """Keep the library out of the log: verdicts and errors say it all, and it would write signers' names there."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def certificates(data: bytes) -> list[Any]:
    """Give the certificates of a PEM or DER file; none when it holds none."""
    from asn1crypto import pem, x509

    try:
        if not pem.detect(data):
            return [_checked(x509.Certificate.load(data))]
        parts = pem.unarmor(data, multiple=True)
        return [
            _checked(x509.Certificate.load(der)) for kind, _headers, der in parts if kind == "CERTIFICATE"
        ]
    except (ValueError, TypeError, KeyError):
        return []


def _checked(found: Any) -> Any:
    found.subject.native  # noqa: B018  asn1crypto parses only when it is asked
    return found


class _Judge:
    """Weighs one signature."""

    def __init__(self, embedded: Any, roots: list[Any], now: datetime, sealed: set[int], ends: bool) -> None:
        self.embedded, self.roots, self.now = embedded, roots, now
        self.sealed, self.ends_in_order = sealed, ends
        self.certificate = embedded.signer_cert

    def verdict(self) -> SignatureVerdict:
        status = self.status(self.claimed())
        stamp: Any = status.timestamp_validity if status is not None else None
        stamped = stamp is not None and stamp.valid and stamp.intact and stamp.trusted
        at = stamp.timestamp if stamped else self.claimed()
        if status is not None and stamped:
            status = self.status(at)
        worth = self.worth(status, at, stamped)
        changed, names = self.changes(status)
        return SignatureVerdict(
            field=self.embedded.field_name,
            **self.who(),
            intact=status is not None and status.intact and status.valid,
            covers_file=self.coverage() == "ENTIRE_FILE",
            trusted=status is not None and status.valid and status.intact and worth is Validity.VALID,
            certificate=worth,
            signed_at=at.astimezone(UTC) if at else None,
            is_stamped=stamped,
            valid_from=self.certificate.not_valid_before.astimezone(UTC),
            valid_until=self.certificate.not_valid_after.astimezone(UTC),
            changed=changed,
            changed_fields=names,
        )

    def claimed(self) -> datetime | None:
        """Give the time that the signer's machine wrote."""
        try:
            at = self.embedded.self_reported_timestamp
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        return at if isinstance(at, datetime) and at.tzinfo else None

    def status(self, at: datetime | None) -> Any:
        """Give pyHanko's findings, with the chain judged at a moment; None when the signature cannot be read."""
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko.sign.validation.errors import SignatureValidationError
        from pyhanko.sign.validation.settings import KeyUsageConstraints
        from pyhanko_certvalidator import ValidationContext

        context = ValidationContext(
            trust_roots=self.roots, moment=at or self.now, allow_fetching=False, revocation_mode="soft-fail"
        )
        # A certificate that does not say what its key is for may be used for anything (RFC 5280, 4.2.1.3).
        wanted = {"digital_signature", "non_repudiation"} if self.certificate.key_usage_value else set()
        usage = KeyUsageConstraints(key_usage=wanted, match_all_key_usages=False)
        try:
            return validate_pdf_signature(self.embedded, context, key_usage_settings=usage)
        except (SignatureValidationError, PdfError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def worth(self, status: Any, at: datetime | None, stamped: bool) -> Validity:
        begins, ends = self.certificate.not_valid_before, self.certificate.not_valid_after
        moment = at or self.now
        if moment > ends or moment < begins:
            return Validity.EXPIRED if moment > ends else Validity.NOT_YET
        if self.now > ends and not stamped:
            return Validity.EXPIRED_SINCE
        if status is not None and not status.intact:
            return Validity.UNJUDGED
        if status is None or status.trusted:
            return Validity.REFUSED if status is None else Validity.VALID
        return Validity.FOREIGN if self.is_foreign(status) else Validity.REFUSED

    def is_foreign(self, status: Any) -> bool:
        """Say whether no chain led to a root, in contrast to a chain that led there and was refused."""
        from pyhanko.sign.ades.report import AdESIndeterminate

        return (
            status.trust_problem_indic in (None, AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND)
            or not self.roots
        )

    def coverage(self) -> str:
        return str(self.embedded.evaluate_signature_coverage().name)

    def changes(self, status: Any) -> tuple[Changed, tuple[str, ...]]:
        """Give what was added after the signature, and the names of the fields it concerns."""
        from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel

        coverage = self.coverage()
        if coverage == "ENTIRE_FILE":
            return Changed.NOTHING, ()
        if not self.ends_in_order:
            return Changed.FORBIDDEN, ()
        if coverage != "ENTIRE_REVISION" or status is None or not isinstance(status.diff_result, DiffResult):
            return Changed.FORBIDDEN, ()
        found = status.diff_result
        names = tuple(sorted(name for name in found.changed_form_fields if self.is_touched(name)))
        if found.modification_level <= ModificationLevel.LTA_UPDATES:
            return Changed.NOTHING, names
        allowed = status.docmdp_ok and found.modification_level <= ModificationLevel.FORM_FILLING
        return (Changed.ALLOWED if allowed and self.are_in_order(names) else Changed.FORBIDDEN), names

    def is_touched(self, name: str) -> bool:
        """Say whether a field is another than when this signature was made; the library also names untouched ones."""
        reader, signed = self.embedded.reader, self.embedded.signed_revision
        return _state(reader.get_historical_root(signed), name) != _state(reader.root, name)

    def are_in_order(self, names: tuple[str, ...]) -> bool:
        """Say whether fields changed only as they may.

        On a paper of ours the registry's fields alone, each in an update that is signed; on another what its first
        signer left open (DocMDP), else only further signatures.
        """
        kinds = dict(self.fields())
        plain = {name for name in names if kinds.get(name) != "/Sig"}
        if not plain:
            return True
        if not set(OPEN_FIELDS) & kinds.keys():
            return self.embedded.docmdp_level is not None
        return plain <= set(OPEN_FIELDS) and all(self.filled_in(name) in self.sealed for name in plain)

    def fields(self) -> list[tuple[str, str]]:
        root = self.embedded.reader.root
        return [(str(one.get("/T", "")), str(one.get("/FT", ""))) for one in root_fields(root)]

    def filled_in(self, name: str) -> int:
        """Give the number of the update in which a field got the value that it has at the end."""
        reader = self.embedded.reader
        at, last = (
            reader.total_revisions - 1,
            _value(reader.get_historical_root(reader.total_revisions - 1), name),
        )
        while at > 0 and _value(reader.get_historical_root(at - 1), name) == last:
            at -= 1
        return int(at)

    def who(self) -> dict[str, Any]:
        named = self.certificate.subject.native
        made: dict[str, Any] = {own: _plain(named.get(key)) for key, own in _NAMES.items()}
        issuer = self.certificate.issuer.native
        made["signer"] = made["signer"] or made["organisation"]
        made["issuer"] = _plain(issuer.get("common_name") or issuer.get("organization_name"))
        made["serial"] = f"{self.certificate.serial_number:X}"
        return made


def _ends_in_order(pdf: bytes, reader: Any) -> bool:
    """Say whether nothing loose hangs at the end: the last signature covers it, or a regular update ends it.

    An update without a signature is weighed by what it changes; what belongs to no update would not be.
    """
    signatures = reader.embedded_signatures
    if any(one.evaluate_signature_coverage().name == "ENTIRE_FILE" for one in signatures):
        return True
    last = max((one.signed_revision for one in signatures), default=-1)
    return reader.total_revisions - 1 > last and _END.search(pdf[-64:]) is not None


def _value(root: Any, name: str) -> str:
    for field in root_fields(root):
        if str(field.get("/T", "")) == name:
            return str(field.get("/V", ""))
    return ""


def _state(root: Any, name: str) -> tuple[str, bytes] | None:
    """Give a field's value and how it looks; None when there is none of that name."""
    for field in root_fields(root):
        if str(field.get("/T", "")) != name:
            continue
        look = field["/AP"]["/N"] if "/AP" in field and "/N" in field["/AP"] else None
        return str(field.get("/V", "")), bytes(getattr(look, "data", b""))
    return None


def _plain(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")
