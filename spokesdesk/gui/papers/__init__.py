"""Papers on screen: list, form, printed page, moves."""

from spokesdesk.gui.papers.screen import PapersScreen

__all__ = ["PapersScreen"]
