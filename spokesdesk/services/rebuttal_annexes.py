"""Annexes of a rebuttal's letter: the table of claims, and the list of evidence with hashes."""

from collections.abc import Sequence
from typing import Any

from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.coverage import Article, Claim
from spokesdesk.domain.letters import Annex
from spokesdesk.domain.text import short_date, unmarked
from spokesdesk.services.templates import wording

TEMPLATE = "rebuttal"


def claim_annex(article: Article) -> Annex | None:
    """Give the table that sets what was published against what is so; None without claims."""
    if not article.claims:
        return None
    words, letter = wording(TEMPLATE)["annex"], wording(TEMPLATE)["letter"]
    numbers = _numbers(article)
    about = words["about"].format(
        title=article.title,
        outlet=article.outlet.name,
        day=short_date(to_vn(article.published_at).date()),
        address=letter["address"].format(url=article.url) if article.url else "",
        sha256=_grouped(article.text_sha256),
    )
    head = [f"| {' | '.join(words['head'])} |", "|" + "---|" * len(words["head"])]
    rows = [_row(words, n, claim, numbers) for n, claim in enumerate(article.claims, 1)]
    lead = [_safe(about)] if article.text else []
    return Annex(words["title"], "\n\n".join([*lead, "\n".join([*head, *rows])]), landscape=True)


def evidence_annex(article: Article) -> Annex | None:
    """Give the list of evidence: files with their hashes, papers, addresses; None when there is none."""
    items = _items(article)
    if not items:
        return None
    words = wording(TEMPLATE)["evidence"]
    lines: list[str] = []
    for n, item in enumerate(items, 1):
        lines.append(_safe(words[item["kind"]].format(**item | {"n": n})))
        lines += [_safe(words["hash"].format(sha256=_grouped(item["sha256"])))] if item["sha256"] else []
    return Annex(words["title"], "\n\n".join(lines))


def bare(text: str) -> str:
    """Give a sentence without its closing stop and outer quotes, on one line: the template brings its own."""
    flat = " ".join(text.split()).rstrip(".;")
    return flat[1:-1] if (flat[:1], flat[-1:]) in {("“", "”"), ('"', '"')} else flat


def _row(words: dict[str, Any], n: int, claim: Claim, numbers: dict[str, int]) -> str:
    proofs = [bare(claim.proof)] if claim.proof else []
    marks = sorted({numbers[key] for key in _keys(claim)})
    if marks:
        proofs.append(words["evidence_mark"].format(numbers=", ".join(map(str, marks))))
    proofs += [words["ground"].format(ground=bare(claim.ground))] if claim.ground else []
    asked = "; ".join(words["asks"][ask.value] for ask in claim.asks)
    cells = (f"{n}", f"“{bare(claim.quote)}”", bare(claim.fact), ". ".join(proofs), asked)
    return f"| {' | '.join(_safe(cell) or ' ' for cell in cells)} |"


def _items(article: Article) -> list[dict[str, Any]]:
    """Give each piece of evidence once, with the numbers of the claims it proves; the stored article last."""
    found: dict[str, dict[str, Any]] = {}
    for n, claim in enumerate(article.claims, 1):
        for key, item in _of_claim(claim):
            found.setdefault(key, item | {"of": []})["of"].append(str(n))
    items = [item | {"claims": ", ".join(item["of"])} for item in found.values()]
    kept = article.snapshot
    if kept is not None:
        day = short_date(vn_day(article.found_at))
        snapshot = {"kind": "snapshot", "name": kept.name, "size": kept.size, "sha256": kept.sha256}
        items.append(snapshot | {"day": day})
    return items


def _of_claim(claim: Claim) -> list[tuple[str, dict[str, Any]]]:
    files: Sequence[tuple[str, dict[str, Any]]] = [
        (each.sha256, {"kind": "file", "name": each.name, "size": each.size, "sha256": each.sha256})
        for each in claim.files
    ]
    papers = [(str(each.id), {"kind": "paper", "name": each.name, "sha256": ""}) for each in claim.papers]
    links = [(each, {"kind": "link", "url": each, "sha256": ""}) for each in claim.links]
    return [*files, *papers, *links]


def _keys(claim: Claim) -> list[str]:
    return [key for key, _item in _of_claim(claim)]


def _numbers(article: Article) -> dict[str, int]:
    keys = dict.fromkeys(key for claim in article.claims for key in _keys(claim))
    return {key: n for n, key in enumerate(keys, 1)}


def _grouped(sha256: str) -> str:
    """Give a hash in groups of eight digits: 64 in one would not break well at the end of a line."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def _safe(text: str) -> str:
    """Give typed text so that the letter format reads it as it stands, on one line."""
    return unmarked(" ".join(text.split()))
