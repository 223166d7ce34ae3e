"""An existing .docx as a letter: what is surely known goes to its field, everything else into the text."""

from collections import Counter
from dataclasses import replace
from typing import Any

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.imported import ImportNote, ImportResult
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import LIMITS, Annex, Letter, LetterKind, Signer, check, tidied
from spokesdesk.typeset.from_docx import remarks
from spokesdesk.typeset.from_docx.annexes import read_annex, split
from spokesdesk.typeset.from_docx.content import main_part, read_content
from spokesdesk.typeset.from_docx.converting import converted
from spokesdesk.typeset.from_docx.front import Front, find_front
from spokesdesk.typeset.from_docx.head import Head, find_head
from spokesdesk.typeset.from_docx.lines import Content, Grid, Item, Line, Piece
from spokesdesk.typeset.from_docx.margins import read_margins
from spokesdesk.typeset.from_docx.markup import Patience
from spokesdesk.typeset.from_docx.package import MOST_BYTES, Package
from spokesdesk.typeset.from_docx.tail import Tail, find_tail
from spokesdesk.typeset.from_docx.texts import BodyWriter, without_ending
from spokesdesk.typeset.nd30 import form

__all__ = ["MOST_BYTES", "read_docx"]


def read_docx(data: bytes, patience: Patience | None = None) -> ImportResult:
    """Read a .docx.

    Args:
        data: the file; nothing outside it is ever read, no macro is run, no link followed.
        patience: how long it may take; 10 seconds when None.

    Returns:
        The letter, already checked, and notes on what was guessed, converted and left out.

    Raises:
        UserError: ``docx_not_docx``, ``docx_old_or_locked``, ``docx_damaged``, ``docx_too_big``, ``docx_unsafe``,
            ``docx_too_slow``; what ``domain.letters.check`` refuses.
    """
    try:
        package = Package(data, patience)
        content = read_content(package)
        remarks.count_outside(package, main_part(package), content)
    except (RecursionError, MemoryError) as error:
        raise UserError("docx_too_big", detail=type(error).__name__) from error
    converter = converted(content)
    content.met["dropped"] = converter.dropped
    package.patience.check()
    made = _Maker(content).result()
    check(made.letter)
    return replace(made, notes=(*remarks.encodings_found(converter.found), *made.notes))


class _Maker:
    """Puts what was recognised together."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._writer = BodyWriter()
        self._notes: list[ImportNote] = []
        self._above: list[Item] = []
        self._below: list[Item] = []

    def result(self) -> ImportResult:
        """Give the letter and its notes."""
        items, annexes = split(self._content.items, by_words=False)
        head, items = find_head(items)
        front, items = find_front(items, is_letter=head is not None and bool(head.subject))
        kind = self._kind(head, front)
        items, tail = find_tail(items, two_signers=kind is LetterKind.BIEN_BAN)
        if tail is not None and not annexes:
            tail.after, annexes = split(tail.after, by_words=True)
        values = self._head_values(head) | self._front_values(front) | self._tail_values(tail)
        values |= self._margin_values()
        found = [read_annex(each, self._content.landscapes, self._writer) for each in annexes]
        values["annexes"] = tuple(annex for annex, _agency in found)
        values["agency_name"] = next((agency for _annex, agency in found if agency), "")
        values = self._fitting(values)
        values["body"] = self._body(items, kind)
        values["size"] = _size(items)
        self._content.met += Counter(plain=self._writer.plain, joined=self._writer.joined)
        letter = tidied(Letter(kind, **values))
        return ImportResult(letter, (*self._notes, *remarks.counted(self._content)))

    def _kind(self, head: Head | None, front: Front) -> LetterKind:
        if front.kind is not None:
            return front.kind
        if front.unknown_title:
            sentence = _(
                "Loại văn bản “{title}” chưa có ở đây: tạm coi là công văn, tên loại nằm ở đầu nội dung."
            )
            self._notes.append(remarks.guessed(sentence, title=front.unknown_title))
        elif head is None or not (head.subject or front.addressees):
            self._notes.append(
                remarks.guessed(_("Không thấy tên loại văn bản: tạm coi là công văn, hãy chọn lại nếu cần."))
            )
        return LetterKind.CONG_VAN

    def _head_values(self, head: Head | None) -> dict[str, Any]:
        if head is None:
            self._notes.append(
                remarks.guessed(_("Không nhận ra phần đầu (Quốc hiệu, cơ quan, số, ngày): hãy điền vào."))
            )
            return {}
        if head.is_agency_guessed:
            self._notes.append(
                remarks.guessed(
                    _("Cơ quan chủ quản và cơ quan ban hành được đoán theo thứ tự dòng: hãy xem lại.")
                )
            )
        self._keep([*(_lines_of(head.before)), *head.rest], self._above)
        agency = " ".join(head.agencies)
        author = self._content.author
        # Names of agencies are printed in capitals; our own files keep the written form as their author.
        return {
            "parent_agency": " ".join(head.parents),
            "agency": author if author and author.upper() == agency.upper() else agency,
            "number": head.number,
            "symbol": head.symbol,
            "place": head.place,
            "date_on": head.date_on,
            "subject": head.subject,
            "urgency": head.urgency,
        }

    def _front_values(self, front: Front) -> dict[str, Any]:
        values: dict[str, Any] = {
            "addressees": tuple(front.addressees),
            "legal_bases": tuple(front.legal_bases),
        }
        return values | ({"subject": front.subject} if front.subject else {})

    def _tail_values(self, tail: Tail | None) -> dict[str, Any]:
        if tail is None:
            self._notes.append(remarks.guessed(_("Không nhận ra nơi nhận và người ký: hãy điền vào.")))
            return {}
        self._keep([*tail.rest], self._below)
        after = [item for item in tail.after if isinstance(item, Grid) or item.bare]
        self._notes += remarks.put_into_text(_words(item) for item in after)
        self._below += after
        self._notes += remarks.not_kept(tail.remarks)
        return {
            "recipients": tuple(tail.recipients),
            "archive": tail.archive,
            "drafter": tail.drafter,
            "copies": tail.copies,
            "signers": tuple(tail.signers),
        }

    def _margin_values(self) -> dict[str, Any]:
        circulation, contact, rest = read_margins(self._content.margins)
        self._notes += remarks.not_kept(rest)
        return {"circulation": circulation, "contact": contact}

    def _keep(self, lines: list[Line], where: list[Item]) -> None:
        kept = [line for line in lines if line.bare]
        self._notes += remarks.put_into_text(line.bare for line in kept)
        where += kept

    def _fitting(self, values: dict[str, Any]) -> dict[str, Any]:
        """Give the values that their fields can hold; what is longer goes into the text."""
        made = dict(values)
        for name in (
            "parent_agency",
            "agency",
            "symbol",
            "place",
            "subject",
            "circulation",
            "archive",
            "drafter",
        ):
            text = str(made.get(name) or "")
            if len(text) > LIMITS[name].most:
                self._keep([Line((Piece(text),))], self._above)
                made[name] = ""
        for name in ("addressees", "legal_bases", "recipients"):
            items = made.get(name, ())
            fits = [item for item in items if len(item) <= LIMITS[name].most][: LIMITS[name].items]
            self._keep([Line((Piece(item),)) for item in items if item not in fits], self._below)
            made[name] = tuple(fits)
        fitting = [each for each in made.get("signers", ()) if _fits(each)][: LIMITS["signers"].items]
        others = [each for each in made.get("signers", ()) if each not in fitting]
        self._keep(
            [Line((Piece(text),)) for each in others for text in (*each.authority, each.name)], self._below
        )
        made["signers"] = tuple(fitting)
        made["annexes"] = tuple(self._fitting_annex(annex) for annex in made.get("annexes", ()))
        return made

    def _fitting_annex(self, annex: Annex) -> Annex:
        if len(annex.title) <= LIMITS["annexes.title"].most:
            return annex
        return replace(annex, title="", body=f"{annex.title}\n\n{annex.body}")

    def _body(self, items: list[Item], kind: LetterKind) -> str:
        ending = form().words.ending
        last = next((at for at in range(len(items) - 1, -1, -1) if _has_text(items[at])), None)
        if last is not None and form().kinds[kind].ending:
            end = items[last]
            if isinstance(end, Line):
                items = [*items[:last], _closed(without_ending(end, ending), end), *items[last + 1 :]]
        return self._writer.markup([*self._above, *items, *self._below])


def _closed(cut: Line, whole: Line) -> Line:
    """Give a line whose "./." was taken away its full stop again."""
    text = cut.text.rstrip()
    if cut is whole or not text or not (text[-1].isalnum() or text[-1] in "”’)"):
        return cut
    last = cut.pieces[-1]
    return replace(cut, pieces=(*cut.pieces[:-1], replace(last, text=last.text.rstrip() + ".")))


def _fits(signer: Signer) -> bool:
    lines, limit = LIMITS["signers.authority"].items, LIMITS["signers.authority"].most
    short = all(len(line) <= limit for line in signer.authority)
    return short and len(signer.authority) <= lines and len(signer.name) <= LIMITS["signers.name"].most


def _has_text(item: Item) -> bool:
    return isinstance(item, Grid) or bool(item.bare)


def _lines_of(items: list[Item]) -> list[Line]:
    return [line for item in items for line in (item.lines() if isinstance(item, Grid) else (item,))]


def _words(item: Item) -> str:
    return item.bare if isinstance(item, Line) else " ".join(line.bare for line in item.lines() if line.bare)


def _size(items: list[Item]) -> int:
    """Give the body size that most letters of the text are set in: 13 or 14 points."""
    sizes: Counter[int] = Counter()
    for item in items:
        if isinstance(item, Line):
            sizes[item.size] += len(item.bare)
    most = sizes.most_common(1)
    return 13 if most and most[0][0] in (24, 25, 26) else 14
