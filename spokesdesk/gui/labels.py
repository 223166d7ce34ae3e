"""Words for values that several screens show."""

from collections.abc import Iterable

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Role


def role_words() -> dict[Role, str]:
    """Give the word of every role."""
    return {
        Role.SPOKESPERSON: _("Người phát ngôn"),
        Role.DRAFTER: _("Chuyên viên soạn thảo"),
        Role.LEADER: _("Lãnh đạo ký"),
        Role.REGISTRY: _("Văn thư"),
        Role.ADMIN: _("Quản trị"),
    }


def roles_text(roles: Iterable[Role], most: int = 5) -> str:
    """Give a member's roles in one line, in their usual order; beyond ``most`` only how many more (``+2``)."""
    held = set(roles)
    named = [text for role, text in role_words().items() if role in held]
    if len(named) > most:
        return f"{', '.join(named[:most])} +{len(named) - most}"
    return ", ".join(named)
