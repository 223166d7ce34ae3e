"""The check of any PDF's signatures on screen."""

from spokesdesk.gui.verify.screen import VerifyScreen

__all__ = ["VerifyScreen"]
