"""Words through gettext: Vietnamese is the source text; a door may speak through another catalogue.

The standard library's own ``gettext.gettext`` looks for a catalogue on the disk at every call (0.2 ms); one form shows
hundreds of words. Here a door chooses the catalogue once.
"""

from gettext import NullTranslations

_spoken: list[NullTranslations] = [NullTranslations()]


def gettext(message: str) -> str:
    """Give a text in the language chosen by the door; Vietnamese until one is chosen."""
    return _spoken[0].gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Give a text for a count; Vietnamese has one form for all."""
    return _spoken[0].ngettext(singular, plural, n)


def speak(catalogue: NullTranslations) -> None:
    """Choose the catalogue; called by a door (window, command line, portal) at its start."""
    _spoken[0] = catalogue
