"""``spokesdesk rules due``: when a limit of the press law ends, with its căn cứ; needs no workspace."""

import argparse
from datetime import datetime

from spokesdesk.domain.calendar import WorkingCalendar
from spokesdesk.domain.clock import iso_vn, parse_time, vn_day
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.rules import Rule, RulePack, choose, deadline, rule_of
from spokesdesk.domain.text import short_date


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``rules due`` to the command line."""
    rules = subparsers.add_parser("rules", help=_("tính thời hạn theo luật báo chí"))
    due = rules.add_subparsers(dest="rules_command", required=True).add_parser(
        "due", help=_("thời hạn của một quy tắc, hoặc mọi quy tắc do một sự kiện làm phát sinh")
    )
    due.add_argument("--rule", default="", metavar="ID", help=_("mã quy tắc, ví dụ N237-ANS-15"))
    due.add_argument("--event", default="", metavar="NAME", help=_("sự kiện, ví dụ rebuttal"))
    due.add_argument("--at", required=True, metavar="TIME", help=_("thời điểm phát sinh (giờ Việt Nam)"))
    due.add_argument("--outlet-kind", default="", metavar="KIND", help=_("online, daily_print, radio_tv…"))
    due.set_defaults(run=run)


def run(args: argparse.Namespace) -> object:
    """Give one deadline (``--rule``) or a list of them (``--event``), ready for JSON.

    Raises:
        UserError: unknown rule or event, unreadable time, a rule that was not in force on that day.
    """
    from spokesdesk import bootstrap

    pack, calendar = bootstrap.rulebook()
    at = parse_time(args.at, field="at")
    if args.rule:
        return due_of(rule_of(pack, args.rule), at, calendar)
    return due_after(pack, args.event, at, calendar, outlet_kind=args.outlet_kind)


def due_after(
    pack: RulePack, event: str, at: datetime, calendar: WorkingCalendar, *, outlet_kind: str = ""
) -> list[dict[str, object]]:
    """Give the deadlines of every rule that an event starts, by the law of that day.

    Raises:
        UserError: ``rules_nothing_asked`` without an event, ``rules_event_unknown``.
    """
    if not event:
        raise UserError("rules_nothing_asked", field="event")
    rules = choose(pack, event, vn_day(at), outlet_kind=outlet_kind or None)
    return [due_of(rule, at, calendar) for rule in rules]


def due_of(rule: Rule, at: datetime, calendar: WorkingCalendar) -> dict[str, object]:
    """Give one rule's deadline as plain values.

    Raises:
        UserError: ``rules_not_in_force``: the law of that day was another.
    """
    if not rule.in_force_on(vn_day(at)):
        last = short_date(rule.in_force_to) if rule.in_force_to else "…"
        span = f"{short_date(rule.in_force_from)} – {last}"
        raise UserError(
            "rules_not_in_force", field="rule", rule=rule.id, on=short_date(vn_day(at)), span=span
        )
    found = deadline(rule, at, calendar)
    return {
        "rule": rule.id,
        "title": rule.title,
        "trigger": found.trigger,
        "trigger_at": iso_vn(at),
        "due": iso_vn(found.due_at) if found.due_at else None,
        "wording": found.wording,
        "minimum": found.minimum,
        "actor": rule.actor,
        "action": rule.action,
        "citation": found.citation.text,
        "confidence": found.confidence.value,
        "calendar_uncertain": found.calendar_uncertain,
        "note": found.note,
    }
