"""What signing does on its own worker: look at the machine, sign, give a file out, take one back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.sign_ways import SignWay, TokenFound, WayFound
from spokesdesk.domain.signing import PaperSignature, SignatureKind
from spokesdesk.services import sign_images
from spokesdesk.services import signing as service
from spokesdesk.services.ports import Desk, Signer, SigningMachine
from spokesdesk.services.stop import Stop
from spokesdesk.services.writing import write_whole

_KEY_FILES = {SignatureKind.LEADER: "sign_key_file", SignatureKind.AGENCY: "seal_key_file"}


@dataclass(frozen=True, slots=True)
class Ready:
    """What the panel begins with.

    Attributes:
        image: PNG of the signature or seal, b"" when none was set.
        last: way chosen last, "" the first time.
    """

    ways: tuple[WayFound, ...]
    image: bytes
    last: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """How the person wants to sign; ``secret`` lives as long as the work does."""

    way: SignWay
    file: Path | None = None
    token: TokenFound | None = None
    secret: str = ""
    image: bytes = b""


@dataclass(frozen=True, slots=True)
class Look:
    """Finds what is there."""

    desk: Desk
    machine: Callable[[], SigningMachine]
    kind: SignatureKind

    def __call__(self) -> Ready:
        machine = self.machine()
        return Ready(
            tuple(self._usual(one, machine) for one in machine.look()),
            sign_images.image_of(self.desk, self.kind),
            str(machine.setting("sign_way")),
        )

    def _usual(self, found: WayFound, machine: SigningMachine) -> WayFound:
        """The leader's key file is never offered for the agency's seal."""
        if found.way is not SignWay.PKCS12 or self.kind is SignatureKind.LEADER:
            return found
        file = str(machine.setting(_KEY_FILES[self.kind]))
        return replace(found, file=file if Path(file).is_file() else "")


@dataclass(frozen=True, slots=True, repr=False)
class SignNow:
    """Signs, or takes a signed file or a scan back; checks it and keeps it with the paper."""

    desk: Desk
    machine: Callable[[], SigningMachine]
    paper_id: UUID
    kind: SignatureKind
    chosen: Chosen
    stop: Stop

    def __call__(self) -> tuple[PaperSignature, Changes]:
        machine, chosen = self.machine(), self.chosen
        signer = machine.signer(
            chosen.way, secret=lambda: chosen.secret, file=chosen.file, token=chosen.token
        )
        roots = machine.roots()
        if chosen.way in (SignWay.OUTSIDE, SignWay.INK):
            made = service.attach_signed(self.desk, self.paper_id, signer, self.kind, roots=roots)
        else:
            made = self._signed(signer, roots)
        self._remember(machine)
        return made

    def _signed(self, signer: Signer, roots: Sequence[bytes]) -> tuple[PaperSignature, Changes]:
        return service.sign_paper(
            self.desk,
            self.paper_id,
            signer,
            self.kind,
            roots=roots,
            image=self.chosen.image,
            cancelled=self.stop,
        )

    def _remember(self, machine: SigningMachine) -> None:
        machine.keep("sign_way", self.chosen.way.value)
        if self.chosen.way is SignWay.PKCS12 and self.chosen.file is not None:
            machine.keep(_KEY_FILES[self.kind], str(self.chosen.file))


@dataclass(frozen=True, slots=True)
class GiveOut:
    """Writes the PDF to be signed with another program."""

    desk: Desk
    paper_id: UUID
    kind: SignatureKind
    image: bytes
    target: Path

    def __call__(self) -> Path:
        write_whole(self.target, service.to_sign(self.desk, self.paper_id, self.kind, self.image))
        return self.target
