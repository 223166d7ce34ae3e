"""Fixtures of a real desk."""

from tests.desks import desk, office, template
from tests.tokens import token

__all__ = ["desk", "office", "template", "token"]
