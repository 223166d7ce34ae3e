"""``digest``: the daily synthesis of what the press raised, as a paper."""

from typing import Any

from spokesdesk.cli.coverage_sources import add_digest_options
from spokesdesk.domain.language import gettext as _


def add_parser(commands: Any) -> None:
    """Add the command; ``coverage digest`` is the same."""
    add_digest_options(
        commands.add_parser("digest", help=_("tổng hợp thông tin báo chí trong ngày thành báo cáo"))
    )
