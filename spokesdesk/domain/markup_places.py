"""Where in the markup each letter of a block stands, so that a place named in the one is found in the other."""

from spokesdesk.domain.blocks import Block, Heading, Paragraph, cells_of, letters_of

Places = tuple[int, ...]


def places_in(text: str, block: Block) -> tuple[Places, ...]:
    """Give the place in the markup of each letter that a block shows.

    Args:
        text: the block's own markup (see ``placed_body``).
        block: what it is read as.

    Returns:
        One tuple for a paragraph or heading; for a table one a cell, row by row. Each has one place more than the
        letters, where they end.
    """
    if isinstance(block, Heading):
        # The spaces of a heading are read as they stand.
        return (_letters(text, text.index("#") + 2, len(text), joins=False),)
    if isinstance(block, Paragraph):
        return (_letters(text, 0, len(text)),)
    found: list[Places] = []
    for row in cells_of(text):
        found += [_letters(text, start, end) for start, end in row]
        found += [(row[-1][1] if row else len(text),)] * (len(block.sides) - len(row))
    return tuple(found)


def _letters(text: str, start: int, end: int, *, joins: bool = True) -> Places:
    """Give the places of the letters between two places; lines are joined and spaces are one, as they are read."""
    joined: list[str] = []
    kept: list[int] = []
    at = start
    for line in text[start:end].split("\n"):
        lead = len(line) - len(line.lstrip())
        bare = line.strip()
        if joined and bare:
            joined.append(" ")
            kept.append(at)
        for step, letter in enumerate(bare):
            is_space = joins and letter in " \t"
            if not (is_space and joined[-1] == " "):
                joined.append(" " if is_space else letter)
                kept.append(at + lead + step)
        at += len(line) + 1
    found = [
        kept[place + step]
        for place, letters, _bold, _italic in letters_of("".join(joined))
        for step in range(len(letters))
    ]
    return (*found, kept[-1] + 1 if kept else start)
