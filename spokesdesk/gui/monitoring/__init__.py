"""Watching the press on screen: the queue of items, what is watched, sheets of false posts."""

from spokesdesk.gui.monitoring.screen import MonitoringScreen

__all__ = ["MonitoringScreen"]
