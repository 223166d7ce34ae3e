"""Papers about personal data: a person's copy, and the certificate of a deletion."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from spokesdesk.domain.chain import Link
from spokesdesk.domain.chain_faults import kind_word
from spokesdesk.domain.checkpoints import grouped
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Agency
from spokesdesk.domain.privacy import Deletion, FilePlace, Ground, PersonalData, Scope
from spokesdesk.domain.privacy_words import facts_of, held_words, lines_of, place_words, table_word
from spokesdesk.typeset.a4 import space
from spokesdesk.typeset.report import line, pages, signatures, table

_FACTS = (55, 120)
_TRACES = (8, 30, 24, 113)


def copy_pdf(data: PersonalData, agency: Agency, made_at: datetime) -> bytes:
    """Give everything kept of a person, to hand out.

    Args:
        made_at: UTC.

    Source:
        NĐ 356/2025/NĐ-CP, Điều 5 khoản 3.
    """
    rows = [
        (
            str(n),
            table_word(one.table),
            _moment(one.at),
            "\n".join(f"{word}: {said}" for word, said in lines_of(one)),
        )
        for n, one in enumerate(data.traces, 1)
    ]
    story: list[Any] = [
        *_head(agency, _("BẢN SAO DỮ LIỆU CÁ NHÂN"), _("Lập lúc {at}").format(at=_moment(made_at))),
        line(_("1. Thông tin trong danh bạ"), 12, bold=True),
        table((_("Mục"), _("Nội dung")), facts_of(data.person), _FACTS),
        space(4),
        line(_("2. Các mục có liên quan"), 12, bold=True),
        table((_("TT"), _("Loại"), _("Thời điểm"), _("Nội dung")), rows, _TRACES)
        if rows
        else line(_("Không có."), 11),
        space(4),
    ]
    if data.mentions:
        many = ", ".join(f"{kind_word(kind)}: {count}" for kind, count in sorted(data.mentions.items()))
        story.append(line(_("Văn bản, bài báo có nhắc tên: {many}.").format(many=many), 11))
    return _made(story, agency, _("Bản sao dữ liệu cá nhân"))


def certificate_pdf(
    made: Deletion, agency: Agency, link: Link, hold: Ground, name: str = "", places: Sequence[FilePlace] = ()
) -> bytes:
    """Give the certificate of a deletion.

    Args:
        link: of the record of deletion in the journal chain.
        hold: why evidence stays, said where some does.
        name: whose data it was, as it shall stand on the paper; "" leaves a dotted line to fill in by hand.
        places: what the other places that had the files say of them; none for a desk alone.
    """
    facts = _erased_facts(made, link, hold, name, places)
    story: list[Any] = [
        *_head(agency, _("BIÊN BẢN XÓA DỮ LIỆU CÁ NHÂN"), _("Mã biên bản: {id}").format(id=made.id)),
        table((_("Mục"), _("Nội dung")), facts, _FACTS),
        space(3),
        line(
            _(
                "Dữ liệu đã được xóa khỏi cơ sở dữ liệu, mục tìm kiếm và tệp kèm theo; phần đĩa đã dùng được ghi đè. "
                "Chuỗi nhật ký còn giữ cam kết mật mã của các mục ấy, không suy ngược ra nội dung được, nên sổ vẫn "
                "kiểm tra được là không bị sửa."
            ),
            10,
        ),
        line(
            _(
                "Các máy khác cùng sổ và cổng thông tin xóa khi đồng bộ; nơi nào chưa báo thì chưa đồng bộ từ lúc xóa. "
                "Biên bản không nói về bản sao lưu đã tạo trước lúc xóa, tài liệu đã in, đã gửi đi hoặc đã công bố. "
                "Những bản ấy phải được xử lý riêng."
            ),
            10,
        ),
    ]
    if made.hashes:
        story += [space(2), line(_("Cam kết của các mục đã xóa (SHA-256):"), 10, bold=True)]
        story += [line(f"{sha[:32]} {sha[32:]}", 8.5) for sha in made.hashes[:200]]
    story += [space(5), signatures(_("NGƯỜI XÓA"), _("NGƯỜI CHỨNG KIẾN"), made.author.name)]
    return _made(story, agency, _("Biên bản xóa dữ liệu cá nhân"))


def _erased_facts(
    made: Deletion, link: Link, hold: Ground, name: str, places: Sequence[FilePlace]
) -> list[tuple[str, str]]:
    return [
        (_("Người có dữ liệu"), name or "…" * 30),
        (_("Mã hồ sơ"), str(made.subject)),
        (_("Thời điểm xóa"), _moment(made.at)),
        (_("Người xóa"), made.author.name),
        (_("Căn cứ"), f"{made.ground}\n{made.citation}"),
        (_("Phạm vi"), _scope_words(made.scope)),
        (
            _("Số mục"),
            "\n".join(f"{table_word(kind)}: {count}" for kind, count in sorted(made.erased.items())),
        ),
        (_("Số tệp đã hủy"), str(len(made.files))),
        *([(_("Tệp ở từng nơi"), "\n".join(map(place_words, places)))] if places else []),
        *([(_("Không xóa"), held_words(made.held, hold))] if made.held else []),
        (_("Mắt xích của biên bản"), _("số {n}: {hash}").format(n=link.n, hash=grouped(link.hash))),
    ]


def _scope_words(scope: Scope) -> str:
    return {
        Scope.IDENTITY: _("thông tin nhận biết người có dữ liệu; nội dung công việc giữ lại, không còn tên"),
        Scope.CONTENT: _("thông tin nhận biết, nội dung và tệp của các mục liên quan"),
    }[scope]


def _head(agency: Agency, title: str, below: str) -> list[Any]:
    return [
        line(agency.name.upper(), 12, bold=True),
        space(3),
        line(title, 16, bold=True, centred=True),
        line(below, 11, centred=True),
        space(4),
    ]


def _made(story: list[Any], agency: Agency, title: str) -> bytes:
    return pages(story, title=title, author=agency.name, foot=title + " – " + _("trang") + " {page}")


def _moment(at: datetime | None) -> str:
    return f"{to_vn(at):%H:%M, %d/%m/%Y}" if at else ""
