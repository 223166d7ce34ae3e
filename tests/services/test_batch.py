"""One letter to everybody on a list."""

from dataclasses import replace
from pathlib import Path

import pytest

from spokesdesk import assets
from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.domain.letters import Annex, Letter
from spokesdesk.services import batch, papers
from tests.typeset import poppler

BASE = papers.read_letter(assets.read_text("samples", "cong-van-cai-chinh.toml"))
TEMPLATE = replace(
    BASE,
    addressees=("{{head_title}} {{name}}",),
    body="Kính đề nghị {{ name }} (địa chỉ: {{address}}) đăng tin cải chính.",
    recipients=("{{name}}", "Lưu hồ sơ"),
)


def listed(count: int) -> tuple[batch.Row, ...]:
    lines = "".join(f'"Báo Số {n}",Tổng Biên tập,"{n} phố Huế"\n' for n in range(1, count + 1))
    return batch.read_rows(f"name,head_title,address\n{lines}".encode(), "ds.csv")


def text_of(file: Path) -> str:
    return " ".join(poppler.text(file.read_bytes()).split())


def judged(folder: Path, count: int) -> None:
    """Every receiver has both files, and a letter that names him and nobody else."""
    assert len(list(folder.iterdir())) == 2 * count
    for n in (1, count // 2, count):
        said = text_of(folder / f"{n:03d}_bao-so-{n}.pdf")
        assert f"Kính gửi: Tổng Biên tập Báo Số {n}" in said
        assert f"(địa chỉ: {n} phố Huế)" in said
        assert "{{" not in said
        assert (folder / f"{n:03d}_bao-so-{n}.docx").read_bytes()[:2] == b"PK"


def test_sixty_letters_for_sixty_outlets(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    made = batch.merge(TEMPLATE, listed(60), tmp_path / "ra", progress=lambda *at: told.append(at))
    assert (made.done, made.total, made.is_cancelled) == (60, 60, False)
    assert told == [(n, 60) for n in range(1, 61)]
    judged(tmp_path / "ra", 60)


@pytest.mark.long
def test_five_hundred_letters(tmp_path: Path) -> None:
    batch.merge(TEMPLATE, listed(500), tmp_path / "ra")
    judged(tmp_path / "ra", 500)


def test_stopping_leaves_what_was_done(tmp_path: Path) -> None:
    done: list[int] = []
    made = batch.merge(
        TEMPLATE,
        listed(60),
        tmp_path,
        progress=lambda at, _total: done.append(at),
        is_cancelled=lambda: len(done) == 7,
    )
    assert (made.done, made.is_cancelled) == (7, True)
    judged(tmp_path, 7)


def test_each_pdf_is_the_letter_rendered_alone(tmp_path: Path) -> None:
    rows = listed(3)
    batch.merge(TEMPLATE, rows, tmp_path)
    alone = papers.render(batch.filled(TEMPLATE, rows[2]))
    assert (tmp_path / "003_bao-so-3.pdf").read_bytes() == alone.pdf
    assert (tmp_path / "003_bao-so-3.docx").read_bytes() == alone.docx


def test_odd_names_make_plain_file_names_and_plain_text(tmp_path: Path) -> None:
    names = ("=CMD|'/c calc'!A1", "../../etc/passwd", "CON", "-rf *", "**đậm** # | x", "“”", "Ấ" * 200)
    rows = batch.read_rows(
        "\n".join(["name;head_title", *('"' + name.replace('"', '""') + '";' for name in names)]).encode(),
        "x.csv",
    )
    batch.merge(TEMPLATE, rows, tmp_path)
    files = sorted(file.name for file in tmp_path.iterdir())
    assert len(files) == 2 * len(names)
    for name in files:
        assert name.isascii()
        assert name[:4] == f"{int(name[:3]):03d}_"
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-."), name
    assert "đề nghị **đậm** # | x (địa chỉ" in text_of(tmp_path / "005_dam-x.pdf")


def test_a_list_may_be_toml_or_a_table_with_vietnamese_heads() -> None:
    toml = '[[outlets]]\nname = "Báo Một"\nhead_title = "Tổng Biên tập"\n'
    table = "\ufeffTên cơ quan\tChức danh\tEmail\nBáo Một\tTổng Biên tập\tx@y.vn\n\n"
    (one,) = batch.read_rows(toml.encode(), "ds.TOML")
    (other,) = batch.read_rows(table.encode(), "ds.csv")
    assert one == {"name": "Báo Một", "head_title": "Tổng Biên tập", "address": ""}
    assert other == {**one, "Email": "x@y.vn"}


def test_a_letter_to_nobody_goes_to_the_head_of_each_outlet() -> None:
    row = listed(1)[0]
    made = batch.filled(replace(TEMPLATE, addressees=("{{head_title}} {{name}}",)), {**row, "head_title": ""})
    assert made.addressees == ("Báo Số 1",)


def test_an_annex_is_filled_in_too() -> None:
    made = batch.filled(replace(TEMPLATE, annexes=(Annex("Tin của {{name}}", "{{address}}"),)), listed(1)[0])
    assert made.annexes == (Annex("Tin của Báo Số 1", "1 phố Huế"),)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "batch_list_form"),
        ("tên lạ,b\nx,y\n", "batch_list_form"),
        ("name\n", "batch_list_form"),
        ("name,name\na,b\n", "batch_list_form"),
        ('name\n"chưa đóng\n', "batch_list_form"),
        ("name,address\na,b,c\n", "batch_row"),
        ("name,address\n,x\n", "batch_row"),
        ("name\n" + "x" * 600 + "\n", "batch_row"),
        ("name\n" + "a\n" * 5001, "batch_too_many"),
    ],
)
def test_a_list_that_is_none_is_refused(data: str, code: str) -> None:
    with pytest.raises(UserError, match=code):
        batch.read_rows(data.encode(), "ds.csv")


@pytest.mark.parametrize(
    ("letter", "row", "code"),
    [
        (replace(TEMPLATE, body="{{phone}}"), {"name": "A"}, "batch_key_unknown"),
        (replace(TEMPLATE, subject="{{name}}"), {"name": "A" * 501}, "batch_row"),
        (replace(TEMPLATE, body=""), {"name": "A"}, "batch_row"),
    ],
)
def test_nothing_is_written_when_one_letter_cannot_be(
    tmp_path: Path, letter: Letter, row: dict[str, str], code: str
) -> None:
    rows = (*listed(2), {"head_title": "", "address": "", **row})
    with pytest.raises(UserError, match=code):
        batch.merge(letter, rows, tmp_path / "ra")
    assert not (tmp_path / "ra").exists()


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "cũ.txt").write_text("x")
    with pytest.raises(OutsideError, match="batch_folder_full"):
        batch.merge(TEMPLATE, listed(2), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["cũ.txt"]
