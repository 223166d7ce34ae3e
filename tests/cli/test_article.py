"""Articles from the command line: marked, proven, asked again, read again, counted."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_desk import Run, folder, run

__all__ = ["folder", "run"]

TEXT = "Sáng 02/9 mưa lớn. Sở chưa một lần kiểm tra. Năm ngoái Sở chưa một lần kiểm tra."
QUOTE = "Sở chưa một lần kiểm tra"


@pytest.fixture
def found(run: Run, tmp_path: Path) -> dict[str, Any]:
    text = tmp_path / "bai.txt"
    text.write_text(TEXT, encoding="utf-8")
    made = run.answer(
        "article", "add", "--outlet", "Báo Ví Dụ", "--title", "Mưa ngập", "--published", "2026-09-02 09:00",
        "--text-file", str(text),
    )  # fmt: skip
    return dict(made)


def test_claims_with_spans_and_evidence_are_marked_reworded_and_taken_back(
    run: Run, found: dict[str, Any], tmp_path: Path
) -> None:
    report = tmp_path / "bien-ban.txt"
    report.write_text("Biên bản", encoding="utf-8")
    second = TEXT.rindex(QUOTE)
    marked: Any = run.answer(
        "article", "mark", found["id"], "--quote", QUOTE, "--fact", "Đã kiểm tra 02 lần", "--start", str(second),
        "--ask", "correction", "--ask", "removal", "--file", str(report), "--link", "https://vi.du/tcbc",
    )  # fmt: skip
    (claim,) = marked["claims"]
    assert (claim["start"], claim["standing"], claim["asks"]) == (second, "exact", ["correction", "removal"])
    assert claim["files"][0]["name"] == "bien-ban.txt"
    again: Any = run.answer("article", "reword", found["id"], claim["id"], "--fact", "Đã kiểm tra 03 lần")
    (worded,) = again["claims"]
    assert (worded["fact"], worded["corrects"], worded["links"]) == (
        "Đã kiểm tra 03 lần",
        claim["id"],
        ["https://vi.du/tcbc"],
    )
    assert len(run.answer("article", "wordings", worded["id"])) == 2
    gone: Any = run.answer("article", "unmark", found["id"], worded["id"])
    assert run.answer("article", "show", found["id"])["claims"] == []
    run.answer("article", "reword", found["id"], gone["id"])
    assert len(run.answer("article", "show", found["id"])["claims"]) == 1  # type: ignore[arg-type]
    changed = tmp_path / "doc-lai.txt"
    changed.write_text(TEXT.replace(QUOTE, "Sở đã kiểm tra"), encoding="utf-8")
    lost: Any = run.answer("article", "read-again", found["id"], "--text-file", str(changed))
    assert [each["standing"] for each in lost["claims"]] == ["lost"]


def test_rounds_recaptures_and_statistics(run: Run, found: dict[str, Any], tmp_path: Path) -> None:
    run.answer("article", "mark", found["id"], "--quote", QUOTE, "--fact", "Đã kiểm tra 02 lần")
    run.answer("article", "rebut", found["id"])
    made: Any = run.answer("article", "rounds", found["id"])
    (first,) = made["rounds"]
    assert (first["state"], made["limit"]["times"]) == ("writing", 2)
    noted: Any = run.answer("article", "note", first["id"], "deliver", "--at", "2026-09-03 09:00")
    assert noted["state"] == "waiting"
    assert "N237-ASK-15" in {due["rule_id"] for due in noted["dues"]}
    assert run.error("article", "rebut", found["id"])[0] == 5, "the fate of the first one comes first"
    page = tmp_path / "cai-chinh.txt"
    page.write_text(f"Thông tin cải chính, xin lỗi. {TEXT}", encoding="utf-8")
    seen: Any = run.answer("article", "recapture", found["id"], "--text-file", str(page))
    hints = {point["id"]: point.get("hint") for point in seen["points"]}
    assert (hints["title"], hints["place"]) == ("yes", None)
    checked: Any = run.answer(
        "article",
        "check",
        seen["id"],
        "--yes",
        "title",
        "--no",
        "place=Ở cuối trang",
        "--remark",
        "Đọc lần một",
    )
    assert checked["likely_fate"] == "part"
    assert run.error("article", "check", seen["id"], "--yes", "khong-co")[0] == 3
    run.answer("article", "note", first["id"], "part")
    undone: Any = run.answer("article", "undo", first["id"])
    assert undone["state"] == "waiting"
    run.answer("article", "note", first["id"], "part", "--at", "2026-09-05 09:00")
    up: Any = run.answer("article", "escalate", found["id"], "--to", "press_authority")
    assert up["state"] == "draft"
    run.answer("article", "rebut", found["id"])
    counted: Any = run.answer("article", "stats", "--out", str(tmp_path / "kq.xlsx"))
    assert (counted["total"]["asked"], counted["total"]["partly"], counted["total"]["median_days"]) == (
        1,
        1,
        2.0,
    )
    assert (tmp_path / "kq.xlsx").stat().st_size > 0
    assert run.code("doctor") == 0


def test_claims_of_a_file_carry_asks_and_links(run: Run, tmp_path: Path) -> None:
    claims = tmp_path / "noi-dung.toml"
    claims.write_text(
        f'[[claims]]\nquote = "{QUOTE}"\nfact = "Đã kiểm tra"\nasks = ["response"]\nlinks = ["https://vi.du/1"]\n',
        encoding="utf-8",
    )
    made: Any = run.answer(
        "article", "add", "--outlet", "Báo Ví Dụ", "--title", "Mưa", "--published", "2026-09-02 09:00",
        "--text", TEXT, "--claims", str(claims),
    )  # fmt: skip
    (claim,) = made["claims"]
    assert (claim["asks"], claim["links"]) == (["response"], ["https://vi.du/1"])
    claims.write_text(f'[[claims]]\nquote = "{QUOTE}"\nfact = "x"\nasks = ["phat"]\n', encoding="utf-8")
    code, told, _said = run.error(
        "article",
        "add",
        "--outlet",
        "B",
        "--title",
        "M",
        "--published",
        "2026-09-02 09:00",
        "--claims",
        str(claims),
    )
    assert (code, told["error"]) == (3, "ask_unknown")
