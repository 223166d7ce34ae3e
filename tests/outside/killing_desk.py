"""Work at a real desk that is killed: contacts with files, papers saved again and again, searches, upgrades.

What was acknowledged must be there after every kill, be found by its words, and the integrity check must find nothing.
"""

import os
import random
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NoReturn
from uuid import UUID

import pytest

from spokesdesk import bootstrap
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.letters import LetterKind
from spokesdesk.outside import rulebook, rulepacks, sealing
from spokesdesk.services import find, journal, papers, samples, workspace
from spokesdesk.services.ports import Desk
from spokesdesk.store import migrate
from spokesdesk.store.database import Database
from spokesdesk.store.migrations import SCHEMA
from tests.outside.killing import KEY, Acknowledge

PASSPHRASE = "bị ngắt giữa chừng"
OLD = 5


class DeskWork:
    """Somebody logs contacts, attaches files, writes papers and searches, all day."""

    pieces, pause_s = 12, 0.04

    def __init__(self, folder: Path) -> None:
        sealing.COST = (64, 1, 1)  # neither the passphrase is what is tried here, nor the reading of the law
        vars(rulepacks)["shipped_contents"] = cache(rulebook.shipped_contents)
        self._folder = folder / "desk"
        made, _recovery_key = bootstrap.create(
            self._folder, samples.sample_agency(), samples.sample_members()[:1], passphrase=PASSPHRASE
        )
        made.close()

    def go_on(self, acknowledge: Acknowledge) -> NoReturn:
        random.seed(os.getpid())
        desk = self._desk()
        while True:
            word = f"viec{os.urandom(5).hex()}"
            random.choice((_log, _log_with_file, _write_paper, _search))(desk, word, acknowledge)

    def check(self, acknowledged: list[str]) -> None:
        desk = self._desk()
        try:
            for kind, word, record, detail in (piece.split() for piece in acknowledged):
                _require(desk, kind, word, UUID(record), detail)
            found = workspace.doctor(desk)
            assert found.ok, workspace.sentences(found)
        finally:
            desk.close()

    def _desk(self) -> Desk:
        return bootstrap.open_desk(self._folder, passphrase=PASSPHRASE)


class Upgrades:
    """An older database is brought to the present shape, over and over."""

    pieces, pause_s = 2, 0.6

    def __init__(self, folder: Path) -> None:
        self._old, self._path = folder / "old.db", folder / "desk.db"
        database = Database(self._old, KEY, create=True)
        with pytest.MonkeyPatch.context() as then:
            then.setattr(migrate, "SCHEMA", OLD)
            migrate.prepare(database)
        with database.writing() as c:
            for n in range(200):
                c.exec_driver_sql(
                    "INSERT INTO outlet(id, name, name_fold, kind) VALUES (?, ?, ?, 'daily')",
                    (n.to_bytes(16), f"Báo {n}", f"bao {n}"),
                )
        database.close()

    def go_on(self, acknowledge: Acknowledge) -> NoReturn:
        while True:
            for part in self._path.parent.glob("desk*"):
                part.unlink()
            shutil.copy(self._old, self._path)
            acknowledge("copied")
            database = Database(self._path, KEY)
            migrate.prepare(database)
            database.close()
            acknowledge("upgraded")

    def check(self, acknowledged: list[str]) -> None:
        if acknowledged[-1] != "copied":
            return  # killed while the next copy was made, which is the test's own work
        database = Database(self._path, KEY)
        assert database.user_version() in (OLD, SCHEMA), "half an upgrade"
        migrate.prepare(database)
        assert database.user_version() == SCHEMA
        with database.reading() as c:
            assert c.exec_driver_sql("SELECT count(*) FROM outlet").scalar_one() == 200, "lost"
        assert database.integrity_faults() == []
        database.close()


def _log(desk: Desk, word: str, acknowledge: Acknowledge) -> None:
    entry, _changes = journal.log_contact(desk, _draft(desk, word))
    acknowledge(f"contact {word} {entry.id} -")


def _log_with_file(desk: Desk, word: str, acknowledge: Acknowledge) -> None:
    kept = desk.files.put_bytes(os.urandom(random.randrange(1, 200_000)), "ghi âm.wav")
    entry, _changes = journal.log_contact(desk, replace(_draft(desk, word), attachments=(kept,)))
    acknowledge(f"contact {word} {entry.id} {kept.sha256}")


def _write_paper(desk: Desk, word: str, acknowledge: Acknowledge) -> None:
    letter = replace(papers.blank(desk, LetterKind.THONG_CAO_BAO_CHI), subject=f"Về {word}", body="Nội dung.")
    made, _changes = papers.create(desk, letter)
    acknowledge(f"paper {word} {made.id} {made.version}")
    for n in range(random.randrange(4)):
        changed = replace(letter, body=f"Nội dung lần {n}.")
        made, _changes = papers.save_letter(desk, made.id, changed, made.version)
        acknowledge(f"paper {word} {made.id} {made.version}")


def _search(desk: Desk, word: str, acknowledge: Acknowledge) -> None:
    for words in ("viec", "bao tuoi", word):
        find.find(desk, words)


def _draft(desk: Desk, word: str) -> ContactDraft:
    return ContactDraft(Channel.PHONE, desk.now(), "Báo Tuổi Trẻ", "Đặng Thị Khuê", f"Hỏi về {word}")


def _require(desk: Desk, kind: str, word: str, record: UUID, detail: str) -> None:
    assert [hit.id for hit in find.find(desk, word, (kind,))] == [record], "lost, or not found by its words"
    if kind == "paper":
        assert papers.paper(desk, record).version >= int(detail), "a saved text is lost"
        return
    entry = journal.contact(desk, record)
    assert entry.topic == f"Hỏi về {word}", "torn"
    files = [kept.sha256 for kept in entry.attachments]
    assert files == ([] if detail == "-" else [detail]), "a file is lost"
    try:
        assert all(desk.files.is_whole(sha) for sha in files), "a file is torn"
    except DeskError as error:
        raise AssertionError("a file is lost") from error
