"""Who answered the press: names to offer, and a caution when somebody was not authorised on that day."""

from collections.abc import Iterable
from datetime import date

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.journal import Contact
from spokesdesk.domain.text import words_match
from spokesdesk.services import people, spokespeople
from spokesdesk.services.ports import Desk, Suggestion


def answerers(desk: Desk, on: date, words: str) -> tuple[Suggestion, ...]:
    """Give who may have answered: those authorised on the day first, then who works here.

    Args:
        on: the day in Vietnam.
        words: typed so far, with or without accents.
    """
    held = [Suggestion(item.id, item.name, item.post) for item in spokespeople.current(desk, on)]
    named = {item.name for item in held}
    members = [
        Suggestion(item.id, item.name, item.post) for item in people.members(desk) if item.name not in named
    ]
    return tuple(item for item in (*held, *members) if words_match(words, item.name))


def cautions(desk: Desk, names: Iterable[str], on: date) -> tuple[str, ...]:
    """Give a sentence for everybody named who was not validly authorised on the day, or only for one matter.

    Source: Nghị định 244/2026/NĐ-CP, Điều 3 khoản 2, 5 (one copy seen).
    """
    found = (spokespeople.standing(desk, name, on) for name in dict.fromkeys(names) if name.strip())
    return tuple(spokespeople.sentence(each) for each in found if not each.is_valid or each.scope)


def cautions_of(desk: Desk, entry: Contact) -> tuple[str, ...]:
    """Give the cautions of an entry, each person judged on the day of the answer."""
    said = [(each.answered_by, each.answered_at) for each in (*entry.answers, *entry.replies)]
    by_day = {(name, vn_day(at)) for name, at in [(entry.answered_by, entry.received_at), *said]}
    found = (cautions(desk, (name,), on) for name, on in sorted(by_day))
    return tuple(dict.fromkeys(sentence for sentences in found for sentence in sentences))
