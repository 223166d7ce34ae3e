"""The chain and the doctor: any changed, missing or reordered entry shows; an erased body does not break it."""

import pytest
from sqlalchemy import text

from spokesdesk import bootstrap
from spokesdesk.outside.workspace import open_workspace
from spokesdesk.services import workspace
from spokesdesk.services.ports import Desk
from spokesdesk.store.database import Database
from tests.desks import PASSPHRASE
from tests.services.test_journal import logged


def tamper(desk: Desk, *statements: str) -> workspace.Doctor:
    """Change the database behind the program's back, as someone with the key could, and ask the doctor."""
    for number in range(4):
        logged(desk, topic=f"Chủ đề {number}")
    opened = open_workspace(desk.keeper.folder, passphrase=PASSPHRASE)
    database = Database(opened.database_path, opened.database_key)
    with database.writing() as connection:
        for statement in statements:
            connection.execute(text(statement))
    database.close()
    opened.close()
    return workspace.doctor(desk)


def codes(found: workspace.Doctor) -> set[str]:
    return {fault.code for fault in found.chain}


def test_an_untouched_journal_is_in_order(desk: Desk) -> None:
    found = tamper(desk)
    assert found.ok
    assert found.entries == 4


@pytest.mark.parametrize(
    ("statements", "code"),
    [
        (["UPDATE contact SET topic = 'khác' WHERE n = 2"], "body_changed"),
        (["UPDATE contact SET author_name = 'người khác' WHERE n = 2"], "body_changed"),
        (["UPDATE contact SET received_at = received_at - 60000000 WHERE n = 2"], "body_changed"),
        (["DELETE FROM contact WHERE n = 2"], "body_missing"),
        (["DELETE FROM contact WHERE n = 2", "DELETE FROM chain WHERE n = 2"], "gap"),
        (["DELETE FROM chain WHERE n = 4"], "entry_unchained"),
        (
            [
                "UPDATE chain SET n = 99 WHERE n = 2",
                "UPDATE chain SET n = 2 WHERE n = 3",
                "UPDATE chain SET n = 3 WHERE n = 99",
            ],
            "hash",
        ),
    ],
)
def test_any_change_behind_the_back_shows(desk: Desk, statements: list[str], code: str) -> None:
    found = tamper(desk, *statements)
    assert not found.ok
    assert code in codes(found)


def test_a_salt_taken_away_without_a_record_of_erasure_shows(desk: Desk) -> None:
    assert codes(tamper(desk, "UPDATE chain SET salt = NULL WHERE n = 2")) == {"erased_unaccounted"}


def test_a_lost_attachment_is_named(desk: Desk) -> None:
    kept = desk.files.put_bytes(b"chung cu", "a.txt")
    logged(desk, attachments=(kept,))
    for blob in (desk.keeper.folder / "blobs").rglob("*"):
        if blob.is_file():
            blob.unlink()
    assert workspace.doctor(desk).files == (kept.sha256,)


def test_a_backup_opens_elsewhere_with_everything(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kept = desk.files.put_bytes(b"chung cu", "a.txt")
    logged(desk, attachments=(kept,))
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    made = workspace.backup(desk, elsewhere / "ngày 22.spokesbackup")
    bootstrap.restore(made, elsewhere / "lại")
    again = bootstrap.open_desk(elsewhere / "lại", passphrase=PASSPHRASE)
    try:
        found = workspace.doctor(again)
        assert found.ok
        assert found.head == workspace.doctor(desk).head
        assert again.files.read(kept.sha256) == b"chung cu"
    finally:
        again.close()
