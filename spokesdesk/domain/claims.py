"""Where a claim stands in the text as it is read now: in its place, moved, or no longer there."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from spokesdesk.domain.coverage import Article, Ask, Claim, nearest
from spokesdesk.domain.language import gettext as _


class Standing(StrEnum):
    """How sure a claim's place is."""

    EXACT = "exact"  # đúng chỗ đã đánh dấu
    MOVED = "moved"  # bản chụp đã đổi, câu chữ còn
    LOST = "lost"  # bản chụp đã đổi, không còn câu chữ ấy
    BY_HAND = "by_hand"  # gõ bằng tay, chưa bao giờ có trong bản chụp


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim with its place in the text shown.

    Attributes:
        start: offset of the quote now, None when it is not there.
    """

    claim: Claim
    start: int | None
    standing: Standing

    @property
    def warning(self) -> str:
        """What a person should know of the place; "" when it is where it was marked."""
        return {
            Standing.EXACT: "",
            Standing.MOVED: _("Toàn văn đã đọc lại sau khi đánh dấu; câu này nay ở chỗ khác."),
            Standing.LOST: _("Toàn văn đã đọc lại sau khi đánh dấu; bản đang xem không còn câu này."),
            Standing.BY_HAND: _("Câu này gõ bằng tay, không có trong toàn văn đang xem."),
        }[self.standing]


def ask_words() -> dict[Ask, str]:
    """Give what people call each thing asked."""
    return {
        Ask.CORRECTION: _("Cải chính, xin lỗi"),
        Ask.RESPONSE: _("Đăng ý kiến phản hồi"),
        Ask.REMOVAL: _("Gỡ bỏ nội dung sai"),
    }


def asks_of(claims: Sequence[Claim]) -> tuple[Ask, ...]:
    """Give all that is asked in some claims, each once."""
    asked = {ask for claim in claims for ask in claim.asks}
    return tuple(ask for ask in Ask if ask in asked)


def placed(article: Article) -> tuple[Placed, ...]:
    """Give an article's claims with their places in its text as it was read last."""
    return tuple(_placed(claim, article) for claim in article.claims)


def _placed(claim: Claim, article: Article) -> Placed:
    same_text = claim.text_sha256 in ("", article.text_sha256)
    if claim.start is None:
        start = nearest(article.text, claim.quote, None)
        return Placed(claim, start, Standing.BY_HAND if start is None else Standing.EXACT)
    if article.text.startswith(claim.quote, claim.start):
        return Placed(claim, claim.start, Standing.EXACT)
    start = nearest(article.text, claim.quote, claim.start)
    if start is None:
        return Placed(claim, None, Standing.LOST)
    return Placed(claim, start, Standing.EXACT if same_text else Standing.MOVED)
