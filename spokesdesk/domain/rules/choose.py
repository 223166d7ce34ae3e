"""Which rules hold: by the event and by the day of the trigger, never by today."""

from datetime import date

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.rules.records import RefusalGround, Rule, RulePack


def choose(
    pack: RulePack,
    event: str,
    trigger_on: date,
    *,
    outlet_kind: str | None = None,
    agency_kind: str | None = None,
) -> tuple[Rule, ...]:
    """Give the rules that an event starts, by the law in force on the day of the trigger.

    Args:
        pack: the law as data.
        event: key of an event, or of a matter that is several events (``rebuttal``).
        trigger_on: the day of the trigger in Vietnam.
        outlet_kind: kind of the outlet (``online``, ``daily_print`` …); None: rules for every kind.
        agency_kind: ``central``, ``province``, ``department`` or ``commune``; None: rules for every kind.

    Returns:
        The rules in the order of the data; empty when no law known to the pack was in force.

    Raises:
        UserError: ``rules_event_unknown``.

    Source: Luật Ban hành văn bản quy phạm pháp luật (a text governs what happens while it is in force).
    """
    known = pack.events.get(event)
    if known is None:
        raise UserError("rules_event_unknown", field="event", event=event, known=", ".join(pack.events))
    wanted = frozenset(known.includes or (event,))
    return tuple(
        rule
        for rule in pack.rules.values()
        if rule.event in wanted
        and rule.in_force_on(trigger_on)
        and (outlet_kind is None or not rule.outlet_kinds or outlet_kind in rule.outlet_kinds)
        and (agency_kind is None or not rule.agency_kinds or agency_kind in rule.agency_kinds)
    )


def answering(pack: RulePack, event: str, on: date) -> Rule | None:
    """Give the rule that an answer is due by: a local one with a limit before the law's, which sets the outer bound.

    Args:
        event: key of an event; an unknown one has no rule.
        on: the day of the trigger in Vietnam.
    """
    found = choose(pack, event, on) if event in pack.events else ()
    local = [rule for rule in found if rule.is_local and rule.duration is not None]
    return next(iter((*local, *found)), None)


def rule_of(pack: RulePack, rule_id: str) -> Rule:
    """Give one rule by its id, whatever the letters' case.

    Raises:
        UserError: ``rules_rule_unknown``.
    """
    rule = pack.rules.get(rule_id.strip().upper())
    if rule is None:
        raise UserError("rules_rule_unknown", field="rule", rule=rule_id)
    return rule


def grounds_on(pack: RulePack, on: date) -> tuple[RefusalGround, ...]:
    """Give the grounds on which information could be refused on a day.

    Source: Luật Báo chí 2016, Điều 38 khoản 2; Luật Báo chí 2025, Điều 31 khoản 2.
    """
    return tuple(
        ground
        for ground in pack.grounds
        if ground.in_force_from <= on and (ground.in_force_to is None or on <= ground.in_force_to)
    )
