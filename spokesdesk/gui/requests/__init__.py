"""Requests for information (yêu cầu): the list, one request with its steps, the form, the end of the day."""

from spokesdesk.gui.requests.screen import RequestsScreen

__all__ = ["RequestsScreen"]
