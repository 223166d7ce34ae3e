"""Đột xuất: incidents with their clocks, statements and agreements."""

from spokesdesk.gui.incidents.screen import IncidentsScreen

__all__ = ["IncidentsScreen"]
