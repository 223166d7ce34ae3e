"""`visit add|list|show`: the journal of contacts from the command line."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import parse_date, parse_time, to_vn
from spokesdesk.domain.journal import Channel, Contact, ContactDraft, ContactRow, GivenForm
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.verification import (
    CardFacts,
    DefenceFacts,
    Facts,
    ForeignFacts,
    LetterFacts,
    VerificationKind,
    VerificationResult,
)
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser("visit", help=_("sổ tiếp xúc báo chí")).add_subparsers(
        required=True, metavar="add|list|show"
    )
    add = nouns.add_parser("add", help=_("ghi một lần tiếp xúc"))
    add_workspace(add)
    _add_who_and_what(add)
    _add_papers(add)
    add.set_defaults(run=_add)
    listing = nouns.add_parser("list", help=_("liệt kê"))
    add_workspace(listing)
    listing.add_argument("words", nargs="*", help=_("từ cần tìm, không cần dấu"))
    listing.add_argument("--limit", type=int, default=100)
    listing.set_defaults(run=_list)
    show = nouns.add_parser("show", help=_("xem một mục"))
    add_workspace(show)
    show.add_argument("id")
    show.set_defaults(run=_show)


def _add_who_and_what(add: argparse.ArgumentParser) -> None:
    add.add_argument("--outlet", default="", metavar="NAME", help=_("cơ quan báo chí"))
    add.add_argument("--journalist", default="", metavar="NAME", help=_("nhà báo, phóng viên"))
    add.add_argument("--channel", required=True, choices=[item.value for item in Channel])
    add.add_argument("--topic", required=True, metavar="TEXT", help=_("chủ đề"))
    add.add_argument("--received", metavar="TIME", help=_("lúc tiếp nhận, giờ Việt Nam (mặc định: bây giờ)"))
    add.add_argument(
        "--question", action="append", default=[], metavar="TEXT", help=_("câu hỏi, lặp lại được")
    )
    add.add_argument("--given", default="", metavar="TEXT", help=_("nội dung đã cung cấp"))
    add.add_argument("--given-form", choices=[item.value for item in GivenForm], help=_("hình thức cung cấp"))
    add.add_argument("--follow-up", default="", metavar="TEXT", help=_("việc cần làm tiếp"))
    add.add_argument("--follow-up-on", metavar="DATE", help=_("ngày hẹn"))
    add.add_argument(
        "--answer-event", default="", metavar="EVENT", help=_("sự kiện bắt đầu thời hạn trả lời")
    )
    add.add_argument("--attach", action="append", default=[], metavar="FILE", help=_("tệp kèm, lặp lại được"))
    add.add_argument("--corrects", metavar="ID", help=_("mục được đính chính"))


def _add_papers(add: argparse.ArgumentParser) -> None:
    kinds = [item.value for item in VerificationKind]
    add.add_argument("--verification", choices=kinds, default="none", help=_("giấy tờ đã xuất trình"))
    add.add_argument("--card-number", default="", metavar="N", help=_("số thẻ nhà báo"))
    add.add_argument("--card-issued", metavar="DATE", help=_("ngày cấp thẻ"))
    add.add_argument("--card-expires", metavar="DATE", help=_("ngày hết hạn in trên thẻ"))
    add.add_argument("--letter-no", default="", metavar="N", help=_("số giấy giới thiệu"))
    add.add_argument("--letter-until", metavar="DATE", help=_("giấy giới thiệu có giá trị đến"))
    add.add_argument("--letter-names-us", action="store_true", help=_("giấy giới thiệu ghi đúng cơ quan ta"))
    add.add_argument(
        "--letter-content", default="", metavar="TEXT", help=_("nội dung làm việc ghi trên giấy")
    )
    add.add_argument("--letter-time", default="", metavar="TEXT", help=_("thời gian làm việc ghi trên giấy"))
    add.add_argument("--permit-number", default="", metavar="N", help=_("số giấy phép của Bộ Ngoại giao"))
    add.add_argument("--permit-until", metavar="DATE", help=_("giấy phép có giá trị đến"))
    add.add_argument("--resident", action="store_true", help=_("phóng viên nước ngoài thường trú"))
    add.add_argument(
        "--identity-shown", action="store_true", help=_("đã xuất trình giấy tờ tùy thân (quốc phòng)")
    )
    add.add_argument("--letter-signed", action="store_true", help=_("giấy do người đứng đầu hoặc cấp phó ký"))
    add.add_argument("--letter-sealed", action="store_true", help=_("giấy có đóng dấu"))


def _add(arguments: argparse.Namespace, desk: Desk) -> Answer:
    draft = ContactDraft(
        channel=Channel(arguments.channel),
        received_at=_received(arguments, desk),
        outlet=arguments.outlet,
        journalist=arguments.journalist,
        topic=arguments.topic,
        verification=VerificationKind(arguments.verification),
        facts=_facts(arguments),
        questions=tuple(arguments.question),
        given=arguments.given,
        given_form=_given_form(arguments),
        follow_up=arguments.follow_up,
        follow_up_on=_date(arguments.follow_up_on, "follow_up_on"),
        answer_event=arguments.answer_event,
        attachments=tuple(journal.keep_file(desk, Path(path)) for path in arguments.attach),
        corrects=record_id(arguments.corrects, "corrects") if arguments.corrects else None,
    )
    entry, _changes = journal.log_contact(desk, draft)
    return Answer(_value(entry), _text(entry))


def _received(arguments: argparse.Namespace, desk: Desk) -> Any:
    if not arguments.received:
        return desk.now()
    return parse_time(arguments.received, now=desk.now(), field="received")


def _given_form(arguments: argparse.Namespace) -> GivenForm:
    if arguments.given_form:
        return GivenForm(arguments.given_form)
    return GivenForm.ORAL if arguments.given else GivenForm.NONE


def _date(text: str | None, field: str) -> Any:
    return parse_date(text, field=field) if text else None


def _facts(arguments: argparse.Namespace) -> Facts:
    letter = LetterFacts(
        arguments.letter_no,
        _date(arguments.letter_until, "letter_until"),
        arguments.letter_names_us,
        arguments.letter_content,
        arguments.letter_time,
    )
    card = CardFacts(
        arguments.card_number,
        _date(arguments.card_issued, "card_issued"),
        _date(arguments.card_expires, "card_expires"),
    )
    match VerificationKind(arguments.verification):
        case VerificationKind.CARD:
            return card
        case VerificationKind.LETTER:
            return letter
        case VerificationKind.FOREIGN:
            until = _date(arguments.permit_until, "permit_until")
            return ForeignFacts(arguments.permit_number, until, arguments.resident)
        case VerificationKind.DEFENCE:
            return DefenceFacts(
                identity_shown=arguments.identity_shown,
                letter=letter if arguments.letter_no else None,
                signed_by_head=arguments.letter_signed,
                sealed=arguments.letter_sealed,
                card=card if arguments.card_number else None,
            )
        case _:
            return None


def _list(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = journal.contact_list(desk, " ".join(arguments.words))
    rows = tuple(found.page(found.open(), 0, max(arguments.limit, 0)))
    return Answer(rows, "\n".join(_row_text(row) for row in rows) or _("Chưa có mục nào."))


def _show(arguments: argparse.Namespace, desk: Desk) -> Answer:
    entry = journal.contact(desk, record_id(arguments.id))
    return Answer(_value(entry), _text(entry))


def _value(entry: Contact) -> dict[str, object]:
    """Give the entry for scripts: the result of the verification stands on top, where they look first."""
    from spokesdesk.cli.answer import plain

    value: dict[str, object] = plain(entry)
    return value | {
        "result": entry.verification.result.value,
        "reasons": list(entry.verification.reasons),
        "may_not_demand": list(entry.verification.may_not_demand),
        "late": entry.is_late,
    }


def _row_text(row: ContactRow) -> str:
    result = VerificationResult(row.result).wording
    who = " – ".join(part for part in (row.journalist, row.outlet) if part)
    return f"{row.id}  {to_vn(row.received_at):%d/%m/%Y %H:%M}  {who}  {row.topic}  [{result}]"


def _text(entry: Contact) -> str:
    checked = entry.verification
    lines = [
        f"{entry.id}",
        f"{to_vn(entry.received_at):%d/%m/%Y %H:%M}  {entry.topic}",
        " – ".join(ref.name for ref in (entry.journalist, entry.outlet) if ref),
        f"{checked.result.wording}",
        *(f"  {reason}" for reason in checked.reasons),
        *(f"  {_('Không được yêu cầu')}: {item}" for item in checked.may_not_demand),
        *(f"? {question}" for question in entry.questions),
    ]
    if entry.given:
        lines.append(f"{_('Đã cung cấp')}: {entry.given}")
    if entry.due:
        lines.append(f"{_('Thời hạn')}: {entry.due.wording} – {entry.due.citation}")
    lines += [f"{_('Tệp')}: {item.name} ({item.size} B, {item.sha256[:12]}…)" for item in entry.attachments]
    return "\n".join(lines)
