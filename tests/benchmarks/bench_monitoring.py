"""Matching 10,000 new items against 200 subjects, against an Aho-Corasick library over the same folded text.

``SPOKESDESK_NEWS_ITEMS`` makes it smaller. Both find the same subjects in every item, or it ends with an error.
"""

import os
import random
import statistics

import ahocorasick

from spokesdesk.domain.monitoring_match import PhraseIndex, syllables
from tests.benchmarks.measure import interleaved, paired_ratio, shown, table

ITEMS = int(os.environ.get("SPOKESDESK_NEWS_ITEMS", "10000"))
SUBJECTS = 200
ROUNDS = 5
_KINDS = ("Sở", "Ban", "Phòng", "Trung tâm", "Chi cục", "Dự án", "Công ty", "Khu công nghiệp")
_TEXT = """
    công tác quản lý đất đai môi trường giao thông xây dựng đô thị nông nghiệp thủy lợi y tế giáo dục đào
    tạo khoa học công nghệ thông tin truyền thông văn hóa thể thao du lịch tài chính kế hoạch đầu tư tư
    pháp nội vụ thanh tra dân tộc tôn giáo lao động thương binh xã hội người dân doanh nghiệp tỉnh thành
    phố huyện xã phường chủ tịch phó giám đốc cho biết sáng nay chiều qua theo đó trong khi nhiều hộ phản
    ánh kiến nghị kiểm tra xử lý vi phạm tăng giảm năm trước
    """
SYLLABLES = _TEXT.split()


def subjects(chance: random.Random) -> dict[int, list[str]]:
    """Give subjects of one to three phrases of two to five syllables, as an agency watches for them."""
    made: dict[int, list[str]] = {}
    for n in range(SUBJECTS):
        made[n] = [
            " ".join(
                [chance.choice(_KINDS), *(chance.choice(SYLLABLES) for _k in range(chance.randint(1, 4)))]
            )
            for _phrase in range(chance.randint(1, 3))
        ]
    return made


def items(chance: random.Random, wanted: dict[int, list[str]]) -> list[str]:
    """Give folded texts of the length of a feed's entry up to that of an article; one in five names a subject."""
    made = []
    for _n in range(ITEMS):
        parts = [chance.choice(SYLLABLES) for _k in range(chance.randint(40, 500))]
        for at in range(12, len(parts), 15):
            parts[at] += "."
        if chance.random() < 0.2:
            parts.insert(chance.randrange(len(parts)), chance.choice(wanted[chance.randrange(SUBJECTS)]))
        made.append(syllables(" ".join(parts)))
    return made


def library(wanted: dict[int, list[str]]) -> ahocorasick.Automaton:
    """Give the library's automaton over the same phrases; a space at both ends makes it find whole syllables."""
    made = ahocorasick.Automaton()
    keys: dict[str, tuple[int, ...]] = {}
    for key, phrases in wanted.items():
        for phrase in phrases:
            folded = f" {syllables(phrase)} "
            keys[folded] = (*keys.get(folded, ()), key)
    for folded, found in keys.items():
        made.add_word(folded, found)
    made.make_automaton()
    return made


def main() -> None:
    """Print the table."""
    chance = random.Random(6)
    wanted = subjects(chance)
    texts = items(chance, wanted)
    own, other = PhraseIndex(wanted), library(wanted)

    def ours() -> list[set[int]]:
        return [set(own.keys_in(text)) for text in texts]

    def theirs() -> list[set[int]]:
        return [{key for _end, keys in other.iter(f" {text} ") for key in keys} for text in texts]

    found = ours()
    if found != theirs():
        raise SystemExit("the two do not find the same")
    print(
        f"{len(texts)} items, {sum(map(len, texts)) / 1e6:.1f} million letters, {sum(map(len, found))} matches"
    )
    taken = interleaved({"ours": ours, "library": theirs}, ROUNDS)
    ratio = f"{paired_ratio(taken['ours'], taken['library']):.2f}"
    shows = [shown(statistics.median(taken[name])) for name in ("ours", "library")]
    table([(f"match {ITEMS} items × {SUBJECTS} subjects", shows[0], shows[1], ratio, "2")])


if __name__ == "__main__":
    main()
