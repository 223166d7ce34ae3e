"""What a person is told after an import: what was guessed, converted and left out."""

from collections.abc import Iterable

from spokesdesk.domain.imported import ImportNote, NoteKind
from spokesdesk.domain.language import gettext as _
from spokesdesk.typeset.from_docx.lines import Content
from spokesdesk.typeset.from_docx.package import Package, Relation

_LONGEST = 120
_LEFT_OUT = {
    "picture": _("{n} hình ảnh đã bỏ: văn bản ở đây chỉ gồm chữ và bảng."),
    "object": _("{n} đối tượng nhúng (OLE) đã bỏ và không được mở."),
    "macro": _("Tệp có macro; macro đã bỏ và không được chạy."),
    "loading": _("{n} trường lấy dữ liệu từ nơi khác không được thực hiện; chữ đang hiện được giữ lại."),
    "external": _("{n} tham chiếu tới tệp hoặc địa chỉ bên ngoài đã bỏ, không nơi nào được mở."),
    "link": _("{n} liên kết: giữ chữ, bỏ địa chỉ."),
    "comment": _("{n} nhận xét bên lề đã bỏ."),
    "deleted": _("{n} đoạn đã đánh dấu xóa không được nhập."),
    "hidden": _("{n} đoạn chữ ẩn đã bỏ."),
    "chunk": _("{n} tệp ghép vào văn bản đã bỏ."),
    "symbol": _("{n} ký hiệu đặc biệt không đọc được đã bỏ."),
    "dropped": _("{n} ký tự điều khiển không in được đã bỏ."),
    "plain": _("{n} đoạn mất chữ đậm hoặc nghiêng vì kiểu chữ xen kẽ trong một từ."),
}
_CONVERTED = {
    "box": _("{n} khung chữ đã thành đoạn văn thường, đặt sau đoạn có khung."),
    "footnote": _("{n} chú thích cuối trang đã chuyển xuống cuối nội dung."),
    "formula": _("{n} công thức đã thành chữ thường."),
    "merged": _("{n} ô bảng gộp đã tách thành ô thường."),
    "nested": _("{n} bảng lồng trong ô đã thành chữ của ô."),
    "joined": _("{n} ô bảng có nhiều đoạn đã nối thành một đoạn."),
}


def count_outside(package: Package, main: str, content: Content) -> None:
    """Count what lies beside the text and is never opened: macros, objects, links, comments."""
    met = content.met
    met["macro"] += any(name.lower().endswith("vbaproject.bin") for name in package.names)
    embedded = sum("/embeddings/" in name.lower() or "/activex/" in name.lower() for name in package.names)
    met["object"] = max(met["object"], embedded)
    for part in sorted(name for name in package.names if name.lower().endswith(".rels")):
        folder, _slash, name = part.rpartition("_rels/")
        for relation in package.relations(f"{folder}{name.removesuffix('.rels')}"):
            _count(relation, content)
    comments = next((each.target for each in package.relations(main) if each.kind == "comments"), "")
    root = package.xml(comments)
    met["comment"] += 0 if root is None else len(root.findall("w:comment"))


def _count(relation: Relation, content: Content) -> None:
    if relation.is_external:
        content.met["link" if relation.kind == "hyperlink" else "external"] += 1


def counted(content: Content) -> list[ImportNote]:
    """Give a note for everything that was met and counted."""
    notes = []
    for kind, words in ((NoteKind.CONVERTED, _CONVERTED), (NoteKind.LEFT_OUT, _LEFT_OUT)):
        notes += [
            ImportNote(kind, sentence.format(n=content.met[name]))
            for name, sentence in words.items()
            if content.met[name]
        ]
    return notes


def encodings_found(found: dict[str, int]) -> list[ImportNote]:
    """Give a note for each old encoding."""
    sentence = _("{n} đoạn đã chuyển từ bảng mã {name} sang Unicode; hãy đọc lại.")
    return [
        ImportNote(NoteKind.CONVERTED, sentence.format(n=count, name=name)) for name, count in found.items()
    ]


def put_into_text(texts: Iterable[str]) -> list[ImportNote]:
    """Give a note for what was not recognised and stands in the text now."""
    sentence = _("Chưa nhận ra nên đặt vào nội dung: “{text}”.")
    return [ImportNote(NoteKind.GUESSED, sentence.format(text=short(text))) for text in texts]


def not_kept(texts: Iterable[str]) -> list[ImportNote]:
    """Give a note with the words of what was left out of head, foot and signature."""
    sentence = _("Không đưa vào văn bản: “{text}”.")
    return [ImportNote(NoteKind.LEFT_OUT, sentence.format(text=text)) for text in texts]


def guessed(sentence: str, **values: object) -> ImportNote:
    """Give a note on something that was guessed."""
    return ImportNote(NoteKind.GUESSED, sentence.format(**values))


def short(text: str) -> str:
    """Give the beginning of a text."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
