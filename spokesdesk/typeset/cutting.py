"""Cutting out of a face the part that a paper uses: byte for byte what reportlab cuts, in a fraction of its time.

What does not depend on the paper (most tables, every glyph with its check sum) is worked out once per face.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from struct import Struct, pack, pack_into, unpack, unpack_from
from typing import Any

_COPIED = ("name", "OS/2", "cvt ", "fpgm", "prep")
_WORDS, _MORE, _SCALE, _TWO_SCALES, _MATRIX = 1, 32, 8, 64, 128
_ENTRY = Struct(">4sLLL")
_WHOLE = 0xB1B0AFBA
Cut = Callable[[Sequence[int]], bytes]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with its check sum, or a glyph's outline; ``data`` fills whole words, ``length`` does not count that."""

    data: bytes
    length: int
    check: int


@dataclass(frozen=True, slots=True)
class _Glyph:
    """An outline as it stands in the face; ``parts`` are the glyphs it is put together of, and where each is named."""

    outline: _Table
    parts: tuple[tuple[int, int], ...]


def cutter(face: Any) -> Cut:
    """Give what cuts a face.

    Args:
        face: a ``TTFontFace`` of reportlab.

    Returns:
        A function from the characters of a subset, in the order of their codes, to the face's file with their
        glyphs alone: what ``face.makeSubset`` gives.

    Source: OpenType 1.9, "The OpenType font file", tables glyf, loca, hmtx, hhea, maxp, cmap, head, post.
    """
    glyph_of = _outlines(face)
    fixed = {tag: _table(face.get_table(tag)) for tag in _COPIED if tag in face.table}
    fixed["post"] = _table(b"\x00\x03\x00\x00" + face.get_table("post")[4:16] + b"\x00" * 16)
    heads = {tag: bytes(face.get_table(tag)) for tag in ("hhea", "maxp", "head")}

    def cut(letters: Sequence[int]) -> bytes:
        chosen = [face.charToGlyph.get(code, 0) for code in letters]
        new = _numbered(chosen, glyph_of)
        glyf, places = _joined([_renamed(glyph_of(old), new) for old in new])
        far = (places[-1] + 1) >> 1 > 0xFFFF
        metrics, whole = _metrics([face.hmetrics[old] for old in new])
        tables = {
            **fixed,
            "hmtx": metrics,
            "hhea": _table(_with_short(heads["hhea"], 34, whole)),
            "maxp": _table(_with_short(heads["maxp"], 4, len(new))),
            "cmap": _map([new[old] for old in chosen]),
            "glyf": glyf,
            "loca": _table(
                pack(f">{len(places)}{'L' if far else 'H'}", *(places if far else [at >> 1 for at in places]))
            ),
            "head": _table(_with_short(heads["head"][:8] + bytes(4) + heads["head"][12:], 50, int(far))),
        }
        return _file(tables)

    return cut


def _outlines(face: Any) -> Callable[[int], _Glyph]:
    data, places = bytes(face.get_table("glyf")), face.glyphPos

    @cache
    def found(glyph: int) -> _Glyph:
        outline = data[places[glyph] : places[glyph + 1]]
        return _Glyph(_table(outline), _parts(outline))

    return found


def _parts(outline: bytes) -> tuple[tuple[int, int], ...]:
    """Give the glyphs that a composite outline names, each with the place of its number."""
    if len(outline) <= 2 or unpack_from(">h", outline)[0] >= 0:
        return ()
    found, at, flags = [], 10, _MORE
    while flags & _MORE:
        flags, glyph = unpack_from(">HH", outline, at)
        found.append((glyph, at + 2))
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
    return tuple(found)


def _numbered(chosen: list[int], glyph_of: Callable[[int], _Glyph]) -> dict[int, int]:
    """Give the new number of every glyph needed, by its old one, in the order of the new ones."""
    new = {0: 0}
    for old in chosen:
        new.setdefault(old, len(new))
    queue = list(new)
    for old in queue:
        for part, _place in glyph_of(old).parts:
            if part not in new:
                new[part] = len(new)
                queue.append(part)
    return new


def _renamed(glyph: _Glyph, new: dict[int, int]) -> _Table:
    """Give an outline that names its parts by their new numbers."""
    if not glyph.parts:
        return glyph.outline
    data, check = bytearray(glyph.outline.data), glyph.outline.check
    for part, place in glyph.parts:
        number = new[part]
        pack_into(">H", data, place, number)
        check += (number - part) << (0 if place % 4 else 16)
    return _Table(bytes(data), glyph.outline.length, check)


def _joined(outlines: list[_Table]) -> tuple[_Table, list[int]]:
    data = b"".join([outline.data for outline in outlines])
    places, at = [0], 0
    for outline in outlines:
        at += len(outline.data)
        places.append(at)
    return _Table(data, len(data), sum(outline.check for outline in outlines) & 0xFFFFFFFF), places


def _metrics(pairs: list[tuple[int, int]]) -> tuple[_Table, int]:
    """Give advances and bearings, and how many of the advances: those equal at the end are said once."""
    whole = len(pairs)
    while whole > 1 and int(pairs[whole - 1][0]) == int(pairs[whole - 2][0]):
        whole -= 1
    numbers = [int(number) for pair in pairs[:whole] for number in pair]
    numbers += [int(bearing) for _advance, bearing in pairs[whole:]]
    return _table(pack(f">{len(numbers)}H", *numbers)), whole


def _map(glyphs: list[int]) -> _Table:
    """Give the table from codes to glyphs (format 6)."""
    head = (0, 1, 1, 0, 0, 12, 6, 10 + len(glyphs) * 2, 0, 0, len(glyphs))
    return _table(pack(f">{len(head) + len(glyphs)}H", *head, *glyphs))


def _with_short(data: bytes, at: int, number: int) -> bytes:
    return data[:at] + pack(">H", number) + data[at + 2 :]


def _table(data: bytes) -> _Table:
    padded = data + bytes(-len(data) % 4)
    return _Table(padded, len(data), _check(padded))


def _check(padded: bytes | bytearray) -> int:
    words: tuple[int, ...] = unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF


def _file(tables: dict[str, _Table]) -> bytes:
    """Put the tables together behind their directory; the check sum of the whole stands in "head"."""
    count = len(tables)
    power = count.bit_length() - 1
    entries = [pack(">lHHHH", 0x00010000, count, 16 << power, power, count * 16 - (16 << power))]
    at, head = 12 + 16 * count, 0
    ordered = sorted(tables.items())
    for tag, table in ordered:
        head = at if tag == "head" else head
        entries.append(_ENTRY.pack(tag.encode("latin-1"), table.check, at, table.length))
        at += len(table.data)
    directory = b"".join(entries)
    made = bytearray(b"".join([directory, *(table.data for _tag, table in ordered)]))
    total = sum(table.check for table in tables.values())
    pack_into(">L", made, head + 8, (_WHOLE - total - _check(directory)) & 0xFFFFFFFF)
    return bytes(made)
