import base64
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import SecretService, chainer, fail, null

from spokesdesk.domain.errors import OutsideError
from spokesdesk.outside.secrets import SystemKeyring, real_backend

# The keyring library's back-ends carry no types.
Real: Any = SecretService.Keyring
Chain: Any = chainer.ChainerBackend
Failing: Any = fail.Keyring
Forgetful: Any = null.Keyring
SESSION = Path(__file__).with_name("secret_service_session.py")
INSIDE = """
mkdir -p "$HOME/.local/share/keyrings"
printf 'pw\\n' | "$KEYRING_DAEMON" --unlock --components=secrets >/dev/null
for _ in $(seq 100); do
  dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
    string:org.freedesktop.secrets | grep -q true && break
  sleep 0.05
done
exec "$PYTHON" "$SESSION" "$FOLDER"
"""


class PlaintextKeyring(KeyringBackend):
    """Stands for keyrings.alt.file.PlaintextKeyring, which writes keys readable to the disk."""

    priority = 9

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


PlaintextKeyring.__module__ = "keyrings.alt.file"


@pytest.mark.parametrize(
    "backend", [Failing(), Forgetful(), PlaintextKeyring()], ids=["fail", "null", "plaintext"]
)
def test_a_keyring_that_keeps_nothing_or_keeps_it_readable_is_refused(
    backend: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    shelf = SystemKeyring()
    assert not shelf.is_there()
    uses: list[Callable[[], object]] = [
        lambda: shelf.put("w", b"k"),
        lambda: shelf.get("w"),
        lambda: shelf.forget("w"),
    ]
    for use in uses:
        with pytest.raises(OutsideError, match="keyring_missing"):
            use()
    assert getattr(backend, "kept", {}) == {}


def test_in_a_chain_the_real_keyring_is_picked_even_behind_a_readable_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = Real()
    monkeypatch.setattr(Chain, "backends", [PlaintextKeyring(), Forgetful(), real])
    assert real_backend(Chain()) is real
    monkeypatch.setattr(Chain, "backends", [PlaintextKeyring(), Failing()])
    assert real_backend(Chain()) is None


def test_a_subclass_under_another_name_is_not_taken_for_a_real_one() -> None:
    class Keyring(SecretService.Keyring):
        pass

    untyped: Any = Keyring

    assert real_backend(untyped()) is None


def test_a_real_secret_service_keeps_the_key_and_losing_it_loses_nothing(
    judge: Callable[[str], str], home: Path, tmp_path: Path
) -> None:
    environment = {
        "PYTHON": sys.executable,
        "SESSION": str(SESSION),
        "FOLDER": str(tmp_path),
        "KEYRING_DAEMON": judge("gnome-keyring-daemon"),
        "HOME": str(home),
        "PATH": f"{Path(judge('secret-tool')).parent}:/usr/bin:/bin",
        "XDG_RUNTIME_DIR": str(home / "run"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    done = subprocess.run(
        [judge("dbus-run-session"), "--", "sh", "-c", INSIDE],
        env=environment, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    saw = json.loads(done.stdout.splitlines()[-1])
    assert saw["ways"] == ["keyring", "recovery"]
    assert saw["opens_without_asking"]
    assert len(base64.b64decode(saw["looked_up"])) == 32
    assert saw["after_clearing"] == "unlock_needed"
    assert saw["recovery_opens"]
    assert saw["opens_again"]
    assert saw["kept_entry"]
    assert saw["without_keyring"] == ["passphrase", "recovery"]
    assert saw["entry_gone"]
    ring = (home / ".local" / "share" / "keyrings" / "login.keyring").read_bytes()
    assert saw["looked_up"].encode() not in ring
