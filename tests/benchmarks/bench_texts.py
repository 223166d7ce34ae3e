"""Reading texts: the check of form must cost no more by the page in a long letter; fifty pages are compared."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from spokesdesk.domain.compare import compare
from spokesdesk.typeset.lint import lint
from spokesdesk.typeset.lint.capitals import _departures
from tests.benchmarks.measure import interleaved, paired_ratio, shown, table
from tests.typeset.corpus import LETTER

_ROUNDS, _TIMES = 5, 8
_PAGE = "Sở đề nghị quý Báo cải chính thông tin về việc này theo quy định của pháp luật. "
_BEFORE = "\n\n".join(f"{n}. {_PAGE * 6}" for n in range(250))
_AFTER = {
    "every paragraph changed": "\n\n".join(f"{n}. {_PAGE * 5}Sửa {n}. {_PAGE}" for n in range(250)),
    "every clause renumbered": "1. Khoản mới.\n\n" + "\n\n".join(f"{n + 1}. {_PAGE * 6}" for n in range(250)),
    "all rewritten": "Viết lại.\n\n" + "\n\n".join(f"Mục {n}: {_PAGE[20:] * 4} khác" for n in range(200)),
}
Row = tuple[str, str, str, str, str]


def main() -> None:
    """Print what the check and the comparison cost."""
    table([_checked(), *(_compared(name, after) for name, after in _AFTER.items())])


def _checked() -> Row:
    page = LETTER.body * 4
    taken = interleaved({"long": _check(page * _TIMES), "short": _check(page)}, _ROUNDS)
    long, short = min(taken["long"]), min(taken["short"])
    ratio = paired_ratio(taken["long"], taken["short"]) / _TIMES
    return (
        f"check of {_TIMES} times the text",
        shown(long),
        shown(short),
        f"{ratio:.2f}",
        "<= 1.5 by the page",
    )


def _check(body: str) -> Callable[[], object]:
    letter = replace(LETTER, body=body)

    def checked() -> object:
        _departures.cache_clear()
        return lint(letter)

    return checked


def _compared(name: str, after: str) -> Row:
    taken = interleaved({"ours": partial(compare, _BEFORE, after)}, 1)
    return f"50 pages compared, {name}", shown(min(taken["ours"])), "", "", "< 10 s"


if __name__ == "__main__":
    main()
