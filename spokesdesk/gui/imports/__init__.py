"""Nhập bảng: tables of people and past contacts taken in."""

from spokesdesk.gui.imports.screen import ImportsScreen

__all__ = ["ImportsScreen"]
