"""New versions of the program: which there are, which of them this program may become."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from spokesdesk.domain.errors import UserError

_VERSION = re.compile(r"(\d+(?:\.\d+){1,3})(?:(a|b|rc)(\d+))?")
_BEFORE_FINAL = ("a", "b", "rc")


class Channel(StrEnum):
    """Who gets a version (kênh): everybody, or those who try versions first as well."""

    STABLE = "stable"
    TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class Build:
    """How the program at work was made.

    Attributes:
        version: as ``--version`` says.
        kind: "folder": it renews its own folder; "deb": apt owns the files; "source": a checkout or a wheel.
        platform: "linux-x86_64", "windows-amd64"; "" for a checkout.
        made_at: UTC; a clock before it is wrong. None for a checkout.
    """

    version: str
    kind: str = "source"
    platform: str = ""
    made_at: datetime | None = None

    @property
    def renews_itself(self) -> bool:
        """Whether the program may put a new version beside itself."""
        return self.kind == "folder"


@dataclass(frozen=True, slots=True)
class Offer:
    """One version that the publisher signed for one platform.

    Attributes:
        name: the signed archive's name among the publisher's files.
        size: of the archive, bytes.
        unpacked: size of the files in it, bytes.
        changes: what a user notices, in Vietnamese, one line each.
    """

    version: str
    channel: Channel
    platform: str
    name: str
    size: int
    unpacked: int
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateState:
    """What the window and the command line show of updates.

    Attributes:
        offer: the newest version that this program may become; None when it is the newest.
        beside: newer version that is unpacked but not chosen yet; "" for none.
        ready: version that is used from the next start; "" for none.
        before: version kept, to which the person may return; "" for none.
    """

    build: Build
    channel: Channel
    offer: Offer | None = None
    beside: str = ""
    ready: str = ""
    before: str = ""


def version_key(version: str) -> tuple[tuple[int, ...], int, int]:
    """Give what versions are sorted by: 0.2.0rc1 comes before 0.2.0, and that before 0.10.0.

    Raises:
        UserError: ``version_form``: not a version of ours.
    """
    found = _VERSION.fullmatch(version)
    if found is None:
        raise UserError("version_form", field="version", version=version[:40])
    numbers = tuple(int(part) for part in found[1].split("."))
    stage = _BEFORE_FINAL.index(found[2]) if found[2] else len(_BEFORE_FINAL)
    return (*numbers, *([0] * (4 - len(numbers)))), stage, int(found[3] or 0)


def is_newer(version: str, than: str) -> bool:
    """Say whether a version comes after another."""
    return version_key(version) > version_key(than)


def newest(offers: Iterable[Offer], build: Build, channel: Channel) -> Offer | None:
    """Give the newest version for this platform and channel that is newer than the program; never an older one.

    Args:
        offers: all that the publisher signed.
        channel: who tries versions first sees the stable ones too.
    """
    fitting = [
        offer
        for offer in offers
        if offer.platform == build.platform
        and (offer.channel is Channel.STABLE or channel is Channel.TRIAL)
        and is_newer(offer.version, build.version)
    ]
    return max(fitting, key=lambda offer: version_key(offer.version), default=None)
