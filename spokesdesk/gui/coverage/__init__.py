"""Press coverage on screen: articles, claims, clocks."""

from spokesdesk.gui.coverage.screen import CoverageScreen

__all__ = ["CoverageScreen"]
