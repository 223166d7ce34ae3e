"""`self-test`: tries the installed program on this machine, apart from the user's own workspace and settings."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from spokesdesk import __version__
from spokesdesk.assets import HOME
from spokesdesk.cli.answer import Answer
from spokesdesk.cli.selftest_programs import show_window, try_portal
from spokesdesk.domain.errors import AccessError
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import selftest
from spokesdesk.services.ports import Desk
from spokesdesk.services.selftest import NAMES, LackError, Trial, TrialError

FAILED_EXIT = 8
PASSPHRASE = "cụm mật khẩu của lần tự kiểm tra"
_OWN = ("SPOKESDESK_PASSPHRASE", "SPOKESDESK_PIN", "SPOKESDESK_WORKSPACE")


def add_parser(commands: Any) -> None:
    """Add the command."""
    test = commands.add_parser("self-test", help=_("tự kiểm tra chương trình trên máy này"))
    test.add_argument("--pictures", type=Path, metavar="DIR", help=_("giữ ảnh các màn hình ở thư mục này"))
    test.add_argument("--json", action="store_true", help=_("trả lời bằng JSON"))
    test.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> Answer:
    # Accents and blanks in the path are part of the trial.
    place = Path(tempfile.mkdtemp(prefix="SpokesDesk tự kiểm tra "))
    try:
        trial = Trial()
        pictures = place / "pictures"
        pictures.mkdir()
        with _own_home(place / "home"):
            _try_all(trial, place, pictures)
        if arguments.pictures is not None:
            shutil.copytree(pictures, arguments.pictures, dirs_exist_ok=True)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    value = {"ok": trial.ok, "version": __version__, "platform": sys.platform, "steps": trial.steps}
    return Answer(value, _text(trial), 0 if trial.ok else FAILED_EXIT)


@contextmanager
def _own_home(folder: Path) -> Iterator[None]:
    """Keep settings and logs of the trial away from the user's."""
    kept = {name: os.environ.pop(name, None) for name in (HOME, *_OWN)}
    os.environ[HOME] = str(folder)
    try:
        yield
    finally:
        del os.environ[HOME]
        os.environ.update({name: value for name, value in kept.items() if value is not None})


def _try_all(trial: Trial, place: Path, pictures: Path) -> None:
    folder = place / "Bàn làm việc thử"
    desks: list[Desk] = []
    if trial.run("workspace", lambda: _workspace(folder, desks)):
        desk = desks[0]
        trial.run("visit", lambda: selftest.log_visit(desk))
        trial.run("portal", lambda: try_portal(desk, place / "portal"))
        trial.run("doctor", lambda: selftest.check_whole(desk))
        desk.close()
    trial.run("keyring", lambda: _keyring(place / "Kho khóa"))
    trial.run("letter", lambda: selftest.render_letter(pictures))
    trial.run("signature", lambda: _signature(place, pictures))
    trial.run("window", lambda: show_window(folder, PASSPHRASE, pictures))
    trial.run("print", lambda: selftest.check_printed(pictures))


def _workspace(folder: Path, desks: list[Desk]) -> str:
    from spokesdesk import bootstrap
    from spokesdesk.services import samples

    made, _key = bootstrap.create(
        folder, samples.sample_agency(), samples.sample_members(), passphrase=PASSPHRASE
    )
    samples.furnish(made)
    made.close()
    try:
        bootstrap.open_desk(folder, passphrase="không phải mật khẩu này").close()
    except AccessError:
        desk = bootstrap.open_desk(folder, passphrase=PASSPHRASE)
    else:
        raise TrialError(_("Mật khẩu sai vẫn mở được."))
    from spokesdesk.cli.who import member_at_work

    desks.append(member_at_work(desk, None) if desk.actor is None else desk)
    return _("Tạo, khóa, từ chối mật khẩu sai, mở lại được.")


def _keyring(folder: Path) -> str:
    """Make a workspace that only the system's keyring opens, and take its key out of the keyring again."""
    from spokesdesk import bootstrap
    from spokesdesk.services import samples

    if not bootstrap.has_keyring():
        raise LackError(_("Máy này không có kho khóa; bàn làm việc mở bằng cụm mật khẩu."))
    made, _key = bootstrap.create(
        folder, samples.sample_agency(), samples.sample_members(), use_keyring=True, passphrase=PASSPHRASE
    )
    made.close()
    opened = bootstrap.open_desk(folder)
    opened.close()
    bootstrap.forget_keyring(folder, PASSPHRASE)
    return _("Khóa được cất, mở lại không hỏi, rồi được gỡ.")


def _signature(place: Path, pictures: Path) -> str:
    from spokesdesk import bootstrap
    from spokesdesk.services.trialkey import make_trial_key

    key = make_trial_key(place / "khóa thử.p12")
    signer = bootstrap.signer("pkcs12", file=key.file, ask_passphrase=lambda: key.passphrase)
    return selftest.sign_and_verify(pictures, key, signer)


def _text(trial: Trial) -> str:
    words = {selftest.OK: _("đạt"), selftest.SKIPPED: _("bỏ qua"), selftest.FAILED: _("HỎNG")}
    lines = [f"{words[s.result]:8}{NAMES[s.name]} ({s.ms} ms): {s.said}" for s in trial.steps]
    lines.append(_("Mọi bước đạt.") if trial.ok else _("Có bước hỏng."))
    return "\n".join(lines)
