"""The publisher's signed list of versions (The Update Framework), from a web server or a folder such as a USB stick.

The root of trust comes with the program (``resources/updates/root.json``). What was trusted once is remembered on this
machine, so that an older list than the one seen before is refused, whoever offers it.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

from spokesdesk import assets
from spokesdesk.domain.errors import OutsideError, UserError, WaitError
from spokesdesk.domain.text import short_date
from spokesdesk.domain.updates import Build, Channel, Offer, version_key
from spokesdesk.outside import disk, places
from spokesdesk.outside.programfolder import OwnFolder
from spokesdesk.outside.updatecarriers import Carrier, FolderCarrier, HttpCarrier
from spokesdesk.services.ports.updates import Count, Stopped

if TYPE_CHECKING:
    from tuf.ngclient.fetcher import FetcherInterface
    from tuf.ngclient.updater import Updater

ROOT = ("updates", "root.json")
SOURCE = ("updates", "source.json")
CLOCK_SLACK = timedelta(days=1)


class MachineUpdates:
    """Updates as this machine has them.

    Args:
        folder: the program's own; found by itself when not given.
        state: folder of what is remembered of the list.
        root: the root of trust, as the program brought it.
    """

    def __init__(
        self, folder: OwnFolder | None = None, state: Path | None = None, root: bytes | None = None
    ) -> None:
        self.folder = folder or OwnFolder()
        self._state = state
        self._root = root

    def versions(self, place: str | Path, proxy: str) -> "SignedVersions":
        """Give the list at an address or in a folder.

        Raises:
            WaitError: ``update_no_root``: the program was built without a publisher's key.
            UserError: ``update_address_form``.
        """
        root = self._root
        if root is None:
            try:
                root = assets.read_bytes(*ROOT)
            except FileNotFoundError as error:
                raise WaitError("update_no_root") from error
        carrier: Carrier = FolderCarrier(place) if isinstance(place, Path) else HttpCarrier(place, proxy)
        return SignedVersions(carrier, self._state or places.update_folder(), root, self.folder.build())

    def has_root(self) -> bool:
        """Say whether the program brought a publisher's key."""
        return self._root is not None or assets.path(*ROOT).is_file()

    def usual_place(self) -> str:
        """Give the address of the publisher's files; "" while there is none."""
        return str(json.loads(assets.read_text(*SOURCE))["address"])


class SignedVersions:
    """One look at the list; everything it gives has been verified.

    Args:
        carrier: brings the publisher's files.
        state: folder of what is remembered.
        root: the root of trust.
        build: the program at work; a clock before its making is wrong.
    """

    def __init__(self, carrier: Carrier, state: Path, root: bytes, build: Build) -> None:
        self._carrier, self._state, self._root, self._build = carrier, state, root, build
        self._updater: Updater | None = None

    def offers(self) -> Sequence[Offer]:
        """Give every version that the publisher signed, for all platforms and channels.

        Raises:
            WaitError: ``update_clock_behind``.
            OutsideError: ``update_unreachable``, ``update_not_there``, ``update_expired``, ``update_clock``,
                ``update_rolled_back``, ``update_mixed``, ``update_unsigned``, ``update_list``; ``disk_full``.
        """
        from tuf.api.metadata import Metadata, Targets

        now = datetime.now(UTC)
        if self._build.made_at is not None and now < self._build.made_at - CLOCK_SLACK:
            raise WaitError(
                "update_clock_behind", today=short_date(now.date()), made=_day(self._build.made_at)
            )
        with self._explained():
            self._refreshed(now)
            # What the library has verified it keeps; it hands out single entries only.
            kept = Metadata[Targets].from_file(str(self._state / "metadata" / "targets.json"))
        listed = kept.signed.targets
        found = (_offer(name, target.length, target.custom) for name, target in listed.items())
        return tuple(offer for offer in found if offer is not None)

    def fetch(self, offer: Offer, tell: Count, stopped: Stopped) -> Path:
        """Bring the archive of a version and check its hash.

        Returns:
            A file that the caller deletes.

        Raises:
            OutsideError: as ``offers``.
            WaitError: ``update_stopped``.
        """
        self._carrier.told, self._carrier.stopped = tell, stopped
        with self._explained():
            updater = self._refreshed(datetime.now(UTC))
            target = updater.get_targetinfo(offer.name)
            if target is None:
                raise OutsideError("update_list", detail=offer.name)
            kept = self._state / "archive.tar.zst"
            try:
                return Path(updater.download_target(target, str(kept)))
            except BaseException:
                kept.unlink(missing_ok=True)
                raise

    def _refreshed(self, now: datetime) -> "Updater":
        from tuf.ngclient.config import UpdaterConfig
        from tuf.ngclient.updater import Updater

        if self._updater is None:
            metadata = self._state / "metadata"
            metadata.mkdir(parents=True, exist_ok=True)
            self._carrier.room = self._state
            updater = Updater(
                str(metadata),
                f"{self._carrier.base}/metadata",
                target_base_url=f"{self._carrier.base}/targets",
                fetcher=cast("FetcherInterface", self._carrier),
                config=UpdaterConfig(),
                bootstrap=self._root,
            )
            updater.refresh()
            self._require_right_clock(now)
            self._updater = updater
        return self._updater

    def _require_right_clock(self, now: datetime) -> None:
        """Refuse a clock that is far from the server's: it would take an old list for a fresh one."""
        there = self._carrier.server_time
        if there is not None and abs(now - there) > CLOCK_SLACK:
            raise OutsideError("update_clock", today=short_date(now.date()), there=_day(there))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        from tuf.api import exceptions as tuf_errors

        try:
            yield
        except tuf_errors.ExpiredMetadataError as error:
            now = datetime.now(UTC)
            self._require_right_clock(now)
            raise OutsideError("update_expired", today=short_date(now.date())) from error
        except tuf_errors.UnsignedMetadataError as error:
            raise OutsideError("update_unsigned") from error
        except tuf_errors.BadVersionNumberError as error:
            raise OutsideError("update_rolled_back") from error
        except tuf_errors.LengthOrHashMismatchError as error:
            raise OutsideError("update_mixed") from error
        except tuf_errors.DownloadLengthMismatchError as error:
            raise OutsideError("update_mixed") from error
        except tuf_errors.DownloadHTTPError as error:
            raise OutsideError(
                "update_not_there", place=self._carrier.base, detail=error.status_code
            ) from error
        except tuf_errors.DownloadError as error:
            raise OutsideError(
                "update_unreachable", place=self._carrier.base, detail=str(error)[:200]
            ) from error
        except tuf_errors.RepositoryError as error:
            raise OutsideError("update_list", detail=str(error)[:200]) from error
        except OSError as error:
            raise disk.meaning(error, self._state) from error


def _offer(name: str, size: int, custom: object) -> Offer | None:
    """Read one entry of the list; what another kind of client is meant by is passed over."""
    if not isinstance(custom, dict):
        return None
    try:
        version_key(str(custom["version"]))
        return Offer(
            str(custom["version"]),
            Channel(custom["channel"]),
            str(custom["platform"]),
            name,
            size,
            int(custom["unpacked"]),
            tuple(str(line) for line in custom.get("changes", ())),
        )
    except (KeyError, ValueError, TypeError, UserError):
        return None


def _day(at: datetime) -> str:
    return short_date(at.date())
