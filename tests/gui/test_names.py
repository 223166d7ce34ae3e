"""Whatever can be found, resumed or seen in the ledger has a word that people know."""

from spokesdesk.gui import places
from spokesdesk.gui.palette import kind_words
from spokesdesk.gui.resume import form_word, form_words
from spokesdesk.gui.sync.nouns import entity_word
from spokesdesk.store.replica_tables import specs

EVERY = (*places.rail(), *places.beside())
# Opened from the first page or a list of their own, never searched.
NOT_SEARCHED = {"duty"}


def test_every_form_whose_draft_a_screen_takes_back_is_offered_after_a_kill() -> None:
    taken = {form for place in EVERY for form in place.forms}
    assert taken - set(form_words()) == set()


def test_a_part_of_a_page_that_is_written_has_its_own_word() -> None:
    assert form_word("article:round:0190") == "Diễn biến của lần yêu cầu"
    assert form_word("article:new") == "Bài báo"
    assert form_word("news:new") == "Tin"


def test_every_kind_of_record_that_a_screen_opens_has_a_word_in_the_palette() -> None:
    opened = {kind for place in EVERY for kind in place.kinds}
    assert opened - set(kind_words()) == NOT_SEARCHED


def test_every_noun_that_is_shared_has_a_word_in_the_ledger() -> None:
    words = {spec.entity: entity_word(spec.entity) for spec in specs()}
    assert {entity for entity, word in words.items() if word == entity or not word} == set()
