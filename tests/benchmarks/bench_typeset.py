"""A letter to .docx and PDF against stock python-docx and reportlab Paragraphs of the same text, and LibreOffice.

What is remembered between renderings of the same text is forgotten before each round, where the text is the same.
"""

import itertools
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from io import BytesIO
from pathlib import Path

from spokesdesk import assets
from spokesdesk.domain.blocks import known_runs
from spokesdesk.domain.letters import Letter
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.faces import NAMES, faces
from spokesdesk.typeset.layout.lines import known_lines
from spokesdesk.typeset.layout.memory import Memory
from spokesdesk.typeset.letter_file import read_letter
from spokesdesk.typeset.pages import page_count, page_images
from spokesdesk.typeset.proof import proof
from spokesdesk.typeset.to_docx import to_docx
from spokesdesk.typeset.to_pdf import to_pdf
from tests.judges import judge

_ROUNDS = 15
_DPI = 96
_RARE = 0x250
Row = tuple[str, float, float, str]


def main() -> None:
    """Print what each way takes, its baseline, the ratio and the target."""
    letter = read_letter(assets.read_text("samples", "cong-van-cai-chinh.toml"))
    rows: list[Row] = []
    for times in (1, 6):
        long = _times(letter, times)
        pages, texts = _pages(long), _texts(long)
        rows.append(_ratio(f"PDF, {pages} pages", _pdf(long), lambda t=texts: _stock_pdf(t), "<= 1.2"))  # type: ignore[misc]
        rows.append(_ratio(f".docx, {pages} pages", _docx(long), lambda t=texts: _stock_docx(t), "<= 1.2"))  # type: ignore[misc]
    rows.append(_new_letters(letter))
    rows.append(_against_office(letter))
    for times in (1, 6, 34):
        rows.append(_preview(_times(letter, times)))
    rows.append(_linear(letter))
    print(f"{'name':<46}{'ours ms':>10}{'baseline ms':>13}{'ratio':>8}  target")
    for name, ours, base, target in rows:
        print(f"{name:<46}{ours * 1e3:>10.1f}{base * 1e3:>13.1f}{ours / base:>8.3f}  {target}")


def _times(letter: Letter, times: int) -> Letter:
    """Give a letter that says its text several times, each paragraph in other words."""
    parts = letter.body.split("\n\n")
    return replace(letter, body="\n\n".join(f"{part} ({n})" for n in range(times) for part in parts))


def _pages(letter: Letter) -> int:
    return page_count(to_pdf(compose(letter)))


def _forget() -> None:
    known_lines.cache_clear()
    known_runs.cache_clear()


def _pdf(letter: Letter) -> Callable[[], object]:
    def made() -> bytes:
        _forget()
        return to_pdf(compose(letter))

    return made


def _docx(letter: Letter) -> Callable[[], object]:
    def made() -> bytes:
        _forget()
        return to_docx(compose(letter))

    return made


def _ratio(name: str, ours: Callable[[], object], base: Callable[[], object], target: str) -> Row:
    return name, *_interleaved(ours, base), target


def _new_letters(letter: Letter) -> Row:
    """As above, with characters never used before in all faces each time, so that each has to be cut anew.

    The baseline says the same text with a face of its own, which reportlab cuts as it always does.
    """
    marks = itertools.cycle(_rare())
    taken: list[tuple[float, float]] = []
    for _ in range(_ROUNDS + 1):
        new = "".join(itertools.islice(marks, 3))
        body = f"{new} **{new}** *{new}* {letter.body}"
        changed = replace(letter, agency=f"{letter.agency} {new}", body=body)
        texts = _texts(changed)
        stock = partial(_stock_pdf, texts, _stock_face())
        taken.append(_interleaved(_pdf(changed), stock, rounds=1))
    # No letter comes twice, so that the best round would be that of the easiest letters.
    ours, base = (statistics.median(each) for each in zip(*taken[1:], strict=True))
    return "PDF, 2 pages, new characters in every face", ours, base, "<= 1.2"


def _rare() -> list[str]:
    """Give letters that every face has and no paper uses."""
    held = set.intersection(*(set(face.widths) for face in faces()))
    return [chr(code) for code in sorted(held) if code >= _RARE and chr(code).isupper()]


@cache
def _stock_face() -> str:
    """Give the name of a regular face as reportlab loads it; faces of the same name would be taken for ours."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont("Stock", str(assets.path("fonts", f"{NAMES[0]}.ttf")))
    font.face.name = b"Stock"
    pdfmetrics.registerFont(font)
    return "Stock"


def _against_office(letter: Letter) -> Row:
    document = to_docx(compose(letter))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "letter.docx"
        source.write_bytes(document)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [judge("soffice"), "--headless", profile, "--convert-to", "pdf", "--outdir", folder]

        def office() -> None:
            subprocess.run([*command, str(source)], check=True, capture_output=True)

        office()
        _, base = _interleaved(lambda: None, office, rounds=3, clock=time.perf_counter)
        ours, _ = _interleaved(_pdf(letter), lambda: None, clock=time.perf_counter)
    return "PDF alone against a soffice process", ours, base, "<= 0.020 (50 x faster)"


def _preview(letter: Letter) -> Row:
    """What a key costs until its page is shown: the letter laid out anew, and the page that changed drawn."""
    numbers = itertools.count()
    pdf = to_pdf(compose(letter))
    middle = (page_count(pdf) - 1) // 2
    memory = Memory()
    before = proof(letter, memory)
    known = {leaf.key for leaf in before}
    blocks = letter.body.split("\n\n")
    at = next(
        mark.source.block for mark in before[middle].marks if mark.source.field == "body" and not mark.start
    )

    def shown() -> None:
        # What stands in brackets at its end is another letter each time: the lines after it stay.
        end = f" ({chr(ord('a') + next(numbers) % 26)})"
        changed = [*blocks[:at], blocks[at].rpartition(" (")[0] + end, *blocks[at + 1 :]]
        for leaf in proof(replace(letter, body="\n\n".join(changed)), memory):
            if leaf.key not in known:
                leaf.image(_DPI)

    ours, base = _interleaved(shown, lambda: page_images(pdf, _DPI, range(middle, middle + 1)))
    return f"preview of a changed page, of {page_count(pdf)}", ours, base, "<= 2 (baseline: drawing it alone)"


def _linear(letter: Letter) -> Row:
    """What a page costs in a long letter against one in a short letter."""
    short, long = _times(letter, 6), _times(letter, 70)
    few, many = _pages(short), _pages(long)
    ours, base = _interleaved(_pdf(long), _pdf(short), rounds=5)
    return f"PDF, a page of {many} against a page of {few}", ours / many, base / few, "<= 1.1 (linear)"


def _interleaved(
    ours: Callable[[], object],
    base: Callable[[], object],
    rounds: int = _ROUNDS,
    clock: Callable[[], float] = time.process_time,
) -> tuple[float, float]:
    """Give the best time of each, run in turn so that both see the same machine."""
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        for at, work in enumerate((ours, base)):
            start = clock()
            work()
            best[at] = min(best[at], clock() - start)
    return best[0], best[1]


def _texts(letter: Letter) -> list[str]:
    """Give the paragraphs that the rendered letter shows."""
    section = compose(letter).sections[0]
    texts = []
    for block in section.blocks:
        if hasattr(block, "rows"):
            texts += [getattr(item, "text", "") for row in block.rows for cell in row.cells for item in cell]
        else:
            texts.append(getattr(block, "text", ""))
    return [text for text in texts if text]


def _stock_docx(texts: list[str]) -> bytes:
    import docx
    from docx.shared import Pt

    made = docx.Document()
    for text in texts:
        run = made.add_paragraph().add_run(text)
        run.font.name, run.font.size = "Times New Roman", Pt(14)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _stock_pdf(texts: list[str], face: str = NAMES[0]) -> bytes:
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    style = ParagraphStyle("text", fontName=face, fontSize=14, leading=16.1, alignment=TA_JUSTIFY)
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build([Paragraph(text, style) for text in texts])
    return out.getvalue()


if __name__ == "__main__":
    main()
