"""The journal of press contacts (sổ tiếp xúc): list, form, entry."""

from spokesdesk.gui.journal.screen import JournalScreen

__all__ = ["JournalScreen"]
