"""Which letters make a Vietnamese syllable (âm tiết): what tells Vietnamese text from text in a wrong encoding."""

import re
import unicodedata


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ONSETS = _listed("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")
_RIMES = _listed("""
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
    ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt
    uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu ynh ych yt
    """)
_TONES = dict.fromkeys((0x300, 0x301, 0x303, 0x309, 0x323))
_STOPPED = re.compile(r"(c|ch|p|t)$")
_OF_STOPPED = frozenset("\u0301\u0323")


def is_syllable(word: str) -> bool:
    """Tell whether a word could be a Vietnamese syllable, in any case; both places of the tone (hoà, hòa) count."""
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in apart if ord(mark) in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", apart.translate(_TONES))
    if _STOPPED.search(bare) and not _OF_STOPPED.issuperset(tones):
        return False
    return any(bare.startswith(onset) and bare[len(onset) :] in _RIMES for onset in ("", *_ONSETS)) or (
        bare == "gi"
    )
