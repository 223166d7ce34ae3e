"""The exchange between the province and agencies."""

from spokesdesk.gui.province.screen import ProvinceScreen

__all__ = ["ProvinceScreen"]
