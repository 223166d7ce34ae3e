"""The portal on screen: connection, ledger, rounds."""

from spokesdesk.gui.sync.screen import SyncScreen

__all__ = ["SyncScreen"]
