"""Kills an update at every step it takes on the disk: ``python -m tests.outside.update_killing FOLDER ARCHIVE``.

FOLDER holds version 0.1.0, ARCHIVE version 0.2.0. After each kill the program is started as a person does, then the
update is done again. Prints as JSON how many steps there were and which versions started after a kill.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from spokesdesk.domain.updates import Channel, Offer
from spokesdesk.outside.programfolder import OwnFolder

WRITING = {
    "os.chmod",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.utime",
    "shutil.rmtree",
}


def update(home: Path, archive: Path) -> None:
    """Unpack 0.2.0, choose it, clear up."""
    folder = OwnFolder(home / "program")
    offer = Offer("0.2.0", Channel.STABLE, "linux-x86_64", archive.name, archive.stat().st_size, 0)
    folder.unpack(archive, offer, lambda _done: None, lambda: False)
    folder.use("0.2.0")
    folder.tidy()


def killed(home: Path, archive: Path, step: int) -> bool:
    """Update in a process that is killed before a step; say whether it was."""
    child = os.fork()
    if not child:
        left = [step]

        def watch(event: str, words: tuple[object, ...]) -> None:
            is_write = event == "open" and isinstance(words[2], int) and words[2] & (os.O_WRONLY | os.O_RDWR)
            if event in WRITING or is_write:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        update(home, archive)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def starts(home: Path) -> str:
    """Start the program; gives the version it says."""
    done = subprocess.run([home / "spokesdesk"], capture_output=True, text=True, check=False, timeout=60)
    return done.stdout.strip() or f"nothing: {done.stderr}"


def main(home: Path, archive: Path) -> None:
    """Kill before the first step, the second, … until an update reaches its end."""
    seen: dict[str, int] = {}
    step = 1
    fresh = home.with_name("fresh")
    home.rename(fresh)
    while True:
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(fresh, home, symlinks=True)
        if not killed(home, archive, step):
            break
        version = starts(home)
        seen[version] = seen.get(version, 0) + 1
        update(home, archive)
        assert starts(home) == "0.2.0", f"step {step}"
        left = sorted(path.name for path in home.iterdir() if path.name.endswith(".part"))
        assert not [name for name in left if name.startswith("program")], left
        step += 1
    print(json.dumps({"steps": step - 1, "seen": seen}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
