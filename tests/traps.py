"""What fails a test although its assertions hold: the outside network, an unexpected log record."""

import logging
import re
import socket
import threading
from collections.abc import Callable, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

FORGOTTEN = (
    "SPOKESDESK_PASSPHRASE",
    "SPOKESDESK_REPORT_MODULES",
    "DBUS_SESSION_BUS_ADDRESS",
    "PYTHON_KEYRING_BACKEND",
    "LANGUAGE",
    "LANG",
)
"""Variables of the person who runs the tests that no test may see."""


def homes(folder: Path) -> dict[str, str]:
    """Give the variables that put every per-user folder under one folder, made here."""
    places = {
        "HOME": folder,
        "USERPROFILE": folder,
        "APPDATA": folder / "AppData" / "Roaming",
        "LOCALAPPDATA": folder / "AppData" / "Local",
        "XDG_CONFIG_HOME": folder / ".config",
        "XDG_DATA_HOME": folder / ".local" / "share",
        "XDG_STATE_HOME": folder / ".local" / "state",
        "XDG_CACHE_HOME": folder / ".cache",
        "XDG_RUNTIME_DIR": folder / "run",
    }
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True)
    places["XDG_RUNTIME_DIR"].chmod(0o700)
    return {name: str(place) for name, place in places.items()} | {
        "LC_ALL": "C.UTF-8",
        "TZ": "Asia/Ho_Chi_Minh",
    }


def live_in(folder: Path, environ: MutableMapping[str, str]) -> None:
    """Point a process's environment at one folder and drop what belongs to the person who runs the tests."""
    for name in FORGOTTEN:
        environ.pop(name, None)
    environ.update(homes(folder))


class OutsideNetworkError(AssertionError):
    """A test tried to reach another machine."""


def close_the_network() -> None:
    """Let this process reach loopback and Unix sockets only; everything else raises at the call."""
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    look_up = socket.getaddrinfo

    def local_look_up(host: Any, *rest: Any, **options: Any) -> Any:
        _check(host)
        return look_up(host, *rest, **options)

    socket.getaddrinfo = local_look_up


def _guarded(call: Callable[..., Any]) -> Callable[..., Any]:
    def checked(self: socket.socket, *arguments: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _check(arguments[-1][0])
        return call(self, *arguments)

    return checked


def _check(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name and name not in ("localhost", "::1", "0.0.0.0") and not str(name).startswith("127."):
        raise OutsideNetworkError(f"tests may not reach {name}")


class LogTrap(logging.Handler):
    """Collects records of WARNING or above while a test runs; ``expect`` announces those that belong."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self._expected: list[str] = []
        self._guard = threading.Lock()

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        with self._guard:
            self.records.append(record)

    def expect(self, pattern: str) -> None:
        """Announce records whose message matches a regular expression; at least one must come.

        Args:
            pattern: searched in ``logger name: message``.
        """
        self._expected.append(pattern)

    def check(self) -> None:
        """Fail the test on a record nobody announced, and on an announced one that never came."""
        lines = [f"{record.name}: {record.getMessage()}" for record in self.records]
        surprising = [line for line in lines if not any(re.search(part, line) for part in self._expected)]
        absent = [part for part in self._expected if not any(re.search(part, line) for line in lines)]
        if surprising or absent:
            pytest.fail(
                f"unexpected log records: {surprising}; announced but absent: {absent}", pytrace=False
            )
