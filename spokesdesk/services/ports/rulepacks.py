"""What services may ask of the rules in force and of packs that are laid over them."""

from collections.abc import Sequence
from typing import Protocol

from spokesdesk.domain.rules import RulePack
from spokesdesk.domain.rules.packs import PackHead


class Shelf(Protocol):
    """The rules in force at this desk."""

    @property
    def pack(self) -> RulePack: ...
    def head(self, file: str, data: bytes) -> PackHead: ...
    def laid(self, law: bytes | None, local: Sequence[bytes]) -> RulePack: ...
    def use(self, pack: RulePack) -> None: ...
