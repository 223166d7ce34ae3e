"""The errors a user can act on; each carries a code and parameters and is worded at the door (domain/words)."""

from typing import ClassVar


class DeskError(Exception):
    """An error that a person can act on.

    Attributes:
        code: key into ``domain.words``; stable, users' scripts may read it from ``--json``.
        params: values for the sentence's ``{names}``.
        field: name of the form field or option that is wrong, if one is.
        exit_code: what the command line exits with for this class.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, code: str, *, field: str | None = None, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.params = params

    def __str__(self) -> str:
        where = f" [{self.field}]" if self.field else ""
        return f"{self.code}{where} {self.params or ''}".strip()


class UserError(DeskError):
    """What was typed cannot be taken as it is; shown beside the field (exit code 3)."""

    exit_code = 3


class WaitError(DeskError):
    """Nothing is wrong, but it cannot be done yet; shown in the status line (exit code 4)."""

    exit_code = 4


class ConflictError(DeskError):
    """Somebody else changed it meanwhile, or the move is not legal from this state (exit code 5)."""

    exit_code = 5


class OutsideError(DeskError):
    """Something beyond the program failed: disk, printer, network, keyring; may be retried (exit code 6)."""

    exit_code = 6


class AccessError(DeskError):
    """A wrong key, PIN or passphrase, or a right that this member does not have (exit code 7)."""

    exit_code = 7
