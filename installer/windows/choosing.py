"""The launcher's choice among versions, tried in wine with two least programs that write down what was started."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from installer.windows.installed import PROGRAM, Installed, until

HOME = r"C:\Ổ cứng của Ổn\SpokesDesk"
LOG, STAY = r"C:\started.txt", r"C:\stay"
NEW = "program-0.2.0"
RUNTIME = ("python.exe", "pythonw.exe", "python313.dll", "python313.zip", "vcruntime140.dll")
LEAST = r"""
import json, os, sys, time
begun = r"HOME\begun"
noted = open(begun).read().split() if os.path.exists(begun) else []
is_noted = noted == ["NAME", str(os.getpid())]
print(json.dumps(["NAME", *sys.argv[1:], is_noted]), file=open(r"LOG", "a", encoding="utf-8"), flush=True)
while os.path.exists(r"STAY"):
    time.sleep(0.05)
"""


class Choosing(Installed):
    """One step of the proof; a real program takes the same way in ``renewing``."""

    def chooses_among_versions(self) -> str:
        """A new version gets one start to come up; at work it is left alone, dead it is passed over."""
        for name in ("program", NEW):
            self._least(name)
        assert self._pressed() == ["program", False]
        self._told(current=f"{NEW}\nprogram\n", untried=f"{NEW}\n")
        assert self._pressed("--version") == [NEW, "--version", False], "no window: nothing is decided"
        first, second = self._pressed_twice()
        assert first == [NEW, "--workspace", r"C:\có dấu cách", True], "it began before its number was noted"
        assert second == [NEW, False], "a second press while it comes up left it"
        assert self._pressed("--demo") == ["program", "--demo", False], "the dead one was started again"
        assert self._pressed() == ["program", False], "it was not passed over from then on"
        assert self._asked("doctor") == ["program", "doctor", False]
        assert self._asked("--demo") == ["program", "--demo", False]
        self._told(untried=f"{NEW}\n")
        self._place("failed").unlink()
        self._place(NEW, "pythonw.exe").unlink()
        assert self._pressed() == ["program", False], "one that cannot be started was not passed over"
        assert self._place("failed").exists()
        return "lần đầu ghi số tiến trình, đang mở thì để yên, không lên thì mở bản trước"

    def _least(self, name: str) -> None:
        folder = self._place(name)
        shutil.rmtree(folder, ignore_errors=True)
        inside = folder / "app" / "spokesdesk"
        inside.mkdir(parents=True)
        for file in RUNTIME:
            shutil.copy(self.wine.path(rf"{PROGRAM}\program\{file}"), folder)
        (folder / "python313._pth").write_text("python313.zip\n.\napp\n", encoding="ascii")
        text = LEAST.replace("NAME", name).replace("HOME", HOME).replace("LOG", LOG).replace("STAY", STAY)
        (inside / "__main__.py").write_text(text, encoding="utf-8")
        (folder / "BUILD.json").write_text("{}", encoding="ascii")
        for file in ("SpokesDesk.exe", "spokesdesk.cmd"):
            shutil.copy(self.wine.path(rf"{PROGRAM}\{file}"), self._place())

    def _pressed(self, *words: str) -> list[object]:
        """Start through the launcher, to the end; gives what was started with which words."""
        self.expect(0, rf"{HOME}\SpokesDesk.exe", *words)
        return self._started()[-1]

    def _asked(self, *words: str) -> list[object]:
        self.expect(0, "cmd", "/c", "call", rf"{HOME}\spokesdesk.cmd", *words)
        return self._started()[-1]

    def _pressed_twice(self) -> list[list[object]]:
        before, at_work = len(self._started()), list[subprocess.Popen[str]]()
        self.wine.path(STAY).touch()
        for n, words in enumerate((("--workspace", r"C:\có dấu cách"), ()), 1):
            at_work.append(self.wine.start(rf"{HOME}\SpokesDesk.exe", *words))
            until(lambda n=n: len(self._started()) == before + n, f"start {n}")  # type: ignore[misc]
        self.wine.path(STAY).unlink()
        for each in at_work:
            each.communicate(timeout=600)
        return self._started()[-2:]

    def _started(self) -> list[list[object]]:
        log = self.wine.path(LOG)
        return (
            [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
            if log.exists()
            else []
        )

    def _told(self, **notes: str) -> None:
        for name, text in notes.items():
            self._place(name).write_text(text, encoding="ascii")

    def _place(self, *words: str) -> Path:
        return self.wine.path("\\".join([HOME, *words]))
