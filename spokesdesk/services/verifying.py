"""Checking the signatures of any PDF received, with a report to print; needs no workspace."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from spokesdesk.domain.signing import Revocation, SignatureVerdict, Validity, Verdict
from spokesdesk.services.ports import SigningMachine
from spokesdesk.services.signing import read_file
from spokesdesk.typeset import apart


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found of a file.

    Attributes:
        sha256: of its bytes, so that a printed report belongs to one file only.
        at: UTC, when it was checked.
        roots: how many certificates this machine trusts.
    """

    name: str
    sha256: str
    size: int
    at: datetime
    verdict: Verdict
    roots: int


def check_file(path: Path, machine: SigningMachine) -> Checked:
    """Check a file; where the settings allow it, the issuers are asked about revocation.

    Raises:
        UserError: ``sign_file_unreadable``, ``sign_file_large``, ``verify_pdf_bad``; or the folder of trusted roots.
    """
    return check_bytes(path.name, read_file(path), machine.roots(), machine)


def check_bytes(name: str, pdf: bytes, roots: Sequence[bytes], machine: SigningMachine) -> Checked:
    """Check a file's bytes against these roots, in a process apart.

    Raises:
        UserError: ``verify_pdf_bad``, ``look_failed``, ``look_too_slow``.
    """
    verdict = with_revocation(pdf, apart.verdict(pdf, tuple(roots)), roots, machine)
    return Checked(name, hashlib.sha256(pdf).hexdigest(), len(pdf), datetime.now(UTC), verdict, len(roots))


def with_revocation(pdf: bytes, verdict: Verdict, roots: Sequence[bytes], machine: SigningMachine) -> Verdict:
    """Give the verdict with what the issuers say; only certificates of a trusted root are asked about."""
    from spokesdesk.typeset.verify import signers

    if not any(one.trusted for one in verdict.signatures):
        return verdict
    made = []
    for one, (leaf, others) in zip(verdict.signatures, signers(pdf), strict=True):
        said = Revocation.UNCHECKED
        if one.trusted:
            said = machine.revocation(leaf, (*others, *roots), one.signed_at, stamped=one.is_stamped)
        made.append(_weighed(one, said))
    return Verdict(tuple(made))


def report_pdf(checked: Checked) -> bytes:
    """Give the report as a PDF of A4 pages."""
    from spokesdesk.typeset.verdict_report import report

    return report(checked.name, checked.sha256, checked.size, checked.at, checked.verdict)


def _weighed(one: SignatureVerdict, said: Revocation) -> SignatureVerdict:
    if said is Revocation.REVOKED:
        return replace(one, revocation=said, trusted=False, certificate=Validity.REFUSED)
    return replace(one, revocation=said)
