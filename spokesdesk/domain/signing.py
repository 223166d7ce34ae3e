"""Signatures on papers (chữ ký số): whose, made how, what a check of a signed file found, and the fields left open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.papers import Move, Paper, PaperState
from spokesdesk.domain.people import Member, Ref, Role

NUMBER_FIELD = "SoVanBan"
DAY_FIELD = "NgayVanBan"
MONTH_FIELD = "ThangVanBan"
YEAR_FIELD = "NamVanBan"
OPEN_FIELDS = (NUMBER_FIELD, DAY_FIELD, MONTH_FIELD, YEAR_FIELD)
"""The form fields that the leader's signature leaves open for the registry."""
LEADER_FIELD = "ChuKyLanhDao"
AGENCY_FIELD = "DauCoQuan"


class SignatureKind(StrEnum):
    """Whose signature: the leader's approval (ký phê duyệt) or the agency's seal (ký phát hành)."""

    LEADER = "leader"
    AGENCY = "agency"


class Validity(StrEnum):
    """What the signer's certificate was worth."""

    VALID = "valid"  # of a trusted root, in its time
    FOREIGN = "foreign"  # of no root that this machine trusts
    EXPIRED = "expired"  # over when it signed
    EXPIRED_SINCE = "expired-since"  # over now, and no time stamp proves that it signed before
    NOT_YET = "not-yet"  # began after the signing time
    REFUSED = "refused"  # revoked, or not made for signing
    UNJUDGED = "unjudged"  # what it signed was altered, so that its worth says nothing


class Changed(StrEnum):
    """What was added to a file after a signature."""

    NOTHING = "nothing"
    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"


class Revocation(StrEnum):
    """Whether the issuer was asked if the certificate was revoked (thu hồi)."""

    UNCHECKED = "unchecked"  # not asked: offline, not allowed, or no answer
    GOOD = "good"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """What a check found about one signature.

    Attributes:
        field: the signature field's name in the file.
        intact: what was signed is unchanged, and the key of the certificate signed it.
        covers_file: nothing follows the signature.
        trusted: the certificate leads to a trusted root and was valid when it signed.
        signed_at: UTC; from the time stamp where there is one, else what the signer's machine said.
        is_stamped: a trusted time stamp proves the time.
        changed: what came after the signature; ``changed_fields`` names the form fields that did.
        revocation: what the issuer's list says, where it was asked.
    """

    field: str
    signer: str
    organisation: str
    issuer: str
    serial: str
    intact: bool
    covers_file: bool
    trusted: bool
    certificate: Validity
    signed_at: datetime | None
    is_stamped: bool
    valid_from: datetime
    valid_until: datetime
    changed: Changed
    changed_fields: tuple[str, ...] = ()
    revocation: Revocation = Revocation.UNCHECKED

    @property
    def ok(self) -> bool:
        """Whether the signature holds."""
        return self.intact and self.trusted and self.changed is not Changed.FORBIDDEN


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found about a file; ``signatures`` in the order they were made."""

    signatures: tuple[SignatureVerdict, ...] = ()

    @property
    def unbroken(self) -> bool:
        """Whether every signature is intact, nothing forbidden was changed and the last covers the file."""
        return bool(self.signatures) and all(
            one.intact and one.changed is not Changed.FORBIDDEN for one in self.signatures
        )

    @property
    def ok(self) -> bool:
        """Whether the file may be called validly signed: unbroken, and every signer trusted."""
        return self.unbroken and all(one.trusted for one in self.signatures)


@dataclass(frozen=True, slots=True)
class SignAsk:
    """What is to be signed.

    Attributes:
        at: UTC, the signing time.
        number: số, for the registry to fill in; None leaves the fields as they are.
        dated_on: date to fill in.
        image: PNG of the leader's signature or the agency's seal; b"" for none.
        cancelled: asked now and then while a device or a person is waited for.
    """

    kind: SignatureKind
    at: datetime
    number: int | None = None
    dated_on: date | None = None
    image: bytes = field(default=b"", repr=False)
    reason: str = ""
    location: str = ""
    cancelled: Callable[[], bool] = field(default=lambda: False, repr=False)


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """A signed file kept with its paper.

    Attributes:
        signer: name in the certificate; for ink, of the member who attached the scan.
        adapter: how it was made: pkcs12, pkcs11, vgca, outside or ink.
        file: the signed file, kept by hash and never rendered again.
        by: who was at the desk.
    """

    id: UUID
    paper_id: UUID
    kind: SignatureKind
    signer: str
    at: datetime
    adapter: str
    file: Attachment
    verdict: Verdict
    by: Ref


INK = "ink"
_ROLES = {SignatureKind.LEADER: Role.LEADER, SignatureKind.AGENCY: Role.REGISTRY}
_STATES = {
    SignatureKind.LEADER: frozenset({PaperState.APPROVED, PaperState.NUMBERED}),
    SignatureKind.AGENCY: frozenset({PaperState.NUMBERED}),
}


def role_of(kind: SignatureKind) -> Role:
    """Give whose turn a signature is."""
    return _ROLES[kind]


def check_turn(paper: Paper, made: tuple[PaperSignature, ...], kind: SignatureKind, adapter: str) -> None:
    """Check that a paper may be signed now.

    Raises:
        ConflictError: ``sign_state``: not approved, not numbered, or released already; ``sign_done``: it bears that
            signature; ``sign_ink_before_number``: ink comes after the number.

    Source:
        NĐ 30/2020/NĐ-CP, Điều 13, 14: the leader signs, then number and date, then the agency's seal or signature.
    """
    if paper.state not in _STATES[kind]:
        raise ConflictError("sign_state", state=paper.state.value)
    if adapter == INK and paper.state is not PaperState.NUMBERED:
        raise ConflictError("sign_ink_before_number")
    if any(one.kind is SignatureKind.AGENCY for one in made):
        raise ConflictError("sign_done")
    signers = max(1, len(paper.letter.signers))
    if kind is SignatureKind.LEADER and sum(one.kind is kind for one in made) >= signers:
        raise ConflictError("sign_done")


def turn_of(paper: Paper, made: tuple[PaperSignature, ...], member: Member) -> SignatureKind | None:
    """Give the signature that a member may put on a paper now; None when it is not their turn.

    A paper that the leader signed before its number waits for the agency's signature above all.
    """
    for kind in (SignatureKind.AGENCY, SignatureKind.LEADER):
        if not member.active or _ROLES[kind] not in member.roles:
            continue
        adapter = INK if paper.state is PaperState.NUMBERED else ""
        try:
            check_turn(paper, made, kind, adapter)
        except ConflictError:
            continue
        return kind
    return None


def waits_for_seal(paper: Paper, made: tuple[PaperSignature, ...]) -> bool:
    """Say whether the newest signed file was made before the number, so that it does not show the number yet."""
    numbered = [step.at for step in paper.moves if step.move is Move.NUMBER]
    return bool(made) and bool(numbered) and made[-1].at <= numbered[-1]
