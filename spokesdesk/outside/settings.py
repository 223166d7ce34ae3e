"""Settings of this machine and user, not of a workspace: what was open last, how the window looks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spokesdesk.domain.errors import UserError
from spokesdesk.outside import disk, places

FILE = "settings.json"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, declared once.

    Attributes:
        kind: str, int, bool or list (of str).
        meaning: what it does, for whoever reads the file.
        choices: the values allowed; empty for any.
        low: smallest number allowed.
        high: greatest number allowed.
        old_names: names it had before; a value found there is still read.
    """

    name: str
    kind: type
    default: Any
    meaning: str
    choices: tuple[Any, ...] = ()
    low: int | None = None
    high: int | None = None
    old_names: tuple[str, ...] = ()

    def accepts(self, value: object) -> bool:
        """Tell whether a value is of the kind and within the limits."""
        if type(value) is not self.kind:
            return False
        if isinstance(value, list):
            return all(isinstance(item, str) for item in value)
        if isinstance(value, int) and not (
            (self.low is None or value >= self.low) and (self.high is None or value <= self.high)
        ):
            return False
        return not self.choices or value in self.choices


DECLARED = (
    Setting("workspace", str, "", "Folder of the workspace to open at the next start."),
    Setting("recent_workspaces", list, [], "Folders opened before, the latest first."),
    Setting("palette", str, "system", "Colours of the window.", choices=("system", "light", "dark")),
    Setting("scale", int, 100, "Size of text and controls, in percent.", low=100, high=200),
    Setting("geometry", str, "", "Place and size of the window, as the window itself wrote it."),
    Setting("rail_collapsed", bool, False, "Whether the rail shows icons only."),
    Setting("last_member", str, "", "Id of who worked last, offered first at the next start."),
    Setting("last_screen", str, "today", "Screen to show after unlocking."),
    Setting("printer", str, "", "Printer chosen last; empty for the system's default."),
    Setting("copies", int, 1, "Number of copies chosen last.", low=1, high=99),
    Setting(
        "lock_after_min",
        int,
        15,
        "Minutes without a key before the desk locks; 0 for never.",
        low=0,
        high=480,
    ),
    Setting("language", str, "vi", "Language of the window.", choices=("vi", "en")),
    Setting("trust_folder", str, "", "Folder of root certificates that signatures are checked against."),
    Setting("tsa_url", str, "", "Address of a time stamp authority; empty to sign without time stamps."),
    Setting("pkcs11_library", str, "", "The signing token's driver (PKCS#11 library)."),
    Setting("pkcs11_token", str, "", "Label of the signing token; empty for the only one."),
    Setting("sign_way", str, "", "Way to sign chosen last."),
    Setting(
        "sign_key_file", str, "", "Key file (.p12, .pfx) that signed last; its passphrase is kept nowhere."
    ),
    Setting("seal_key_file", str, "", "Key file that put the agency's seal last."),
    Setting("revocation_online", bool, False, "Whether revoked certificates are looked up on the network."),
    Setting("update_channel", str, "stable", "Which versions are offered.", choices=("stable", "trial")),
    Setting("update_address", str, "", "Where the publisher's files are; empty for the usual place."),
    Setting(
        "update_proxy", str, "", "Proxy for updates and for fetching news; empty for what the system says."
    ),
    Setting("update_auto", bool, True, "Whether the window looks for a new version once a day."),
    Setting("update_looked_at", str, "", "When it looked last, UTC."),
    Setting("backup_folder", str, "", "Folder of the backups made last."),
)


class MachineSettings:
    """Reads and writes the machine's settings; a missing, damaged or hand-edited file never stops the desk.

    Args:
        path: the JSON file; in the platform's configuration folder when not given.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or places.config_folder() / FILE
        self._declared = {setting.name: setting for setting in DECLARED}

    def get(self, name: str) -> Any:
        """Give a setting; its default when the file has none or a value that makes no sense.

        Raises:
            KeyError: no such setting is declared.
        """
        setting = self._declared[name]
        stored = self._stored()
        for known in (setting.name, *setting.old_names):
            if known in stored and setting.accepts(stored[known]):
                return stored[known]
        return setting.default

    def put(self, name: str, value: object) -> None:
        """Keep a setting.

        Raises:
            KeyError: no such setting is declared.
            UserError: ``setting_refused`` when the value is of another kind or beyond the limits.
            OutsideError: ``read_only``, ``disk_full``.
        """
        setting = self._declared[name]
        if not setting.accepts(value):
            raise UserError("setting_refused", field=name)
        content = {key: kept for key, kept in self._stored().items() if key not in setting.old_names}
        with disk.explained(self.path):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = json.dumps({**content, name: value}, ensure_ascii=False, indent=1, sort_keys=True)
        disk.write_atomically(self.path, text.encode())

    def _stored(self) -> Mapping[str, Any]:
        try:
            content = json.loads(self.path.read_bytes())
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}
