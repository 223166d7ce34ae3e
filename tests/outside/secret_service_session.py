"""Runs inside a D-Bus session with a real Secret Service: prints, as JSON, what the workspace did there."""

import json
import subprocess
import sys
from pathlib import Path

from spokesdesk.domain.errors import AccessError
from spokesdesk.outside.workspace import create, open_workspace


def looked_up(workspace: str) -> str:
    """Ask the other program that reads the same service."""
    command = ["secret-tool", "lookup", "service", "SpokesDesk", "username", workspace]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=20).stdout.strip()


def main(folder: Path) -> dict[str, object]:
    """Live through one keyring's life."""
    desk, recovery = create(folder / "desk", agency_name="Sở TTTT")
    workspace, key = str(desk.id), desk.database_key
    saw: dict[str, object] = {"ways": desk.unlock_ways(), "looked_up": looked_up(workspace)}
    saw["opens_without_asking"] = open_workspace(desk.folder).database_key == key
    subprocess.run(["secret-tool", "clear", "service", "SpokesDesk", "username", workspace], check=True)
    try:
        open_workspace(desk.folder)
    except AccessError as error:
        saw["after_clearing"] = error.code
    again = open_workspace(desk.folder, recovery=recovery)
    saw["recovery_opens"] = again.database_key == key
    again.use_keyring(True)
    saw["opens_again"] = open_workspace(desk.folder).database_key == key
    entry = looked_up(workspace)
    again.use_keyring(True)
    saw["kept_entry"] = looked_up(workspace) == entry != ""
    again.change_passphrase("mật khẩu")
    again.use_keyring(False)
    saw["without_keyring"] = again.unlock_ways()
    saw["entry_gone"] = looked_up(workspace) == ""
    return saw


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
