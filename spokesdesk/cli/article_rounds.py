"""`article rounds|note|undo|escalate`: letters to the outlet and above it, and what became of each."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import parse_date, parse_time, to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.rebuttals import Round, RoundMove, RoundTo, move_words, state_words, to_words
from spokesdesk.services import journal, rebuttals
from spokesdesk.services.ports import Desk
from spokesdesk.services.rebuttal_clocks import due_of
from spokesdesk.services.rebuttals import RoundsView

_NOTED = [move.value for move in RoundMove if move not in (RoundMove.OPEN, RoundMove.UNDO)]


def add_parsers(nouns: Any) -> None:
    """Add the commands."""
    rounds = nouns.add_parser("rounds", help=_("các lần yêu cầu, thời hạn và kết quả"))
    add_workspace(rounds)
    rounds.add_argument("id")
    rounds.set_defaults(run=_rounds)
    note = nouns.add_parser("note", help=_("ghi diễn biến của một lần yêu cầu"))
    add_workspace(note)
    note.add_argument("round", metavar="ROUND", help=_("mã lần yêu cầu, xem bằng rounds"))
    note.add_argument("move", choices=_NOTED)
    note.add_argument("--at", metavar="TIME", help=_("xảy ra lúc, giờ Việt Nam; mặc định là bây giờ"))
    note.add_argument("--remark", default="", metavar="TEXT", help=_("lý do, ghi chú"))
    note.add_argument("--look", metavar="YYYY-MM-DD", help=_("ngày tự đặt để xem lại"))
    note.add_argument("--file", metavar="FILE", help=_("văn bản trả lời, ảnh chụp cải chính"))
    note.add_argument("--url", default="", metavar="URL", help=_("địa chỉ cải chính hoặc ý kiến phản hồi"))
    note.set_defaults(run=_note)
    undo = nouns.add_parser("undo", help=_("lấy lại bước vừa ghi của một lần yêu cầu"))
    add_workspace(undo)
    undo.add_argument("round", metavar="ROUND")
    undo.set_defaults(run=_undo)
    up = nouns.add_parser("escalate", help=_("soạn công văn lên cấp trên của cơ quan báo chí"))
    add_workspace(up)
    up.add_argument("id")
    up.add_argument("--to", required=True, choices=[to.value for to in RoundTo if to is not RoundTo.OUTLET])
    up.add_argument("--place", default="", metavar="ID", help=_("dòng của bảng nơi nhận, khi có nhiều nơi"))
    up.set_defaults(run=_escalate)


def plain_rounds(made: RoundsView) -> dict[str, object]:
    """Give all rounds in JSON form: each with its state, what may come next and what is due."""
    return {
        "rounds": [
            plain(each.round)
            | {
                "state": each.round.state.value,
                "moves": [move.value for move in each.round.moves],
                "next_due": plain(each.round.next_due),
                "paper": each.paper,
                "paper_state": each.paper_state,
            }
            for each in made.rounds
        ],
        "limit": plain(made.limit),
        "next_steps": plain(made.next_steps),
        "ways": plain(made.ways),
    }


def round_lines(made: RoundsView) -> list[str]:
    """Give all rounds for people."""
    lines = []
    for each in made.rounds:
        lines.append(_round_line(each.round, each.paper))
        due = each.round.next_due
        if due and due.due_at:
            lines.append(f"    {to_vn(due.due_at):%H:%M %d/%m/%Y}  {due.wording} – {due.cited}".rstrip(" –"))
    if made.limit:
        said = _("  Số lần đăng phản hồi dự liệu: {n} – {law}")
        lines.append(said.format(n=made.limit.times, law=made.limit.due.cited))
    for way in made.ways:
        cited = due_of(way.step).cited
        lines.append(_("  Có thể gửi tiếp: {to} – {law}").format(to=way.name, law=cited))
    return lines


def _round_line(each: Round, paper: str) -> str:
    state = state_words()[each.state][0]
    return f"  {each.id}  {to_words()[each.to]} {each.number}: {state}  {paper}".rstrip()


def _rounds(arguments: argparse.Namespace, desk: Desk) -> Answer:
    made = rebuttals.rounds(desk, record_id(arguments.id))
    return Answer(plain_rounds(made), "\n".join(round_lines(made)) or _("Chưa có lần yêu cầu nào."))


def _note(arguments: argparse.Namespace, desk: Desk) -> Answer:
    at = parse_time(arguments.at, now=desk.now(), field="done_at") if arguments.at else None
    made, _changes = rebuttals.note(
        desk,
        record_id(arguments.round, "round"),
        RoundMove(arguments.move),
        done_at=at,
        remark=arguments.remark,
        look_on=parse_date(arguments.look, field="look_on") if arguments.look else None,
        file=journal.keep_file(desk, Path(arguments.file)) if arguments.file else None,
        url=arguments.url,
    )
    return _told(made)


def _undo(arguments: argparse.Namespace, desk: Desk) -> Answer:
    return _told(rebuttals.undo(desk, record_id(arguments.round, "round"))[0])


def _told(made: Round) -> Answer:
    value = plain(made) | {
        "state": made.state.value,
        "next_due": plain(made.next_due),
        "dues": plain(made.dues),
    }
    lines = [_round_line(made, "")]
    lines += [
        f"    {move_words()[step.move]}: {to_vn(step.done_at):%H:%M %d/%m/%Y}" for step in made.standing
    ]
    lines += [f"    {due.wording} – {due.cited}" for due in made.dues]
    return Answer(value, "\n".join(lines))


def _escalate(arguments: argparse.Namespace, desk: Desk) -> Answer:
    drafted, _changes = rebuttals.escalate(
        desk, record_id(arguments.id), RoundTo(arguments.to), arguments.place
    )
    if drafted is None:
        return Answer({"id": None}, _("Đã ghi bước khởi kiện; hồ sơ do cơ quan lập."))
    return Answer({"id": drafted.id, "state": drafted.state}, str(drafted.id))
