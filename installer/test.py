"""Set up this checkout and run every check: ``python3 installer/test.py [--long] [arguments of pytest…]``."""

from __future__ import annotations

import os
import subprocess
import sys
import time

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120

from installer import environment, system
from installer.talk import run_door, say

CHECKS = (
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("mypy", ("-m", "mypy")),
    ("import-linter", ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")),
)
"""Name and arguments of Python for each check that runs before the tests."""
LONG_TEST_S = 3600
"""After how many seconds a heavy test counts as hanging; pyproject.toml has the limit of the others."""


def main(arguments: list[str]) -> int:
    """Run the checks and then the tests, all of them even when one fails; pytest's summary comes last.

    Returns:
        0 when everything passed, else the first failing step's exit code.
    """
    python = environment.ensure("dev")
    if "--long" in arguments:
        system.ensure("long")
    os.chdir(environment.ROOT)
    results = [(name, *_run(name, [str(python), *command])) for name, command in CHECKS]
    table = "\n".join(
        f"{name:<14} {'đạt' if code == 0 else 'HỎNG'}  {took:6.1f} s" for name, code, took in results
    )
    say(f"Các bước kiểm tra trước:\n{table}")
    env = {**os.environ, "SPOKESDESK_CHECKS": table}
    limits = ("-o", f"timeout={LONG_TEST_S}", "-o", f"faulthandler_timeout={LONG_TEST_S + 600}")
    patience = limits if "--long" in arguments else ()
    command = [str(python), "-m", "pytest", *_workers(arguments), *patience, *arguments]
    code, _took = _run("pytest", command, env)
    return next((bad for bad in (*(code for _, code, _ in results), code) if bad), 0)


def _workers(arguments: list[str]) -> list[str]:
    """Two processes on two cores; a file's tests stay together, for they share servers and windows."""
    chosen = any(part.startswith(("-n", "--numprocesses", "-p", "--pdb")) for part in arguments)
    return (
        []
        if chosen or (os.cpu_count() or 1) < 2
        else ["-n", "2", "--dist", "loadfile", "--max-worker-restart", "2"]
    )


def _run(name: str, command: list[str], env: dict[str, str] | None = None) -> tuple[int, float]:
    say(f"{name}…")
    began = time.monotonic()
    code = subprocess.run(command, check=False, env=env, stdin=subprocess.DEVNULL).returncode
    return code, time.monotonic() - began


if __name__ == "__main__":
    sys.exit(run_door(main))
