"""The letter file: what is read, what is refused and how it is named, and that writing loses nothing."""

import unicodedata
from dataclasses import fields, replace
from datetime import date

import pytest

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.letters import LIMITS, Letter, LetterKind, Urgency, check, check_complete
from spokesdesk.domain.words import word
from spokesdesk.typeset.letter_file import read_letter, write_letter
from tests.typeset.corpus import LETTER, RELEASE, VARIANTS, changed

LEAST = 'kind = "cong-van"\nagency = "Sở A"\nbody = "Nội dung"\n'


def refused(text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        read_letter(text)
    return caught.value


def test_the_samples_hold_the_real_case() -> None:
    assert LETTER.kind is LetterKind.CONG_VAN
    assert RELEASE.kind is LetterKind.THONG_CAO_BAO_CHI
    assert LETTER.date_on == date(2018, 3, 12)
    assert "Điều 42, Điều 43 Luật Báo chí" in LETTER.body
    for letter in (LETTER, RELEASE):
        check_complete(letter)


@pytest.mark.parametrize("name", VARIANTS)
def test_writing_and_reading_again_gives_the_same_letter(name: str) -> None:
    assert read_letter(write_letter(VARIANTS[name])) == VARIANTS[name]


def test_a_letter_that_has_every_field_comes_back_whole() -> None:
    full = replace(LETTER, urgency=Urgency.HOA_TOC, circulation="LƯU HÀNH NỘI BỘ", drafter="PL", copies=30)
    full = replace(full, contact=VARIANTS["letter-13-contact"].contact, annexes=VARIANTS["annexes"].annexes)
    full = replace(full, legal_bases=VARIANTS["letter-13-bases"].legal_bases)
    empty = [part.name for part in fields(Letter) if getattr(full, part.name) in (None, "", ())]
    assert empty == [], "the letter of this test has an empty field"
    assert read_letter(write_letter(full)) == full


@pytest.mark.parametrize("body", ['ba """ dấu', "gạch \\ ngược", "kết thúc\n\n", "\n mở đầu", "'''", 'x"'])
def test_no_body_is_bent_by_the_quoting(body: str) -> None:
    letter = replace(LETTER, body=body)
    assert read_letter(write_letter(letter)).body == body


def test_any_normal_form_is_read_as_nfc() -> None:
    decomposed = unicodedata.normalize("NFD", write_letter(LETTER))
    assert read_letter(decomposed) == LETTER


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    assert read_letter("\ufeff" + write_letter(LETTER).replace("\n", "\r\n")) == LETTER


def test_a_date_may_be_a_string() -> None:
    assert read_letter(f'{LEAST}date = "2018-03-12"').date_on == date(2018, 3, 12)
    assert read_letter(f"{LEAST}date = 2018-03-12").date_on == date(2018, 3, 12)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('subjct = "x"', "subjct"),
        ('[contact]\nmail = "x"', "contact.mail"),
        ('[[signers]]\nauthority = []\nnam = "x"', "signers.1.nam"),
        ('[[annexes]]\nbody = "a"\n[[annexes]]\ntitel = "x"', "annexes.2.titel"),
        ("subject = 3", "subject"),
        ('number = "214"', "number"),
        ("number = true", "number"),
        ("size = 14.0", "size"),
        ('addressees = "Báo A"', "addressees"),
        ("recipients = [1]", "recipients"),
        ('[[annexes]]\nlandscape = "có"', "annexes.1.landscape"),
        ("signers = 1", "signers"),
        ("contact = 1", "contact"),
        ("date = 2018-03-12T08:00:00", "date"),
        ('date = "12/3/2018"', "date"),
        ("date = 1066-10-14", "date"),
        ('urgency = "gap"', "urgency"),
        ("urgency = 1", "urgency"),
        ("size = 12", "size"),
        ("number = 0", "number"),
        ("copies = 1000000", "copies"),
    ],
)
def test_a_wrong_key_or_value_is_named(line: str, field: str) -> None:
    error = refused(LEAST + line)
    assert error.field == field
    assert field in word(error) or LIMITS.get(field, LIMITS["subject"]).label in word(error)


@pytest.mark.parametrize("text", ["kind = ", "a = 1\na = 2", "[", "\x00", 'kind = "x'])
def test_what_is_not_toml_is_refused(text: str) -> None:
    assert refused(text).code == "letter_not_toml"


def test_an_unknown_or_missing_kind_names_the_kinds_there_are() -> None:
    for text in ('kind = "nghi-quyet"', 'agency = "A"'):
        error = refused(text)
        assert error.field == "kind"
        assert "thong-cao-bao-chi" in word(error)


def test_nesting_without_end_is_refused() -> None:
    assert refused("a = " + "[" * 100_000).code == "letter_not_toml"


@pytest.mark.parametrize(("key", "limit"), [(key, limit) for key, limit in LIMITS.items() if "." not in key])
def test_every_field_says_its_limit(key: str, limit: object) -> None:
    most, items = LIMITS[key].most, LIMITS[key].items
    if key in ("signers", "annexes"):
        part = getattr(VARIANTS["annexes"], key)[:1] * (items + 1)
        beyond = changed(LETTER, **{key: part})
        most = items
    elif isinstance(getattr(LETTER, key), tuple):
        beyond = changed(LETTER, **{key: ("x" * (most + 1),)})
        check(changed(LETTER, **{key: ("x" * most,)}))
    else:
        beyond = changed(LETTER, **{key: "x" * (most + 1)})
        check(changed(LETTER, **{key: "x" * most}))
    with pytest.raises(UserError) as caught:
        check(beyond)
    assert (caught.value.field or "").startswith(key)
    assert str(most) in word(caught.value)
    assert LIMITS[key].label in word(caught.value)


@pytest.mark.parametrize(
    "mark", ["\x00", "\x0b", "\x1b", "\u202e", "\u200f", "\u2066", "\ud800", "\ufffe", "\ue000"]
)
@pytest.mark.parametrize("key", ["subject", "body", "agency", "place"])
def test_marks_that_no_paper_can_hold_are_refused_by_field(key: str, mark: str) -> None:
    with pytest.raises(UserError) as caught:
        check(changed(LETTER, **{key: f"Long{mark}An"}))
    assert caught.value.field == key
    assert LIMITS[key].label in word(caught.value)


def test_a_line_break_in_a_one_line_field_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        check(replace(LETTER, addressees=("Báo A", "Báo\nB")))
    assert (caught.value.code, caught.value.field) == ("letter_line_break", "addressees.2")


def test_invisible_marks_of_a_paste_are_dropped() -> None:
    body = "Tuổi\u00a0Trẻ\u200b và Thanh\u00ad Niên 214\u2011STTTT"
    letter = read_letter(f'kind = "cong-van"\nagency = "A"\nbody = "{body}"')
    assert letter.body == "Tuổi Trẻ và Thanh Niên 214-STTTT"


def test_ten_megabytes_of_paste_are_refused_with_the_limit() -> None:
    error = refused(f'kind = "cong-van"\nagency = "A"\nbody = """{"ă" * 10_000_000}"""')
    assert error.field == "body"
    assert str(LIMITS["body"].most) in word(error)


@pytest.mark.parametrize("key", ["agency", "body"])
def test_a_letter_without_its_essentials_is_not_complete(key: str) -> None:
    with pytest.raises(UserError) as caught:
        check_complete(changed(LETTER, **{key: "  "}))
    assert caught.value.field == key


def test_minutes_need_two_signers() -> None:
    with pytest.raises(UserError) as caught:
        check_complete(replace(VARIANTS["minutes"], signers=LETTER.signers))
    assert caught.value.field == "signers"
