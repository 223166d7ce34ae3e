"""The page that shows a bundle in any browser: static, escaped, without code and without anything from outside."""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from urllib.parse import quote

from spokesdesk import assets
from spokesdesk.domain.bundle import MANIFEST, README, TAG_MANIFEST, Book, BundleFile, BundleItem
from spokesdesk.domain.cases import CaseDraft, CaseStep
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.evidence import Evidence
from spokesdesk.domain.text import short_date

# Nothing may be loaded but pictures and sound beside the page, and no code may run, whatever was typed into a case.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:; media-src 'self' file:; "
    "base-uri 'none'; form-action 'none'"
)
_PICTURES = ("jpg", "jpeg", "png", "gif", "webp", "bmp")
_SOUNDS, _FILMS = ("mp3", "wav", "ogg", "oga", "m4a", "aac", "opus"), ("mp4", "webm", "mov", "m4v", "ogv")


def viewer_html(book: Book) -> str:
    """Give the page of a bundle, in Vietnamese, UTF-8.

    Args:
        book: what the bundle says; every text in it is escaped.
    """
    case = book.case
    parts = [
        _head(book),
        _section("Nội dung vụ việc", _facts(case.facts)),
        _items(book.items),
        _papers(book),
        _section("Quá trình xử lý", _steps(case.steps)),
        _section("Nhật ký lưu giữ chứng cứ", _log(book)),
        _versions(book),
        _section("Kiểm tra gói này", _checking(book)),
    ]
    style = assets.read_text("templates", "case_viewer.css")
    return (
        '<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(case.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(part for part in parts if part)
        + "\n</main>\n</body>\n</html>\n"
    )


def _head(book: Book) -> str:
    case = book.case
    made = f"Gói chứng cứ do {escape(book.agency)} lập lúc {_time(book.made_at)}, người lập: {escape(book.made_by)}"
    return (
        f'<header>\n<p class="muted">{made}</p>\n<h1>{escape(case.title)}</h1>\n'
        f'<p><span class="chip">{escape(case.facts.kind.wording)}</span> '
        f'<span class="chip">{escape(case.state.wording)}</span> '
        f'<span class="muted">Mã hồ sơ {case.id}</span></p>\n</header>'
    )


def _facts(facts: CaseDraft) -> str:
    happened = _time(facts.happened_at) if facts.happened_at else ""
    return _pairs(
        ("Xảy ra lúc", happened),
        ("Nơi xảy ra", escape(facts.place)),
        ("Người xưng danh", escape(facts.person)),
        ("Cơ quan báo chí người này xưng", escape(facts.outlet)),
        ("Đặc điểm nhận biết", escape(facts.marks)),
        ("Diễn biến", escape(facts.facts)),
    )


def _items(items: tuple[BundleItem, ...]) -> str:
    shown = "\n".join(_item(n, one) for n, one in enumerate(items, 1))
    return _section(f"Chứng cứ ({len(items)})", shown or '<p class="muted">Chưa có chứng cứ nào.</p>')


def _item(n: int, one: BundleItem) -> str:
    item = one.item
    gone = ' <span class="chip amber">Đã rút khỏi danh sách, không kèm tệp</span>' if one.file is None else ""
    body = f"<h3>{n}. {escape(item.name)}{gone}</h3>\n"
    body += _pairs(
        ("Loại", escape(item.kind.wording)),
        ("Cho thấy", escape(item.taken.note)),
        ("Địa chỉ trang", escape(item.url)),
        ("Ghi nhận lúc", _taken(item)),
        ("Đưa vào hồ sơ lúc", f"{_time(item.added_at)}, bởi {escape(item.by.name)}"),
        ("Tên tệp gốc", escape(item.original_name) if item.original_name != item.name else ""),
        ("Tệp trong gói", _link(one.file) if one.file else ""),
        ("Dung lượng", f"{item.file.size} byte"),
        ("SHA-256", f"<code>{item.file.sha256}</code>"),
        ("Lý do giữ ảnh giấy tờ", escape(item.taken.card_reason)),
    )
    if item.text and one.file is not None:
        body += f"\n<blockquote>{escape(item.text)}</blockquote>"
    return f"<article>\n{body}{_shown(one.file) if one.file else ''}\n</article>"


def _taken(item: Evidence) -> str:
    if item.taken.at is None:
        return ""
    return f"{_time(item.taken.at)} (theo {escape(item.taken.by)})"


def _shown(file: BundleFile) -> str:
    """Give the picture, sound or film itself; other files are reached by their link alone."""
    ending, place = file.path.rpartition(".")[2].lower(), quote(file.path)
    if ending in _PICTURES:
        return f'\n<img src="{place}" alt="" loading="lazy">'
    if ending in _SOUNDS:
        return f'\n<audio controls preload="none" src="{place}"></audio>'
    if ending in _FILMS:
        return f'\n<video controls preload="none" src="{place}"></video>'
    return ""


def _papers(book: Book) -> str:
    rows = [
        f"<li>{escape(paper.title)}: {', '.join(_link(file) for file in paper.files) or 'chưa cấp số'}</li>"
        for paper in book.papers
    ]
    return _section("Văn bản của hồ sơ", f"<ul>\n{chr(10).join(rows)}\n</ul>") if rows else ""


def _steps(steps: tuple[CaseStep, ...]) -> str:
    rows = (
        (
            _time(step.at),
            escape(step.move.wording),
            escape(step.by.name),
            escape("; ".join(part for part in (*step.to, _outcome(step), step.remark) if part)),
            _time(step.done_at) if step.done_at else "",
        )
        for step in steps
    )
    return _table(("Ghi lúc", "Việc", "Người ghi", "Nơi báo, kết quả, ghi chú", "Thực hiện lúc"), rows)


def _outcome(step: CaseStep) -> str:
    return step.outcome.wording if step.outcome else ""


def _log(book: Book) -> str:
    numbers = {one.item.id: (n, one.item.name) for n, one in enumerate(book.items, 1)}
    rows = (
        (
            _time(entry.at),
            f"{numbers[entry.evidence_id][0]}. {escape(numbers[entry.evidence_id][1])}",
            escape(entry.act.wording),
            escape(entry.by.name),
            escape(entry.remark),
            f"{entry.link}<br><code>{entry.link_hash[:16]}…</code>",
        )
        for entry in book.log
    )
    return _table(("Lúc", "Chứng cứ", "Việc", "Người", "Ghi chú", "Mắt xích"), rows)


def _versions(book: Book) -> str:
    if len(book.versions) < 2:
        return ""
    shown = "\n".join(
        f"<article>\n<h3>Bản {one.version}, {_time(one.at)}, {escape(one.by.name)}</h3>\n"
        f"{_pairs(('Tên vụ việc', escape(one.facts.title)))}\n{_facts(one.facts)}\n</article>"
        for one in book.versions[:-1]
    )
    return _section("Các bản trước của nội dung vụ việc", shown)


def _checking(book: Book) -> str:
    return (
        f'<p>Cách kiểm tra không cần chương trình: xem <a href="{README}">{README}</a>. '
        f'Danh sách mã băm: <a href="{MANIFEST}">{MANIFEST}</a>, '
        f'<a href="{TAG_MANIFEST}">{TAG_MANIFEST}</a>.</p>\n'
        + _pairs(
            ("Mắt xích cuối khi lập gói", f"số {book.head.n}, ghi lúc {_time(book.head.at)}"),
            ("Mã mắt xích cuối", f"<code>{book.head.hash.hex()}</code>"),
        )
    )


def _section(title: str, body: str) -> str:
    return f"<section>\n<h2>{escape(title)}</h2>\n{body}\n</section>"


def _pairs(*pairs: tuple[str, str]) -> str:
    """Give a list of terms; the values are escaped already."""
    rows = (f"<dt>{escape(term)}</dt><dd>{value}</dd>" for term, value in pairs if value)
    return f"<dl>\n{chr(10).join(rows)}\n</dl>"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Give a table; the cells are escaped already."""
    top = "".join(f"<th>{escape(head)}</th>" for head in heads)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="scroll"><table>\n<tr>{top}</tr>\n{body}\n</table></div>'


def _link(file: BundleFile) -> str:
    return f'<a href="{quote(file.path)}">{escape(file.path)}</a>'


def _time(at: datetime) -> str:
    local = to_vn(at)
    return f"{local:%H:%M:%S}, {short_date(local.date())}"
