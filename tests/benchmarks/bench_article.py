"""Opening an article of 20,000 words with 50 claims, against a QTextEdit that only takes the same text."""

import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle
from typing import TYPE_CHECKING, Any
from uuid import UUID

from spokesdesk.domain.coverage import Article, Claim
from spokesdesk.domain.people import Ref
from spokesdesk.services.coverage import text_hash
from spokesdesk.services.rebuttals import RoundsView
from tests.benchmarks.measure import interleaved, paired_ratio, shown, table

if TYPE_CHECKING:
    from spokesdesk.gui.screen import Context

_ROUNDS = 15
_WORDS = 20_000
_CLAIMS = 50
_SYLLABLES = ("sở", "đã", "kiểm", "tra", "mưa", "lớn", "huyện", "dân", "cư", "thiệt", "hại", "đồng", "ruộng")
_OUTLET = Ref(UUID(int=1), "Báo Ví Dụ")


def main() -> None:
    """Print what opening costs until both are painted."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication, QTextEdit

    from spokesdesk.gui.coverage.page import ArticlePage, Shown
    from spokesdesk.gui.theme import Theme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app)
    theme.start(app)
    page, plain = ArticlePage(_context(theme)), QTextEdit()
    for widget in (page, plain):
        widget.resize(1170, 640)
        widget.show()
    app.processEvents()
    articles = [_article(n) for n in (1, 2)]
    opened = cycle([Shown(each, (), RoundsView((), None, ()), ()) for each in articles])
    texts = cycle([each.text for each in articles])

    def painted(way: Callable[[Any], object], given: Any) -> Callable[[], object]:
        def run() -> None:
            way(next(given))
            app.processEvents()

        return run

    ways = {"ours": painted(page._show, opened), "plain": painted(plain.setPlainText, texts)}
    taken = interleaved(ways, _ROUNDS)
    ratio = paired_ratio(taken["ours"], taken["plain"])
    ours, baseline = min(taken["ours"]), min(taken["plain"])
    table([("article, 20,000 words, 50 claims", shown(ours), shown(baseline), f"{ratio:.2f}", "<= 1.5")])


def _article(seed: int) -> Article:
    chance = random.Random(seed)
    words = [chance.choice(_SYLLABLES) for _n in range(_WORDS)]
    for place in range(60, _WORDS, 60):
        words[place] += ".\n\n" if place % 180 == 0 else "."
    text = " ".join(words)
    starts = [n * len(text) // _CLAIMS for n in range(_CLAIMS)]
    claims = tuple(
        Claim(
            UUID(int=n + 10),
            text[start : start + 90],
            "Sở đã kiểm tra 02 lần, kết quả đã công bố.",
            "Biên bản kiểm tra ngày 05/3/2026",
            start=start,
            text_sha256=text_hash(text),
        )
        for n, start in enumerate(starts)
    )
    at = datetime(2026, 9, 2, tzinfo=UTC)
    return Article(
        UUID(int=seed),
        _OUTLET,
        f"Bài {seed}",
        at,
        at,
        _OUTLET,
        text=text,
        text_sha256=text_hash(text),
        claims=claims,
    )


def _context(theme: Any) -> "Context":
    from spokesdesk.gui.courier import Courier
    from spokesdesk.gui.screen import Context

    def nothing(*_given: object, **_named: object) -> None:
        return None

    values: dict[str, Any] = dict.fromkeys(Context.__dataclass_fields__, nothing)
    return Context(**(values | {"courier": Courier(), "theme": theme}))


if __name__ == "__main__":
    main()
