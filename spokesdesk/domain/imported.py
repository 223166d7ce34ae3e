"""What taking in a file from elsewhere gives: the letter, and what the person should know about it."""

from dataclasses import dataclass
from enum import StrEnum

from spokesdesk.domain.letters import Letter


class NoteKind(StrEnum):
    """What a note tells."""

    GUESSED = "guessed"
    CONVERTED = "converted"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class ImportNote:
    """One thing to look at after an import, in a sentence."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """A letter made from a file, and what was guessed, converted or left out."""

    letter: Letter
    notes: tuple[ImportNote, ...] = ()
