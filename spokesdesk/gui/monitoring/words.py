"""What the queue says: the tone of each finding, and the key that gives it."""

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.monitoring import ItemState, Standing, Triage

TONES = {
    Triage.TRUE: "green",
    Triage.INACCURATE: "amber",
    Triage.MISLEADING: "amber",
    Triage.FALSE: "red",
    Triage.SENSITIVE: "teal",
    Triage.FALSE_POST: "red",
    Triage.UNRELATED: "neutral",
}
# One key each, on the list as in the text.
KEYS = {
    "1": Triage.TRUE,
    "2": Triage.INACCURATE,
    "3": Triage.MISLEADING,
    "4": Triage.FALSE,
    "5": Triage.SENSITIVE,
    "6": Triage.FALSE_POST,
    "0": Triage.UNRELATED,
}
SHORT = {Triage.FALSE_POST: _("Tin giả MXH"), Triage.INACCURATE: _("Chưa chính xác")}


def short(verdict: Triage) -> str:
    """Give a finding in so few words that a chip holds them."""
    return _(SHORT[verdict]) if verdict in SHORT else verdict.wording


def chip(now: Standing) -> tuple[str, str]:
    """Give the chip of an item and its tone."""
    if now.verdict is not None:
        return short(now.verdict), TONES[now.verdict]
    return now.state.wording, "teal" if now.state is ItemState.OPEN else "neutral"
