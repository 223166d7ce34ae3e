"""A rule file that is wrong is refused by file, rule and key: a silent slip would change the law."""

from datetime import date
from typing import Any

import pytest

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.rules import parse_pack
from spokesdesk.domain.words import word


def _instrument(**change: object) -> dict[str, object]:
    base: dict[str, object] = {
        "id": "X1",
        "name": "Nghị định số 1",
        "title": "Thử",
        "in_force_from": date(2026, 1, 1),
        "confidence": "verified",
        "source": "thử",
    }
    return base | change


def _rule(**change: object) -> dict[str, object]:
    base: dict[str, object] = {
        "id": "X1-A",
        "title": "Thử",
        "event": "tried",
        "trigger": "ngày thử",
        "duration": 5,
        "unit": "days",
        "actor": "Cơ quan",
        "action": "Làm",
        "instrument": "X1",
        "article": "1",
        "confidence": "verified",
        "source": "thử",
    }
    merged = base | change
    return {key: value for key, value in merged.items() if value is not None}


def _files(**parts: Any) -> dict[str, dict[str, object]]:
    content: dict[str, object] = {
        "instrument": [_instrument()],
        "event": [{"id": "tried", "title": "Đã thử"}],
        "rule": [_rule()],
    }
    return {"thu.toml": content | parts}


def test_a_sound_file_is_taken_and_force_dates_come_from_the_instrument() -> None:
    pack = parse_pack(_files(instrument=[_instrument(in_force_to=date(2026, 6, 30))]))
    rule = pack.rules["X1-A"]
    assert (rule.in_force_from, rule.in_force_to) == (date(2026, 1, 1), date(2026, 6, 30))
    assert rule.roll


def test_the_last_day_setting_holds_for_rules_that_do_not_decide_themselves() -> None:
    clock = [{"id": "c", "roll_last_day_off": False}]
    rules = [_rule(), _rule(id="X1-B", roll=True)]
    pack = parse_pack(_files(clock=clock, rule=rules))
    assert [rule.roll for rule in pack.rules.values()] == [False, True]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"durations": 5}, "durations"),
        ({"duration": None}, "duration"),
        ({"duration": 0}, "duration"),
        ({"duration": True}, "duration"),
        ({"duration": "5"}, "duration"),
        ({"unit": "weeks"}, "unit"),
        ({"unit": "at_once"}, "duration"),
        ({"unit": "fixed_date", "duration": None}, "fixed_day"),
        ({"unit": "fixed_date", "duration": None, "fixed_month": 2, "fixed_day": 30}, "fixed_day"),
        ({"event": "unheard"}, "event"),
        ({"instrument": "X2"}, "instrument"),
        ({"article": None}, "article"),
        ({"confidence": "sure"}, "confidence"),
        ({"direction": "sideways"}, "direction"),
        ({"title": " "}, "title"),
        ({"actor": 5}, "actor"),
        ({"minimum": "yes"}, "minimum"),
        ({"outlet_kinds": "online"}, "outlet_kinds"),
        ({"in_force_from": "2026-01-01"}, "in_force_from"),
    ],
)
def test_a_wrong_rule_is_refused_by_its_key(change: dict[str, object], key: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_pack(_files(rule=[_rule(**change)]))
    assert refused.value.params == {"file": "thu.toml", "rule": "X1-A", "key": key}
    assert "thu.toml" in word(refused.value)


@pytest.mark.parametrize(
    ("parts", "rule", "key"),
    [
        ({"rules": []}, "*", "rules"),
        ({"rule": {}}, "*", "rule"),
        ({"rule": [_rule(), _rule()]}, "X1-A", "id"),
        ({"instrument": [_instrument(in_force_from=None)]}, "X1", "in_force_from"),
        ({"event": [{"id": "tried", "title": "x", "includes": ["unheard"]}]}, "tried", "includes"),
        ({"event": [{"id": "tried"}]}, "tried", "title"),
        ({"ground": [{"id": "G", "text": "x", "instrument": "X9"}]}, "G", "instrument"),
        ({"demand": [{"id": "D", "profile": "general"}]}, "D", "instrument"),
        ({"card_term": [{"id": "C", "title": "x"}]}, "C", "issued_from"),
        (
            {"card_term": [{"id": "C", "title": "x", "issued_from": date(2026, 1, 1)}]},
            "C",
            "valid_until",
        ),
    ],
)
def test_a_wrong_file_is_refused_by_its_part(parts: dict[str, object], rule: str, key: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_pack(_files(**parts))
    assert (refused.value.params["rule"], refused.value.params["key"]) == (rule, key)
