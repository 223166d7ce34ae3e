"""The options of `visit add`, and the contact that they make."""

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from spokesdesk.cli.keeping import keep_file
from spokesdesk.cli.who import record_id
from spokesdesk.domain.answers import AnswerDraft
from spokesdesk.domain.clock import parse_date, parse_time
from spokesdesk.domain.companions import CompanionDraft
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Attachment, Channel, ContactDraft, FileKind, Given, GivenForm
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.verification import (
    CardFacts,
    DefenceFacts,
    Facts,
    ForeignFacts,
    LetterFacts,
    VerificationKind,
)
from spokesdesk.services.ports import Desk

# What --with takes besides the name, and what each is when it is not said.
_PAPERS: dict[str, object] = {
    "card_number": "",
    "card_issued": None,
    "card_expires": None,
    "letter_no": "",
    "letter_until": None,
    "letter_names_us": False,
    "letter_content": "",
    "letter_time": "",
    "permit_number": "",
    "permit_until": None,
    "permit_scope": "",
    "resident": False,
    "assistant": False,
    "identity_shown": False,
    "letter_signed": False,
    "letter_sealed": False,
    "letter_names_holder": False,
    "letter_not_press": False,
}


def add_options(add: argparse.ArgumentParser) -> None:
    """Add every option of a contact."""
    _add_who_and_what(add)
    _add_said(add)
    _add_files(add)
    _add_papers(add)


def draft_of(arguments: argparse.Namespace, desk: Desk) -> ContactDraft:
    """Give the contact that was typed; files named are taken into the workspace.

    Raises:
        UserError: names the option that cannot be read.
    """
    received_at = _time(arguments.received, desk, "received") or desk.now()
    return ContactDraft(
        channel=Channel(arguments.channel),
        received_at=received_at,
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
        attachments=_files(arguments, desk),
        corrects=record_id(arguments.corrects, "corrects") if arguments.corrects else None,
        occasion=arguments.occasion,
        companions=tuple(_companion(text) for text in arguments.companions),
        answers=_answers(arguments, desk),
        answered_by=arguments.answered_by,
        givens=tuple(_given(form, text) for form, text in arguments.also_given),
        recorded=arguments.recorded,
        follows=record_id(arguments.follows, "follows") if arguments.follows else None,
    )


def _add_who_and_what(add: argparse.ArgumentParser) -> None:
    add.add_argument("--outlet", default="", metavar="NAME", help=_("cơ quan báo chí"))
    add.add_argument("--journalist", default="", metavar="NAME", help=_("nhà báo, phóng viên"))
    add.add_argument(
        "--with",
        dest="companions",
        action="append",
        default=[],
        metavar="TEXT",
        help=_(
            'nhà báo cùng đến, lặp lại được: "Họ tên; outlet=Tên báo; papers=card; card_number=…"; các khóa khác '
            "trùng tên tùy chọn về giấy tờ"
        ),
    )
    add.add_argument("--channel", required=True, choices=[item.value for item in Channel])
    add.add_argument(
        "--occasion", default="", metavar="TEXT", help=_("tên cuộc họp báo, buổi cung cấp thông tin")
    )
    add.add_argument("--topic", required=True, metavar="TEXT", help=_("chủ đề"))
    add.add_argument("--received", metavar="TIME", help=_("lúc tiếp nhận, giờ Việt Nam (mặc định: bây giờ)"))
    add.add_argument("--follows", metavar="ID", help=_("mục mà mục này tiếp nối"))
    add.add_argument("--corrects", metavar="ID", help=_("mục được đính chính"))


def _add_said(add: argparse.ArgumentParser) -> None:
    pair: dict[str, Any] = {"action": "append", "default": [], "nargs": 2}
    add.add_argument(
        "--question", action="append", default=[], metavar="TEXT", help=_("câu hỏi, lặp lại được")
    )
    add.add_argument(
        "--answer", **pair, metavar=("N", "TEXT"), help=_("câu trả lời cho câu hỏi số N, lặp lại được")
    )
    add.add_argument(
        "--answer-earlier",
        **pair,
        metavar=("N", "TEXT"),
        help=_("câu trả lời cho câu hỏi số N của mục --follows"),
    )
    add.add_argument(
        "--answer-by", **pair, metavar=("N", "NAME"), help=_("người trả lời câu N, nếu khác --answered-by")
    )
    add.add_argument(
        "--answer-at", **pair, metavar=("N", "TIME"), help=_("lúc trả lời câu N, nếu khác lúc tiếp nhận")
    )
    add.add_argument("--answered-by", default="", metavar="NAME", help=_("người trả lời"))
    add.add_argument("--given", default="", metavar="TEXT", help=_("nội dung đã cung cấp"))
    forms = [item.value for item in GivenForm]
    add.add_argument("--given-form", choices=forms, help=_("hình thức cung cấp"))
    add.add_argument(
        "--also-given",
        **pair,
        metavar=("FORM", "TEXT"),
        help=_("nội dung cung cấp thêm, lặp lại được; FORM như --given-form"),
    )
    add.add_argument("--follow-up", default="", metavar="TEXT", help=_("việc cần làm tiếp"))
    add.add_argument("--follow-up-on", metavar="DATE", help=_("ngày hẹn"))
    add.add_argument(
        "--answer-event", default="", metavar="EVENT", help=_("sự kiện bắt đầu thời hạn trả lời")
    )


def _add_files(add: argparse.ArgumentParser) -> None:
    add.add_argument("--attach", action="append", default=[], metavar="FILE", help=_("tệp kèm, lặp lại được"))
    add.add_argument(
        "--attach-as",
        action="append",
        default=[],
        nargs=2,
        metavar=("KIND", "FILE"),
        help=_(
            "tệp kèm và loại: press_card, card_qr, letter, audio, video, photo, document; không lưu ảnh căn cước"
        ),
    )
    add.add_argument(
        "--recorded", action="store_true", help=_("có ghi âm, ghi hình và đã báo trước cho nhà báo")
    )


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
    add.add_argument("--permit-scope", default="", metavar="TEXT", help=_("phạm vi ghi trên giấy phép"))
    add.add_argument("--resident", action="store_true", help=_("phóng viên nước ngoài thường trú"))
    add.add_argument("--assistant", action="store_true", help=_("trợ lý báo chí nước ngoài"))
    add.add_argument(
        "--identity-shown", action="store_true", help=_("đã xem giấy tờ tùy thân (quốc phòng, nước ngoài)")
    )
    add.add_argument("--letter-signed", action="store_true", help=_("giấy do người đứng đầu hoặc cấp phó ký"))
    add.add_argument("--letter-sealed", action="store_true", help=_("giấy có đóng dấu"))
    add.add_argument("--letter-names-holder", action="store_true", help=_("giấy ghi họ tên, chức vụ"))
    add.add_argument(
        "--letter-not-press",
        action="store_true",
        help=_("giấy của cơ quan chính trị hoặc giấy mời của đơn vị"),
    )


def _companion(text: str) -> CompanionDraft:
    name, *pairs = (part.strip() for part in text.split(";"))
    said: dict[str, str] = {}
    for part in pairs:
        key, equals, value = part.partition("=")
        if not equals or key.strip() not in {"outlet", "papers", *_PAPERS}:
            raise UserError("companion_form", field="companions", part=part)
        said[key.strip()] = value.strip()
    papers = said.pop("papers", VerificationKind.NONE.value)
    if papers not in list(VerificationKind):
        raise UserError("companion_form", field="companions", part=f"papers={papers}")
    ticks = {key: bool(said[key]) for key, default in _PAPERS.items() if default is False and key in said}
    shown = argparse.Namespace(verification=papers, **(_PAPERS | said | ticks))
    return CompanionDraft(name, said.get("outlet", ""), None, None, VerificationKind(papers), _facts(shown))


def _answers(arguments: argparse.Namespace, desk: Desk) -> tuple[AnswerDraft, ...]:
    by = {_place(n): name for n, name in arguments.answer_by}
    at = {_place(n): _time(text, desk, "answers") for n, text in arguments.answer_at}
    of = record_id(arguments.follows, "follows") if arguments.follows else None
    if arguments.answer_earlier and of is None:
        raise UserError("answer_without_question", field="answers", n=arguments.answer_earlier[0][0])
    asked: list[tuple[UUID | None, str, str]] = [(None, n, text) for n, text in arguments.answer]
    asked += [(of, n, text) for n, text in arguments.answer_earlier]
    return tuple(
        AnswerDraft(_place(n), text, of, by.get(_place(n), ""), at.get(_place(n))) for of, n, text in asked
    )


def _place(n: str) -> int:
    if not n.isascii() or not n.isdigit() or n == "0":
        raise UserError("answer_without_question", field="answers", n=n)
    return int(n) - 1


def _given(form: str, text: str) -> Given:
    if form not in list(GivenForm):
        listed = ", ".join(item.value for item in GivenForm)
        raise UserError("given_form_unknown", field="givens", given=form, allowed=listed)
    return Given(text, GivenForm(form))


def _files(arguments: argparse.Namespace, desk: Desk) -> tuple[Attachment, ...]:
    for kind, _path in arguments.attach_as:
        if kind not in [item.value for item in FileKind if item]:
            listed = ", ".join(item.value for item in FileKind if item)
            raise UserError("file_kind_unknown", field="attachments", given=kind, allowed=listed)
    plain = [keep_file(desk, Path(path)) for path in arguments.attach]
    kinds = [keep_file(desk, Path(path), FileKind(kind)) for kind, path in arguments.attach_as]
    return (*plain, *kinds)


def _given_form(arguments: argparse.Namespace) -> GivenForm:
    if arguments.given_form:
        return GivenForm(arguments.given_form)
    return GivenForm.ORAL if arguments.given else GivenForm.NONE


def _time(text: str | None, desk: Desk, field: str) -> datetime | None:
    return parse_time(text, now=desk.now(), field=field) if text else None


def _date(text: str | None, field: str) -> date | None:
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
            return ForeignFacts(
                arguments.permit_number,
                until,
                arguments.resident,
                arguments.assistant,
                arguments.identity_shown,
                arguments.permit_scope,
            )
        case VerificationKind.DEFENCE:
            return DefenceFacts(
                identity_shown=arguments.identity_shown,
                letter=letter if letter != LetterFacts() else None,
                letter_from_press=not arguments.letter_not_press,
                signed_by_head=arguments.letter_signed,
                sealed=arguments.letter_sealed,
                card=card if arguments.card_number else None,
                names_holder=arguments.letter_names_holder,
            )
        case _:
            return None
