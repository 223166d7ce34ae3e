"""``spokesdesk rules``: limits of the press law with their căn cứ (no workspace needed), and packs of rules."""

import argparse
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from spokesdesk.cli import rules_packs
from spokesdesk.cli.answer import Answer
from spokesdesk.cli.rules_text import due_text, due_value, rule_text, rule_value
from spokesdesk.domain.calendar import WorkingCalendar
from spokesdesk.domain.clock import parse_time, vn_day
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.rules import Rule, RulePack, choose, deadline, rule_of
from spokesdesk.domain.text import short_date
from spokesdesk.services.calendar import own_calendar
from spokesdesk.services.incident_clocks import EVENTS

# What the command line calls the moments of an incident.
_MOMENTS = {"happened": "happened_at", "received": "received_at", "impact": "impact_at"}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``rules …`` to the command line."""
    rules = subparsers.add_parser("rules", help=_("thời hạn theo luật báo chí; bộ quy định"))
    nouns = rules.add_subparsers(dest="rules_command", required=True)
    due = nouns.add_parser(
        "due", help=_("thời hạn của một quy tắc, hoặc mọi quy tắc do sự kiện làm phát sinh")
    )
    due.add_argument("--rule", default="", metavar="ID", help=_("mã quy tắc, ví dụ N237-ANS-15"))
    due.add_argument("--event", default="", metavar="NAME", help=_("sự kiện, ví dụ rebuttal"))
    due.add_argument("--at", default="", metavar="TIME", help=_("thời điểm phát sinh (giờ Việt Nam)"))
    _add_moments(due)
    due.set_defaults(run=run)
    listed = nouns.add_parser("list", help=_("mọi quy tắc, hoặc quy tắc của một sự kiện, một ngày"))
    listed.add_argument("--event", default="", metavar="NAME", help=_("sự kiện, ví dụ rebuttal"))
    listed.add_argument("--on", default="", metavar="DATE", help=_("chỉ quy tắc có hiệu lực ngày này"))
    listed.set_defaults(run=_list)
    for one in (due, listed):
        one.add_argument(
            "--outlet-kind", default="", metavar="KIND", help=_("online, daily_print, radio_tv…")
        )
        one.add_argument(
            "--agency-kind", default="", metavar="KIND", help=_("central, province, department…")
        )
    show = nouns.add_parser("show", help=_("một quy tắc, đầy đủ"))
    show.add_argument("rule", metavar="ID")
    show.set_defaults(run=_show)
    nouns.add_parser("events", help=_("các sự kiện làm phát sinh thời hạn")).set_defaults(run=_events)
    rules_packs.add(nouns)


def _add_moments(due: argparse.ArgumentParser) -> None:
    """Add the moments of an incident, each of which starts its own clock, and the workspace whose packs count."""
    due.add_argument("--happened", default="", metavar="TIME", help=_("lúc vụ việc xảy ra"))
    due.add_argument("--received", default="", metavar="TIME", help=_("lúc cơ quan tiếp nhận và xử lý"))
    due.add_argument("--impact", default="", metavar="TIME", help=_("lúc cơ quan xác định có tác động"))
    due.add_argument(
        "--workspace", default="", metavar="DIR", help=_("theo bộ quy định và ngày nghỉ của bàn làm việc này")
    )


def run(args: argparse.Namespace) -> Answer:
    """Give one deadline (``--rule``), those an event starts, those of an incident's moments, or of every event.

    Raises:
        UserError: unknown rule or event, unreadable time or none, a rule that was not in force on that day.
    """
    pack, calendar = _book(args.workspace)
    moments = {EVENTS[field]: getattr(args, name) for name, field in _MOMENTS.items() if getattr(args, name)}
    if moments:
        return _incident(args, pack, calendar, moments)
    if not args.at:
        raise UserError("field_required", field="at")
    at = parse_time(args.at, field="at")
    if args.rule:
        rule = rule_of(pack, args.rule)
        value = due_of(rule, at, calendar)
        return Answer(value, due_text(value))
    found = [
        due_of(rule, at, calendar)
        for rule in _chosen(pack, args.event, vn_day(at), args.outlet_kind, args.agency_kind)
    ]
    return Answer(
        found, "\n".join(due_text(value) for value in found) or _("Không có quy tắc nào vào ngày đó.")
    )


def _incident(
    args: argparse.Namespace, pack: RulePack, calendar: WorkingCalendar, moments: Mapping[str, str]
) -> Answer:
    """Give the clocks that the moments of an incident start, each by the law of its own day."""
    found = []
    for event, typed in moments.items():
        at = parse_time(typed, field="at")
        rules = _chosen(pack, event, vn_day(at), args.outlet_kind, args.agency_kind)
        found += [due_of(rule, at, calendar) for rule in rules]
    return Answer(
        found, "\n".join(due_text(value) for value in found) or _("Không có quy tắc nào vào ngày đó.")
    )


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
    return due_value(rule, deadline(rule, at, calendar))


def _chosen(pack: RulePack, event: str, on: date, outlet: str, agency: str) -> tuple[Rule, ...]:
    """Give the rules of an event, or of every event when none is named, by the law of a day."""
    events = [event] if event else [each.id for each in pack.events.values() if not each.includes]
    kinds: dict[str, Any] = {"outlet_kind": outlet or None, "agency_kind": agency or None}
    return tuple(rule for each in events for rule in choose(pack, each, on, **kinds))


def _list(args: argparse.Namespace) -> Answer:
    pack, _calendar = _book()
    if args.on:
        on = vn_day(parse_time(args.on, field="on"))
        found = _chosen(pack, args.event, on, args.outlet_kind, args.agency_kind)
    else:
        known = pack.events.get(args.event) if args.event else None
        if args.event and known is None:
            choose(pack, args.event, date.min)
        wanted = set((known.includes or (known.id,)) if known else pack.events)
        found = tuple(rule for rule in pack.rules.values() if rule.event in wanted)
    return Answer([rule_value(pack, rule) for rule in found], "\n".join(rule_text(rule) for rule in found))


def _show(args: argparse.Namespace) -> Answer:
    pack, _calendar = _book()
    rule = rule_of(pack, args.rule)
    value = rule_value(pack, rule)
    lines = [rule_text(rule), f"  {_('Bắt đầu tính')}: {rule.trigger}"]
    lines += [f"  {_('Ai làm')}: {rule.actor}" + (f" → {rule.addressee}" if rule.addressee else "")]
    lines += [f"  {_('Việc')}: {rule.action}"]
    lines += [f"  {_('Lưu ý')}: {rule.note}"] if rule.note else []
    return Answer(value, "\n".join(lines))


def _events(_args: argparse.Namespace) -> Answer:
    pack, _calendar = _book()
    value = [
        {"id": each.id, "title": each.title, "includes": list(each.includes)} for each in pack.events.values()
    ]
    return Answer(value, "\n".join(f"{each.id}  {each.title}" for each in pack.events.values()))


def _book(workspace: str = "") -> tuple[RulePack, WorkingCalendar]:
    """Give the law that comes with the program; with a workspace, its packs and its own days off laid over it."""
    from spokesdesk import bootstrap

    if not workspace:
        return bootstrap.rulebook()
    desk = bootstrap.open_desk(Path(workspace))
    try:
        return desk.rules, own_calendar(desk)
    finally:
        desk.close()
