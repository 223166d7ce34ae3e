"""Text from before Unicode is recognised, read letter for letter, and correct text is left alone."""

import tomllib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from spokesdesk import assets
from spokesdesk.domain.legacy_text import (
    Encoding,
    decode,
    encode,
    encodings_from,
    guess,
    is_unicode,
    of_font,
    to_unicode,
)
from spokesdesk.domain.syllables import is_syllable

ENCODINGS = encodings_from(tomllib.loads(assets.read_text("formats", "legacy_encodings.toml")))
TCVN3, VNI = ENCODINGS
BASES = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = [unicodedata.normalize("NFC", base + tone) for base in BASES for tone in TONES] + ["đ"]
MARKED = [letter for letter in SMALL if not letter.isascii()]
SENTENCES = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "Độc lập - Tự do - Hạnh phúc",
    "Căn cứ Luật Báo chí ngày 05 tháng 4 năm 2016; theo đề nghị của Chánh Văn phòng Sở.",
    "Ủy ban nhân dân tỉnh yêu cầu các cơ quan báo chí cải chính thông tin sai sự thật “Thư ký Hội Luật gia”.",
    "Ngoằn ngoèo, khuỷu tay, quẹt thuế; nghiêng ngả, ưỡn ẹo, kỹ thuật và truyền thông.",
)
FOREIGN = (
    "Où est le café à côté de l'hôtel ? Été, forêt, théâtre, élève, garçon, naïve.",
    "Straße für Übergröße, Mädchen, schön, Köln, Fußgängerübergänge.",
    "Más años, niño, señor, después, corazón, ¿qué tal?",
    "São Paulo não é só ação, coração, irmã.",
    "© 2018 – 5 µm ± ½, «Báo» ® § 4 ¶ 2, 5 × 3 ÷ 2 = £10 ¥20",
)


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda encoding: encoding.id)
def test_every_vietnamese_letter_comes_back(encoding: Encoding) -> None:
    assert len(set(encoding.letters.values())) == len(encoding.letters), "no code stands for two letters"
    for letter in MARKED:
        coded = encode(letter, encoding)
        assert coded != letter or letter in "íìý"
        assert decode(coded, encoding) == letter
        assert decode(coded, encoding, upper=True) == letter.upper()


def test_capitals_come_back_where_the_encoding_has_them() -> None:
    for letter in MARKED:
        assert decode(encode(letter.upper(), VNI), VNI) == letter.upper()
    for letter in "ĂÂÊÔƠƯĐ":
        assert decode(encode(letter, TCVN3), TCVN3) == letter


@given(some.text(some.sampled_from([*MARKED, *"bcdghklmnpqrstvx", " ", ",", "1"]), max_size=60))
def test_any_text_written_in_tcvn3_comes_back(text: str) -> None:
    assert decode(encode(text, TCVN3), TCVN3) == text


WORDS = some.sampled_from([word for sentence in SENTENCES for word in sentence.split()])


@given(some.lists(WORDS, max_size=30))
def test_any_words_written_in_vni_come_back(words: list[str]) -> None:
    text = " ".join(words)
    assert decode(encode(text, VNI), VNI) == text


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda encoding: encoding.id)
@pytest.mark.parametrize("sentence", SENTENCES, ids=range(len(SENTENCES)))
def test_sentences_are_recognised_by_their_letters(sentence: str, encoding: Encoding) -> None:
    small = sentence.lower() if encoding is TCVN3 else sentence
    found = guess(encode(small, encoding), ENCODINGS)
    assert found is encoding
    assert to_unicode(encode(small, encoding), ENCODINGS).text == small


def test_capitals_of_vni_are_recognised() -> None:
    for sentence in SENTENCES:
        assert to_unicode(encode(sentence.upper(), VNI), ENCODINGS).text == sentence.upper()


@pytest.mark.parametrize("text", [*SENTENCES, *FOREIGN], ids=range(len(SENTENCES) + len(FOREIGN)))
def test_correct_text_is_never_converted(text: str) -> None:
    for written in (text, text.upper(), text.lower(), unicodedata.normalize("NFD", text)):
        assert guess(written, ENCODINGS) is None
        assert to_unicode(written, ENCODINGS).text == written


VIETNAMESE = [letter for letter in MARKED if not is_unicode(letter)]
SYLLABLES = [
    onset + vowel + coda
    for onset in ("", "b", "c", "l", "m", "nh", "tr")
    for vowel in VIETNAMESE
    for coda in ("", "n", "i")
    if is_syllable(onset + vowel + coda)
]


@given(some.lists(some.sampled_from(SYLLABLES), min_size=1, max_size=40))
def test_unicode_words_without_any_telling_letter_are_never_converted(words: list[str]) -> None:
    text = " ".join(words)
    assert to_unicode(text, ENCODINGS).text == text


@given(some.lists(WORDS, min_size=1, max_size=40))
def test_real_words_in_unicode_are_never_converted(words: list[str]) -> None:
    text = " ".join(words)
    assert to_unicode(text, ENCODINGS).text == text


def test_lines_of_several_encodings_stand_together() -> None:
    old, older = encode(SENTENCES[0].lower(), TCVN3), encode(SENTENCES[3], VNI)
    made = to_unicode("\n".join((SENTENCES[2], old, "", older, "Plain ASCII 2018")), ENCODINGS)
    assert made.text.split("\n") == [SENTENCES[2], SENTENCES[0].lower(), "", SENTENCES[3], "Plain ASCII 2018"]
    assert {encoding.id for encoding in made.encodings} == {"tcvn3", "vni"}


def test_a_short_line_follows_the_text_around_it() -> None:
    text = "đoạn:\n" + SENTENCES[3].lower()
    assert guess(encode("đoạn:", TCVN3), ENCODINGS) is None
    assert to_unicode(encode(text, TCVN3), ENCODINGS).text == text


@pytest.mark.parametrize(
    ("font", "found", "upper"),
    [
        (".VnTime", "tcvn3", False),
        (".VnTimeH", "tcvn3", True),
        (".VnArial NarrowH", "tcvn3", True),
        (".vntime", "tcvn3", False),
        ("VNI-Times", "vni", False),
        ("VNI Helve", "vni", False),
    ],
)
def test_fonts_tell_their_encoding(font: str, found: str, upper: bool) -> None:
    encoding = of_font(font, ENCODINGS)
    assert encoding is not None
    assert (encoding[0].id, encoding[1]) == (found, upper)


@pytest.mark.parametrize("font", ["Times New Roman", "Arial", "VnTime Unicode", "UVN Van", ""])
def test_other_fonts_tell_nothing(font: str) -> None:
    assert of_font(font, ENCODINGS) is None


def test_letters_moved_to_the_private_range_are_read() -> None:
    coded = encode("đề nghị", TCVN3)
    moved = "".join(chr(0xF000 + ord(char)) if ord(char) > 0x7F else char for char in coded)
    assert decode(moved, TCVN3) == "đề nghị"
