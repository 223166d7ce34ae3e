"""Headless commands: one file per noun; text or --json; one exit code per error class."""

from spokesdesk.cli.main import main

__all__ = ["main"]
