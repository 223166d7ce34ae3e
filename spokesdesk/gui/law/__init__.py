"""Quy định: the library of instruments and the calendar of periodic duties."""

from spokesdesk.gui.law.screen import LawScreen

__all__ = ["LawScreen"]
