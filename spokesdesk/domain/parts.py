"""What the program is made of: each part with its version and licence (CycloneDX reads the same list)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProgramPart:
    """One part.

    Attributes:
        licence: its licence's name, as its makers write it; "" when they do not.
        text: the licence's full text; "" when the part brings none.
    """

    name: str
    version: str
    licence: str
    text: str = ""
