"""The rule pack (bộ quy tắc): the law as dated data, which rule holds on a day, and when a limit ends."""

from spokesdesk.domain.rules.choose import answering, choose, grounds_on, rule_of
from spokesdesk.domain.rules.deadlines import Deadline, deadline
from spokesdesk.domain.rules.parse import parse_pack
from spokesdesk.domain.rules.records import (
    CardTerm,
    Citation,
    Confidence,
    Demand,
    Direction,
    Duty,
    Event,
    Instrument,
    PapersCheck,
    PapersProfile,
    RefusalGround,
    Rule,
    RulePack,
    Unit,
)

__all__ = [
    "CardTerm",
    "Citation",
    "Confidence",
    "Deadline",
    "Demand",
    "Direction",
    "Duty",
    "Event",
    "Instrument",
    "PapersCheck",
    "PapersProfile",
    "RefusalGround",
    "Rule",
    "RulePack",
    "Unit",
    "answering",
    "choose",
    "deadline",
    "grounds_on",
    "parse_pack",
    "rule_of",
]
