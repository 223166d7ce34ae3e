"""What the store offers about who may speak for the agency."""

from typing import Protocol
from uuid import UUID

from spokesdesk.domain.spokespeople import Authorisation, AuthorisationStep


class SpokespeopleStore(Protocol):
    """Authorisations and what became of them."""

    def add(self, made: Authorisation) -> None: ...
    def add_step(self, step: AuthorisationStep) -> None: ...
    def get(self, authorisation_id: UUID) -> Authorisation: ...
    def all(self) -> tuple[Authorisation, ...]: ...
