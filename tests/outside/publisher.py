"""A publisher of updates for tests: keys, signed lists and small programs that say their version."""

import json
import os
import shutil
import sys
import tarfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import zstandard
from securesystemslib.signer import CryptoSigner

from installer.debian.build import FILES
from installer.updates import keys, repository

PASSPHRASE = "cụm mật khẩu của khóa thử"
PLATFORM = "linux-x86_64"
PYTHON = f"python{sys.version_info[0]}.{sys.version_info[1]}"


@dataclass
class Publisher:
    """Keys in ``folder/keys``, the published files in ``folder/site``."""

    folder: Path
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        self.site = self.folder / "site"
        for name in ("root1", "root2", "root3", *repository.ONLINE):
            keys.make(self.key_file(name), PASSPHRASE)
        self._opened: dict[str, CryptoSigner] = {}

    def key_file(self, name: str) -> Path:
        """Give where a private key is."""
        return self.folder / "keys" / f"{name}.pem"

    def signer(self, name: str) -> CryptoSigner:
        """Open a key, once."""
        if name not in self._opened:
            self._opened[name] = keys.opened(self.key_file(name), PASSPHRASE)
        return self._opened[name]

    def draft_root(self, before: Path | None = None, **replaced: str) -> Path:
        """Write a root that nobody signed; ``targets="other"`` names another key for a role."""
        roots = [keys.public(self.key_file(f"root{n}").with_suffix(".pub")) for n in (1, 2, 3)]
        others = {
            role: keys.public(self.key_file(replaced.get(role, role)).with_suffix(".pub"))
            for role in repository.ONLINE
        }
        made = repository.new_root(roots, others, self.now, before)
        file = self.folder / f"root-{made.signed.version}.json"
        repository.write(made, file)
        return file

    def begin(self) -> bytes:
        """Hold the ceremony; gives the root that programs bring with them."""
        file = self.draft_root()
        for name in ("root1", "root3"):
            repository.sign(file, self.signer(name))
        return repository.publish_root(self.site, file).read_bytes()

    def publish(self, *versions: str, channel: str = "stable", bulk: bytes = b"", **other: str) -> None:
        """Publish versions; ``targets="other"`` signs with another key."""
        entries = []
        for version in versions:
            archive = self.archive(version, bulk)
            told = {
                "version": version,
                "channel": channel,
                "platform": PLATFORM,
                "changes": [f"Điều mới của {version}"],
            }
            entries.append(repository.add_target(self.site, archive, told))
        signers = {role: self.signer(other.get(role, role)) for role in repository.ONLINE}
        repository.publish(self.site, entries, signers, self.now)

    def archive(self, version: str, bulk: bytes = b"") -> Path:
        """Pack a small program as the build packs the real one."""
        made = program(self.folder / "made" / version / "SpokesDesk", version, bulk)
        bare = self.folder / "made" / f"SpokesDesk-{version}-{PLATFORM}.tar"
        with tarfile.open(bare, "w", format=tarfile.GNU_FORMAT) as packed:
            packed.add(made, "SpokesDesk")
        target = bare.with_name(f"{bare.name}.zst")
        target.write_bytes(zstandard.ZstdCompressor().compress(bare.read_bytes()))
        return target


def program(home: Path, version: str, bulk: bytes = b"", kind: str = "folder") -> Path:
    """Make a program of the real one's shape, with the real launcher, that says its version and ends."""
    shutil.rmtree(home, ignore_errors=True)
    inside = home / "program"
    package = inside / "lib" / PYTHON / "site-packages" / "spokesdesk"
    package.mkdir(parents=True)
    (package / "__main__.py").write_text(f"print({version!r})\n")
    (package / "bulk.bin").write_bytes(bulk)
    base = Path(sys.base_exec_prefix) / "bin"
    (inside / "pyvenv.cfg").write_text(f"home = {base}\ninclude-system-site-packages = false\n")
    (inside / "bin").mkdir()
    (inside / "bin" / PYTHON).symlink_to(base / PYTHON)
    made_at = (datetime.now(UTC) - timedelta(days=30)).isoformat()
    note = {"version": version, "kind": kind, "platform": PLATFORM, "made_at": made_at}
    (inside / "BUILD.json").write_text(json.dumps(note))
    launcher = home / "spokesdesk"
    shutil.copyfile(FILES / "spokesdesk.sh", launcher)
    launcher.chmod(0o755)
    os.utime(launcher)
    return home
