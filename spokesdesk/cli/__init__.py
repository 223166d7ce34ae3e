"""Headless commands: one file per noun; text or --json; one exit code per error class."""

from spokesdesk.cli.commands import main

__all__ = ["main"]
