"""How rules and their limits are written out for people and for scripts."""

from spokesdesk.domain.clock import iso_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.rules import Deadline, Rule, RulePack
from spokesdesk.domain.text import short_date


def due_value(rule: Rule, found: Deadline) -> dict[str, object]:
    """Give a reckoned limit as plain values; times in ISO 8601 with +07:00, doubt in words too."""
    return {
        "rule": rule.id,
        "title": rule.title,
        "event": rule.event,
        "trigger": found.trigger,
        "trigger_at": iso_vn(found.trigger_at),
        "due": iso_vn(found.due_at) if found.due_at else None,
        "wording": found.wording,
        "duration": rule.duration,
        "unit": rule.unit.value,
        "minimum": found.minimum,
        "actor": rule.actor,
        "addressee": rule.addressee,
        "action": rule.action,
        "citation": found.citation.text,
        "confidence": found.confidence.value,
        "verified": not found.confidence.is_uncertain,
        "doubt": _doubt(rule),
        "calendar_uncertain": found.calendar_uncertain,
        "calendar_note": found.calendar_note,
        "local": rule.is_local,
        "note": found.note,
    }


def due_text(value: dict[str, object]) -> str:
    """Give a reckoned limit as people read it: the limit, its căn cứ with any doubt, what to know."""
    doubt = f" ({value['doubt']})" if value["doubt"] else ""
    local = f"  [{_('quy định của địa phương')}]" if value["local"] else ""
    lines = [f"{value['rule']}  {value['title']}{local}", f"  {value['wording']}"]
    lines += [f"  {_('Căn cứ')}: {value['citation']}{doubt}"]
    lines += [f"  {text}" for text in (value["calendar_note"], value["note"]) if text]
    return "\n".join(lines)


def rule_value(pack: RulePack, rule: Rule) -> dict[str, object]:
    """Give a rule with everything the pack knows of it as plain values."""
    return {
        "rule": rule.id,
        "title": rule.title,
        "event": rule.event,
        "event_title": pack.events[rule.event].title,
        "trigger": rule.trigger,
        "duration": rule.duration,
        "unit": rule.unit.value,
        "direction": rule.direction.value,
        "fixed_day": f"{rule.fixed_day[0]:02d}-{rule.fixed_day[1]:02d}" if rule.fixed_day else None,
        "times": rule.times,
        "minimum": rule.minimum,
        "actor": rule.actor,
        "addressee": rule.addressee,
        "action": rule.action,
        "citation": rule.citation.text,
        "in_force_from": rule.in_force_from,
        "in_force_to": rule.in_force_to,
        "confidence": rule.confidence.value,
        "verified": not rule.confidence.is_uncertain,
        "doubt": _doubt(rule),
        "outlet_kinds": list(rule.outlet_kinds),
        "agency_kinds": list(rule.agency_kinds),
        "duty": rule.duty.value,
        "local": rule.is_local,
        "source": rule.source,
        "note": rule.note,
    }


def rule_text(rule: Rule) -> str:
    """Give a rule in two lines: what it is, and where it stands."""
    last = short_date(rule.in_force_to) if rule.in_force_to else _("nay")
    doubt = f" ({_doubt(rule)})" if rule.confidence.is_uncertain else ""
    local = f"  [{_('quy định của địa phương')}]" if rule.is_local else ""
    force = _("hiệu lực {first} – {last}").format(first=short_date(rule.in_force_from), last=last)
    return f"{rule.id}  {rule.title}{local}\n  {rule.citation.text}{doubt}; {force}"


def _doubt(rule: Rule) -> str:
    return rule.confidence.wording if rule.confidence.is_uncertain else ""
