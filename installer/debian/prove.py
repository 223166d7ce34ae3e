"""Proves the Debian packages in a bare chroot: ``python3 installer/debian/prove.py DESK.deb PORTAL.deb``.

Installs, runs ``self-test`` on a real screen as a user with accents in the name, lets the installed desk publish a
release on the installed portal, removes and purges, and looks for what is left. Needs root.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120

from installer.debian.build import FILES
from installer.debian.chroot import Machine, machine
from installer.environment import ROOT
from installer.talk import run_door, say

USER = "canbo"
HOME = "/home/Nguyễn Văn Ổn"
WORKSPACE = f"{HOME}/.local/share/SpokesDesk/workspace"
SECRET = {"SPOKESDESK_PASSPHRASE": "cụm mật khẩu để thử gói", "HOME": HOME}
PORTAL = "spokesdesk-portal"
ADDRESS = "http://127.0.0.1:8480"
SUBJECT = "về việc khắc phục ngập tại phường Mỹ Tho"
LETTER = f"""
kind = "thong-cao-bao-chi"
parent_agency = "UBND TỈNH ĐỒNG THÁP"
agency = "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"
symbol = "TCBC-SNNMT"
place = "Đồng Tháp"
subject = "{SUBJECT}"
body = "Nước đã rút; việc thông cống xong trước 17 giờ."
recipients = ["Các cơ quan báo chí"]
archive = "VT"
[[signers]]
authority = ["GIÁM ĐỐC"]
name = "Nguyễn Văn Ổn"
"""
# Python's own leavings in the chroot, and what apt and dpkg write about every package.
NOT_OURS = ("var/lib/dpkg", "var/lib/apt", "usr/share/mime", "usr/share/icons/hicolor/icon-theme.cache")


def main(arguments: list[str]) -> int:
    """Run the proof; the exit code is 0 when every step holds."""
    parser = argparse.ArgumentParser(description="Kiểm chứng gói Debian trong một chroot trống.")
    parser.add_argument("desk", type=Path, help="gói của bàn làm việc")
    parser.add_argument("portal", type=Path, help="gói của cổng")
    parser.add_argument("--before", type=Path, help="gói bàn làm việc của bản trước, để thử nâng cấp")
    parser.add_argument("--suite", default="bookworm", help="bản phát hành: bookworm, trixie, jammy, noble")
    parser.add_argument("--mirror", default="", help="kho gói của bản phát hành ấy")
    parser.add_argument("--root", type=Path, default=ROOT / "build" / "debian", help="thư mục của chroot")
    parser.add_argument("--pictures", type=Path, default=ROOT / "build" / "pictures", help="nhận ảnh")
    parser.add_argument("--only", default="", help="chỉ các bước này, cách nhau bằng dấu phẩy")
    given = parser.parse_args(arguments)
    work = given.root.resolve() / f"proof-{given.suite}"
    with machine(given.root.resolve() / given.suite, work, given.suite, given.mirror) as bare:
        for name, file in {"desk": given.desk, "portal": given.portal, "before": given.before}.items():
            if file is not None:
                shutil.copy(file, bare.path(f"/{name}.deb"))
        return Proof(bare, given.pictures / given.suite).run(given.only.split(",") if given.only else ())


class Proof:
    """The steps in their order; each says what it saw, a failed one does not keep the next from running."""

    def __init__(self, bare: Machine, pictures: Path) -> None:
        self.bare, self.pictures = bare, pictures
        self.failed = 0
        self.there_before: set[str] = set()

    def run(self, only: Sequence[str] = ()) -> int:
        """Run all steps, or only those named."""
        steps: tuple[Callable[[], str], ...] = (
            self.installs,
            self.keeps_a_workspace,
            self.upgrades,
            self.tests_itself,
            self.installs_the_portal,
            self.publishes_a_release,
            self.publishes_with_postgresql,
            self.removes_the_portal,
            self.removes_the_desk,
        )
        for step in [each for each in steps if not only or each.__name__ in only]:
            begun = time.monotonic()
            try:
                said = step()
            except (AssertionError, OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
                self.failed += 1
                said = f"HỎNG: {type(error).__name__} {error}"
            say(f"{step.__name__.replace('_', ' ')} ({time.monotonic() - begun:.1f} s): {said}")
        return 1 if self.failed else 0

    def installs(self) -> str:
        """Install the desk with what it depends on and nothing recommended; the older one where it is given."""
        self.bare.must("apt-get", "update", "-qq")
        self.bare.must("useradd", "--create-home", "--home-dir", HOME, USER)
        first = "before" if self.bare.path("/before.deb").exists() else "desk"
        self._install_needs("/desk.deb")
        self.there_before = self.bare.files()
        self._install(f"/{first}.deb")
        return self._version()

    def tests_itself(self) -> str:
        """``self-test`` on a real screen, as a person without rights."""
        inside = "/tmp/pictures"
        out = self.bare.must(
            "spokesdesk", "self-test", "--json", "--pictures", inside, user=USER, env={"HOME": HOME}
        )
        told = json.loads(next(line for line in out.splitlines() if line.startswith("{")))
        results = {step["name"]: step["result"] for step in told["steps"]}
        # No portal on a desk; no D-Bus session, and so no keyring, in a chroot.
        assert (results.pop("portal"), results.pop("keyring")) == ("skipped", "skipped"), results
        assert set(results.values()) == {"ok"}, results
        shutil.copytree(self.bare.path(inside), self.pictures, dirs_exist_ok=True)
        return f"{', '.join(results)}; ảnh ở {self.pictures}"

    def keeps_a_workspace(self) -> str:
        """Make a workspace with an entry, to be there at the end."""
        self._cli(
            "init", "--agency", "Sở Nông nghiệp và Môi trường", "--place", "Đồng Tháp", "--member", "Lê Mai"
        )
        self._cli("visit", "add", "--channel", "phone", "--outlet", "Báo Ấp Bắc", "--topic", "Ngập")
        return self._count()

    def upgrades(self) -> str:
        """Over the older package, with its workspace kept."""
        if not self.bare.path("/before.deb").exists():
            return "không có bản trước để thử"
        before = self._version()
        self._install("/desk.deb")
        assert self._version() != before
        self._cli("doctor")
        return f"{before} → {self._version()}; {self._count()}"

    def installs_the_portal(self) -> str:
        """Its own user, its configuration closed to others, its unit as hard as systemd can see."""
        self._install("/portal.deb")
        mode = self.bare.must("stat", "-c", "%a %U:%G", "/etc/spokesdesk-portal/portal.toml").strip()
        assert mode == f"640 root:{PORTAL}", mode
        assert self.bare.must("stat", "-c", "%a %U", f"/var/lib/{PORTAL}").strip() == f"700 {PORTAL}"
        unit = str(FILES / f"{PORTAL}.service")
        told = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--no-pager", unit],
            capture_output=True,
            text=True,
            check=True,
        )
        return told.stdout.strip().splitlines()[-1].strip()

    def publishes_a_release(self) -> str:
        """The desk joins the portal, which keeps its data in a file, and publishes; the public page shows it."""
        with self._serving():
            return self._publish()

    def publishes_with_postgresql(self) -> str:
        """The same with PostgreSQL, chosen in the configuration alone."""
        self.bare.must("apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql")
        cluster = self.bare.must("pg_lsclusters", "-h").split()[:2]
        self.bare.must("pg_ctlcluster", *cluster, "start")
        try:
            self.bare.must("createuser", PORTAL, user="postgres")
            self.bare.must("createdb", "-O", PORTAL, "spokesdesk", user="postgres")
            file = self.bare.path("/etc/spokesdesk-portal/portal.toml")
            url = f"postgresql://{PORTAL}@/spokesdesk?host=/var/run/postgresql"
            kept = file.read_text(encoding="utf-8")
            file.write_text(kept.replace('database = ""', f'database = "{url}"'), encoding="utf-8")
            shutil.rmtree(self.bare.path(WORKSPACE))
            self.keeps_a_workspace()
            with self._serving():
                said = self._publish()
            rows = self.bare.must(
                "psql", "-tAc", "select count(*) from release", "spokesdesk", user="postgres"
            )
            assert int(rows) == 1, rows
            file.write_text(kept, encoding="utf-8")
        finally:
            self.bare.must("pg_ctlcluster", *cluster, "stop")
        return said

    def removes_the_portal(self) -> str:
        """Removed and purged; what was published stays."""
        self.bare.must("apt-get", "remove", "-y", "-qq", PORTAL)
        assert self.bare.path("/etc/spokesdesk-portal/portal.toml").exists()
        out = self.bare.must("apt-get", "purge", "-y", "-qq", PORTAL)
        assert f"/var/lib/{PORTAL}" in out, "nobody was told where the data is"
        assert list(self.bare.path(f"/var/lib/{PORTAL}").iterdir())
        left = self._left(PORTAL) - {f"var/lib/{PORTAL}"}
        left = {name for name in left if not name.startswith(f"var/lib/{PORTAL}/")}
        assert not left, sorted(left)[:9]
        return f"còn lại: /var/lib/{PORTAL}"

    def removes_the_desk(self) -> str:
        """Removed and purged; only the workspace stays."""
        self.bare.must("apt-get", "purge", "-y", "-qq", "spokesdesk")
        kept = f"var/lib/{PORTAL}"  # what the portal published
        left = {name for name in self._left("spokesdesk") if not name.startswith(kept)}
        assert not left, sorted(left)[:9]
        assert self.bare.path(f"{WORKSPACE}/workspace.json").is_file()
        return f"còn lại: {WORKSPACE}"

    def _install_needs(self, deb: str) -> None:
        """Install what the desk depends on, so that what is there afterwards is its own alone."""
        needs = self.bare.must("dpkg-deb", "-f", deb, "Depends")
        names = [self._available(part.split("(")[0].strip()) for part in needs.split(",")]
        self.bare.must("apt-get", "install", "-y", "-qq", "--no-install-recommends", *names)
        self.bare.must("apt-get", "install", "-y", "-qq", "--no-install-recommends", "adduser")

    def _available(self, choice: str) -> str:
        names = [name.strip() for name in choice.split("|")]
        return next((name for name in names if "Candidate: (none)" not in self._policy(name)), names[0])

    def _policy(self, name: str) -> str:
        return self.bare.must("apt-cache", "policy", name) or "Candidate: (none)"

    def _install(self, deb: str) -> None:
        self.bare.must(
            "apt-get", "install", "-y", "-qq", "--no-install-recommends", "--allow-downgrades", deb
        )

    def _left(self, package: str) -> set[str]:
        new = self.bare.files() - self.there_before
        return {name for name in new if package in name and not name.startswith(NOT_OURS)}

    @contextmanager
    def _serving(self) -> Iterator[None]:
        """Run the unit's own line as its user, until it answers; stop it as systemd does."""
        unit = self.bare.path(f"/lib/systemd/system/{PORTAL}.service").read_text(encoding="utf-8")
        line = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
        portal = self.bare.start(*line.partition("=")[2].split(), user=PORTAL)
        try:
            deadline = time.monotonic() + 60
            while not _answers():
                assert portal.poll() is None, f"the portal ended with {portal.returncode}"
                assert time.monotonic() < deadline, "/healthz did not answer"
                time.sleep(0.3)
            yield
        finally:
            portal.terminate()
            assert portal.wait(30) in (0, -15, 143), portal.returncode

    def _publish(self) -> str:
        code = json.loads(
            self.bare.must(PORTAL, "enrol", "--agency", "Sở Nông nghiệp và Môi trường", "--json")
        )["code"]
        self._cli("connect", "--portal", ADDRESS, "--code", code)
        self.bare.path("/tmp/thong-cao.toml").write_text(LETTER, encoding="utf-8")
        paper = json.loads(self._cli("paper", "add", "/tmp/thong-cao.toml", "--json"))["id"]
        for step in ("submit", "approve", "number", "release"):
            self._cli("paper", step, paper)
        self._cli("sync")
        page = urllib.request.urlopen(ADDRESS, timeout=10).read().decode()
        assert SUBJECT.removeprefix("về việc ") in page, page[:600]
        return f"{ADDRESS} hiện thông cáo"

    def _cli(self, *words: str) -> str:
        return self.bare.must("spokesdesk", *words, "--workspace", WORKSPACE, user=USER, env=SECRET)

    def _count(self) -> str:
        rows = json.loads(self._cli("visit", "list", "--json"))
        assert len(rows) == 1, rows
        return "sổ có 1 mục"

    def _version(self) -> str:
        return self.bare.must("spokesdesk", "--version", user=USER, env={"HOME": HOME}).strip()


def _answers() -> bool:
    try:
        return bool(urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=2).status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(run_door(main))
