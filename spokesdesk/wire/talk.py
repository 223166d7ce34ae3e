"""Questions and answers between desk and portal: enrolment, hello, push, a restored portal, releases, faults."""

from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from spokesdesk.wire.base import FILES_ASKED, PROTOCOL, PUSH_OPS, SV, Count, Hash, Key, Signature
from spokesdesk.wire.feed import Change
from spokesdesk.wire.members import DeviceBox
from spokesdesk.wire.notes import SenderKey
from spokesdesk.wire.ops import SignedOp


class EnrolAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """A desk asks to be enrolled with a one-time code; ``proof`` signs the code with the device's key.

    Attributes:
        device: the id that the desk had, when a portal restored from an older backup has forgotten it; with it come
            back the operations that it had signed.
        box: the keys that the agency's keys are handed over to.
    """

    code: Annotated[str, Meta(min_length=1, max_length=64)]
    public_key: Key
    proof: Signature
    agency: Annotated[str, Meta(max_length=200)] = ""
    device_name: Annotated[str, Meta(max_length=120)] = ""
    protocol: Count = PROTOCOL
    device: UUID | None = None
    box: DeviceBox | None = None


class SignInAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """A desk asks to be enrolled with the code that the browser brought back to it.

    Attributes:
        enrol: with that code.
        verifier: what the challenge was made of (RFC 7636).
        redirect: where the browser came back to.
    """

    enrol: EnrolAsk
    verifier: Annotated[str, Meta(min_length=43, max_length=128, pattern=r"^[A-Za-z0-9._~-]+$")]
    redirect: Annotated[str, Meta(max_length=200)]


class Enrolled(Struct, frozen=True):
    """The portal's answer to an enrolment; tokens are shown this once.

    Attributes:
        token: good for some minutes.
        renewal: what the next token is asked for with, once.
        seq: how far the journal's feed is.
        senders: devices of the province; none for the province itself.
    """

    journal: UUID
    device: UUID
    token: str
    agency: str
    epoch: str
    renewal: str = ""
    seq: Count = 0
    senders: list[SenderKey] = []


class RenewAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """A device asks for new tokens; ``proof`` signs the renewal token with the device's key."""

    token: Annotated[str, Meta(max_length=512)]
    proof: Signature


class Renewed(Struct, frozen=True):
    """New tokens; ``seconds`` is how long the first is good, the second takes the place of the one that was shown."""

    token: str
    renewal: str
    seconds: Count


class Hello(Struct, frozen=True):
    """Where a journal stands at the portal, and which clients it takes.

    Attributes:
        floor: entries of the feed up to here have lost their bodies; a cursor below starts from a snapshot.
        sv_oldest: oldest schema that a push may have.
        role: what the journal is here: ``province``, ``agency`` of one, "" where no province is enrolled.
        mail: place of the last item of its inbox, and with ``mail_mark`` its mark.
        door: what came through the journalists' door and waits for this device; ``door_at`` when the last of it came,
            milliseconds since 1970, 0 for nothing.
        members: see ``members_mark``; "" from a portal that does not know it.
    """

    epoch: str
    seq: Count
    chain: Hash
    floor: Count
    min_client: Count
    sv: Count
    protocol: Count = PROTOCOL
    sv_oldest: Count = 1
    role: str = ""
    mail: Count = 0
    mail_mark: str = ""
    door: Count = 0
    members: str = ""
    door_at: Count = 0


class Push(Struct, frozen=True, forbid_unknown_fields=True):
    """Operations in the order in which they were made."""

    ops: Annotated[list[SignedOp], Meta(max_length=PUSH_OPS)]
    sv: Count = SV
    protocol: Count = PROTOCOL


class Outcome(Struct, frozen=True):
    """What became of one operation; ``reason`` only when quarantined, ``seq`` once it stands in the feed."""

    op_id: UUID
    outcome: Literal["applied", "duplicate", "conflict", "quarantined"]
    reason: str = ""
    seq: Count = 0


class PushReply(Struct, frozen=True):
    """One outcome an operation, in their order."""

    outcomes: list[Outcome]


class ForkTold(Struct, frozen=True, forbid_unknown_fields=True):
    """A desk shows the portal an entry of its feed that it no longer has: it was restored from an older backup.

    Attributes:
        epoch: the epoch that the desk knows; another one means that somebody told it before.
        entry: the entry, with its body: a colleague's or an own operation, signed by an enrolled device.
    """

    epoch: Annotated[str, Meta(max_length=64)]
    entry: Change


class ReleaseStatus(Struct, frozen=True):
    """Where one release stands on the public side: waiting (files missing), public, withdrawn, unknown."""

    rec: UUID
    state: str
    missing: list[str] = []
    url: str = ""


class Releases(Struct, frozen=True):
    """Statuses, one for each record asked about."""

    releases: list[ReleaseStatus]


class FilesAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """A desk asks which of these files the journal does not hold."""

    files: Annotated[list[Hash], Meta(max_length=FILES_ASKED)]


class FilesMissing(Struct, frozen=True):
    """Those of the asked files that the portal has not."""

    missing: list[str]


class Fault(Struct, frozen=True):
    """Why the portal did not do what was asked."""

    error: str
    params: dict[str, Any] = {}
