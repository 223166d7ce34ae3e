"""New versions: look, fetch, put beside, use from the next start; go back to the one before."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from spokesdesk.domain.errors import UserError, WaitError
from spokesdesk.domain.updates import Channel, Offer, UpdateState, newest
from spokesdesk.services.ports import MachineSettings
from spokesdesk.services.ports.updates import Stopped, Tell, Updates, Versions

OFTEN = timedelta(hours=20)
"""How long after a look the window looks again by itself."""


def state(updates: Updates, settings: MachineSettings, offer: Offer | None = None) -> UpdateState:
    """Give how it stands on this machine, without asking anybody.

    Args:
        offer: what the publisher was just heard to offer.
    """
    folder = updates.folder
    build = folder.build()
    if not build.renews_itself:
        return UpdateState(build, _channel(settings), offer)
    return UpdateState(build, _channel(settings), offer, folder.beside(), folder.ready(), folder.before())


def check(updates: Updates, settings: MachineSettings, place: Path | None = None) -> UpdateState:
    """Ask the publisher, or a folder (a USB stick), for a newer version.

    Args:
        place: folder that holds a copy of the publisher's files; None for the address.

    Raises:
        WaitError: ``update_no_address``, ``update_no_root``, ``update_clock_behind``.
        OutsideError: ``update_unreachable``, ``update_expired``, ``update_rolled_back``, ``update_mixed``,
            ``update_unsigned``, ``update_clock``, ``update_not_there``.
    """
    build = updates.folder.build()
    offers = _versions(updates, settings, place).offers()
    if place is None:
        settings.put("update_looked_at", _now().isoformat(timespec="seconds"))
    return state(updates, settings, newest(offers, build, _channel(settings)))


def can_look(updates: Updates, settings: MachineSettings) -> bool:
    """Say whether there is a place to look at and a publisher's key to check with."""
    return bool(str(settings.get("update_address")) or updates.usual_place()) and updates.has_root()


def is_due(settings: MachineSettings) -> bool:
    """Say whether the window should look by itself now: once a day, where that is wanted."""
    if not settings.get("update_auto"):
        return False
    try:
        last = datetime.fromisoformat(str(settings.get("update_looked_at")))
        return not timedelta() <= _now() - last < OFTEN
    except (ValueError, TypeError):
        return True


def get(
    updates: Updates,
    settings: MachineSettings,
    tell: Tell = lambda _done, _total: None,
    stopped: Stopped = lambda: False,
    place: Path | None = None,
) -> UpdateState:
    """Fetch the newest version and put it beside the program; ``apply`` makes the next start use it.

    The program at work, and the version kept, stay as they are whatever happens on the way.

    Raises:
        WaitError: ``update_none``: this is the newest; ``update_by_apt``, ``update_by_hand``: this program does not
            renew itself; ``update_stopped``; ``update_busy``: another process is at it.
        OutsideError: as ``check``; ``disk_full``, ``read_only``.
    """
    found = check(updates, settings, place)
    _require_own_folder(found)
    offer = found.offer
    if offer is None:
        raise WaitError("update_none", version=found.build.version)
    with updates.folder.changing():
        if offer.version not in (updates.folder.beside(), updates.folder.ready()):
            versions, whole = _versions(updates, settings, place), offer.size + offer.unpacked
            archive = versions.fetch(offer, lambda done: tell(done, whole), stopped)
            try:
                updates.folder.unpack(archive, offer, lambda done: tell(offer.size + done, whole), stopped)
            finally:
                archive.unlink(missing_ok=True)
    return state(updates, settings, offer)


def apply(updates: Updates, settings: MachineSettings) -> UpdateState:
    """Let the next start use the version that lies beside; never an older one than the program at work.

    Raises:
        WaitError: ``update_none_ready``, ``update_by_apt``, ``update_by_hand``, ``update_busy``.
    """
    _require_own_folder(state(updates, settings))
    with updates.folder.changing():
        beside = updates.folder.beside()
        if beside:
            updates.folder.use(beside)
        elif not updates.folder.ready():
            raise WaitError("update_none_ready")
    return state(updates, settings)


def go_back(updates: Updates, settings: MachineSettings) -> UpdateState:
    """Use the version before again from the next start.

    Raises:
        WaitError: ``update_none_before``, ``update_by_apt``, ``update_by_hand``, ``update_busy``.
    """
    _require_own_folder(state(updates, settings))
    with updates.folder.changing():
        updates.folder.back()
    return state(updates, settings)


def came_up(updates: Updates) -> None:
    """Note that the window is on the screen: a new version whose first start does not say so is left again."""
    updates.folder.came_up()


def fell_back(updates: Updates) -> str:
    """Give the new version that did not come up, so that the one before is at work again; "" for none.

    It is told once; the next clearing up deletes it.

    Raises:
        OutsideError: ``disk_full``, ``read_only``.
    """
    return updates.folder.fell_back()


@dataclass(frozen=True, slots=True)
class Wishes:
    """Where and how this machine looks for new versions.

    Attributes:
        address: of the publisher's files, or of a copy inside the agency; "" for the usual one.
        proxy: address of the agency's proxy; "" for what the system says.
        looks_by_itself: once a day, while the window is open.
    """

    channel: Channel
    address: str
    proxy: str
    looks_by_itself: bool


def wishes(settings: MachineSettings) -> Wishes:
    """Give where and how this machine looks."""
    return Wishes(
        _channel(settings),
        str(settings.get("update_address")),
        str(settings.get("update_proxy")),
        bool(settings.get("update_auto")),
    )


def set_wishes(settings: MachineSettings, wanted: Wishes) -> Wishes:
    """Keep where and how this machine looks.

    Raises:
        UserError: ``update_address_form``, ``update_proxy_form``.
    """
    plain = replace(wanted, address=wanted.address.strip(), proxy=wanted.proxy.strip())
    for field, value, code in (
        ("update_address", plain.address, "update_address_form"),
        ("update_proxy", plain.proxy, "update_proxy_form"),
    ):
        if value and not value.lower().startswith(("https://", "http://")):
            raise UserError(code, field=field)
    settings.put("update_channel", plain.channel.value)
    settings.put("update_address", plain.address)
    settings.put("update_proxy", plain.proxy)
    settings.put("update_auto", plain.looks_by_itself)
    return plain


def _require_own_folder(known: UpdateState) -> None:
    if known.build.kind == "deb":
        raise WaitError("update_by_apt")
    if not known.build.renews_itself:
        raise WaitError("update_by_hand")


def _versions(updates: Updates, settings: MachineSettings, place: Path | None) -> Versions:
    proxy = str(settings.get("update_proxy"))
    if place is not None:
        return updates.versions(place, proxy)
    address = str(settings.get("update_address")) or updates.usual_place()
    if not address:
        raise WaitError("update_no_address")
    return updates.versions(address, proxy)


def _channel(settings: MachineSettings) -> Channel:
    return Channel(str(settings.get("update_channel")))


def _now() -> datetime:
    return datetime.now(UTC)
