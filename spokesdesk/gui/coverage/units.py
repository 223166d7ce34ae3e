"""Between places in a text as we count them and as Qt counts them: a sign beyond the first plane is two units there."""

from bisect import bisect_left


class Units:
    """Turns places of one text to and fro; made once for a text, each place is then found at once."""

    def __init__(self, text: str) -> None:
        is_plain = len(text.encode("utf-16-le")) == 2 * len(text)
        # Places of the signs that Qt counts twice, in our count and in Qt's.
        self._wide = [] if is_plain else [at for at, char in enumerate(text) if char > "\uffff"]
        self._wide_units = [at + n + 1 for n, at in enumerate(self._wide)]

    def of(self, place: int) -> int:
        """Give a place as Qt counts it."""
        return place + bisect_left(self._wide, place)

    def place(self, unit: int) -> int:
        """Give a place of Qt's as we count it."""
        return unit - bisect_left(self._wide_units, unit)
