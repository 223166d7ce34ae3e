"""Notes that desks leave for each other on a stick, among whatever else lies there."""

from pathlib import Path

import pytest

from spokesdesk.domain.errors import OutsideError
from spokesdesk.outside.stick import ASKS, FOLDER, FolderStick

NAME = "0123456789abcdef"


def test_a_note_is_read_as_it_was_left_and_can_be_taken_away(tmp_path: Path) -> None:
    notes = FolderStick(tmp_path).asks
    assert notes.all(100) == ()
    notes.put(NAME, b"one")
    notes.put(NAME, b"two")
    assert FolderStick(tmp_path / FOLDER).asks.all(100) == ((NAME, b"two"),)  # who chose the folder itself
    notes.drop(NAME)
    notes.drop(NAME)
    assert notes.all(100) == ()


def test_what_else_lies_there_is_left_alone(tmp_path: Path) -> None:
    notes = FolderStick(tmp_path).asks
    notes.put(NAME, b"one")
    folder = tmp_path / FOLDER / ASKS
    (folder / "đọc tôi.txt").write_text("x")
    (folder / "..json").write_text("x")
    (folder / f"{NAME[::-1]}.json").mkdir()
    assert notes.all(100) == ((NAME, b"one"),)


def test_a_note_that_is_too_large_is_given_as_nothing(tmp_path: Path) -> None:
    notes = FolderStick(tmp_path).welcomes
    notes.put(NAME, b"x" * 101)
    assert notes.all(100) == ((NAME, b""),)


def test_a_stick_that_is_not_there_is_told_before_anything_is_made(tmp_path: Path) -> None:
    notes = FolderStick(tmp_path / "khong").asks
    with pytest.raises(OutsideError, match="carry_folder"):
        notes.put(NAME, b"one")
    with pytest.raises(OutsideError, match="carry_folder"):
        notes.all(100)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../../x", "", "a/b", "ABCDEFGHIJ"])
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        FolderStick(tmp_path).asks.put(name, b"one")


def test_a_note_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    """A folder stands where the note would go: the stick says so in words."""
    (tmp_path / FOLDER / ASKS / f"{NAME}.json").mkdir(parents=True)
    with pytest.raises(OutsideError):
        FolderStick(tmp_path).asks.put(NAME, b"one")
    assert [path.name for path in (tmp_path / FOLDER / ASKS).iterdir()] == [f"{NAME}.json"]
