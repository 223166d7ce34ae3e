"""Vụ việc: case files with their evidence."""

from spokesdesk.gui.cases.screen import CasesScreen

__all__ = ["CasesScreen"]
