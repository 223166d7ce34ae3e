"""Asking long work to end: the window sets it, the work looks at it now and then."""


class Stop:
    """One request to end, shared by who waits and who works.

    Attributes:
        is_set: whether the end was asked for.
    """

    __slots__ = ("is_set",)

    def __init__(self) -> None:
        self.is_set = False

    def set(self) -> None:
        """Ask for the end."""
        self.is_set = True

    def __call__(self) -> bool:
        """Tell whether the end was asked for."""
        return self.is_set
