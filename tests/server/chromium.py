"""The system's Chromium, led through its debugging port: pages as people get them, without scripts of ours in them."""

import itertools
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import axe_core_python
import pytest
from websockets.sync.client import connect

AXE = Path(axe_core_python.__file__).with_name("axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Chromium:
    """A browser with one page; scripts of pages are off, as for readers who switch them off."""

    def __init__(self) -> None:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        if program is None:
            pytest.fail(
                "Chromium is missing: apt-get install -y --no-install-recommends chromium", pytrace=False
            )
        self._home = tempfile.mkdtemp(prefix="spokesdesk-chromium-")
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        command += ["--remote-debugging-port=0", "--no-first-run", f"--user-data-dir={self._home}"]
        command += ["--lang=vi", "about:blank"]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self._process.stderr is not None
        line = next(line for line in self._process.stderr if "DevTools listening on" in line)
        self._line = connect(line.split()[-1], max_size=None, compression=None)
        self._numbers = itertools.count(1)
        target = self._ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        attach = {"targetId": target, "flatten": True}
        self._session: str = self._ask("Target.attachToTarget", attach)["sessionId"]
        self.do("Page.enable")
        self.do("Emulation.setScriptExecutionDisabled", {"value": True})

    def do(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """Give the page a command of the DevTools protocol."""
        return self._ask(method, params or {}, session=self._session)

    def open(self, address: str, *, width: int = 1100, height: int = 900, dark: bool = False) -> None:
        """Open a page and wait until it stands."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.do("Emulation.setDeviceMetricsOverride", size)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.do("Emulation.setEmulatedMedia", {"features": scheme})
        self.do("Page.navigate", {"url": address})
        while self._heard()["method"] != "Page.loadEventFired":
            pass

    def sign_in(self, address: str, cookies: dict[str, str]) -> None:
        """Hold these cookies."""
        for name, value in cookies.items():
            self.do("Network.setCookie", {"name": name, "value": value, "url": address})

    def tell(self, script: str) -> Any:
        """Give what a script of the test says of the page."""
        asked = {"expression": script, "awaitPromise": True, "returnByValue": True}
        told = self.do("Runtime.evaluate", asked)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def offences(self) -> list[str]:
        """Give what breaks WCAG 2.2, levels A and AA, as far as axe can see."""
        self.do("Emulation.setScriptExecutionDisabled", {"value": False})
        self.tell(AXE.read_text(encoding="utf-8") + ";0")
        only = json.dumps({"runOnly": {"type": "tag", "values": RULES}})
        found = json.loads(self.tell(f"axe.run(document, {only}).then(r => JSON.stringify(r))"))
        self.do("Emulation.setScriptExecutionDisabled", {"value": True})
        assert len(found["passes"]) >= 10, "axe has looked"
        return [
            f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def is_too_wide(self) -> bool:
        """Say whether the page has to be moved sideways to be read."""
        return bool(self.tell("document.documentElement.scrollWidth > window.innerWidth"))

    def close(self) -> None:
        """End it."""
        self._line.close()
        self._process.kill()
        self._process.wait(20)
        assert self._process.stderr is not None
        self._process.stderr.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def _ask(self, method: str, params: dict[str, Any], session: str = "") -> dict[str, Any]:
        number = next(self._numbers)
        asked: dict[str, Any] = {"id": number, "method": method, "params": params}
        self._line.send(json.dumps(asked | ({"sessionId": session} if session else {})))
        while True:
            told = self._received()
            if told.get("id") == number:
                assert "error" not in told, told
                found: dict[str, Any] = told["result"]
                return found

    def _heard(self) -> dict[str, Any]:
        while "method" not in (told := self._received()):
            pass
        return told

    def _received(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self._line.recv(timeout=60))
        return told
