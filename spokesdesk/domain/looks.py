"""Looks of runs brought into what the letter format's markup can hold."""

import re

from spokesdesk.domain.blocks import Run, plain, read_runs, write_runs


def neat(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Give runs with single spaces, none at the edges of text or look, equal looks together."""
    parts = _parts(runs)
    following = _following(parts)
    made: list[Run] = []
    for at, found in enumerate(parts):
        part = found
        if part.text == " ":
            after = following[at]
            if not made or after is None or made[-1].text.endswith(" "):
                continue
            look = (made[-1].bold, made[-1].italic)
            part = Run(" ", *look) if look == (after.bold, after.italic) else part
        if made and (made[-1].bold, made[-1].italic) == (part.bold, part.italic):
            made[-1] = Run(made[-1].text + part.text, part.bold, part.italic)
        else:
            made.append(part)
    return tuple(made)


def _parts(runs: tuple[Run, ...]) -> list[Run]:
    """Give words and spaces one by one."""
    parts: list[Run] = []
    for run in runs:
        for text in re.split(r"(\s+)", run.text):
            if text:
                parts.append(Run(" ") if text.isspace() else Run(text, run.bold, run.italic))
    return parts


def _following(parts: list[Run]) -> list[Run | None]:
    """Give for each part the next one that is no space."""
    found: list[Run | None] = [None] * len(parts)
    for at in range(len(parts) - 2, -1, -1):
        found[at] = parts[at + 1] if parts[at + 1].text != " " else found[at + 1]
    return found


def writable(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Give neat runs without the looks that the markup cannot hold, as two looks inside one word."""
    runs = neat(runs)
    for tried in (runs, neat(tuple(Run(run.text, run.bold) for run in runs))):
        if read_runs(write_runs(tried)) == tried:
            return tried
    return (Run(plain(runs)),) if runs else ()
