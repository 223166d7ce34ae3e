"""What the machine offers for signing and for checking signatures; works without a workspace."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from spokesdesk.domain.sign_ways import SignWay, TokenFound, WayFound
from spokesdesk.domain.signing import Revocation
from spokesdesk.services.ports.outside import Signer


class SigningMachine(Protocol):
    """Ways to sign, trusted roots, and the settings that belong to both."""

    def look(self) -> tuple[WayFound, ...]:
        """Give what is there, within a second."""
        ...

    def signer(
        self,
        way: SignWay,
        *,
        secret: Callable[[], str] | None = None,
        file: Path | None = None,
        token: TokenFound | None = None,
    ) -> Signer:
        """Give what signs; ``secret`` is asked once and never kept."""
        ...

    def roots(self) -> Sequence[bytes]:
        """Give the trusted root certificates; UserError when the folder set for them cannot be read."""
        ...

    def revocation(
        self, leaf: bytes, others: Sequence[bytes], at: datetime | None, *, stamped: bool
    ) -> Revocation:
        """Give what the issuer says of a certificate; UNCHECKED offline or where it is not allowed."""
        ...

    def setting(self, name: str) -> object: ...
    def keep(self, name: str, value: object) -> None: ...
