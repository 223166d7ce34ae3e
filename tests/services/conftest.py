"""Fixtures of a real desk."""

from tests.desks import desk, office, template

__all__ = ["desk", "office", "template"]
