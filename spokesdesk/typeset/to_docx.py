"""A document as an ordinary, editable .docx file."""

import zipfile
from io import BytesIO

from spokesdesk.typeset.document import Document, Item, Para, Section
from spokesdesk.typeset.wordml import parts
from spokesdesk.typeset.wordml.body import blocks_xml

_FIRST_YEAR = 1980  # the zip format knows no earlier one


def to_docx(document: Document) -> bytes:
    """Give the document as a .docx file.

    Args:
        document: what ``compose`` gave.

    Returns:
        The file; equal documents give equal bytes. Named styles, real tables, a page number field; no pictures.
    """
    margins = _Margins(document)
    body = ""
    for at, section in enumerate(document.sections, 1):
        properties = parts.section_xml(section.page, margins.references(section))
        if at < len(document.sections):
            body += blocks_xml(section.blocks, properties)
        else:
            body += blocks_xml(section.blocks) + properties
    text = f"{parts.HEAD}<w:document {parts.W} {parts.R}><w:body>{body}</w:body></w:document>"
    return _zipped(document, text, margins)


class _Margins:
    """The headers and footers a document needs; equal ones are kept once."""

    def __init__(self, document: Document) -> None:
        self.texts: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._empty = (Para(document.styles[0]),)
        # LibreOffice takes room for a footer from every page of a section that has one, even an empty one.
        self._feet = any(section.foot for section in document.sections)

    def references(self, section: Section) -> str:
        found = self._reference("header", "default", (section.number,))
        found += self._reference("header", "first", section.top or self._empty)
        if self._feet:
            found += self._reference("footer", "first", section.foot or self._empty)
        return found

    def _reference(self, tag: str, when: str, items: tuple[Item, ...]) -> str:
        text = parts.margin_xml("hdr" if tag == "header" else "ftr", items)
        if text not in self._names:
            name = f"{tag}{len(self.texts) + 1}"
            self._names[text], self.texts[name] = name, text
        at = list(self.texts).index(self._names[text]) + 1
        return f'<w:{tag}Reference w:type="{when}" r:id="rId{at}"/>'


def _zipped(document: Document, text: str, margins: _Margins) -> bytes:
    names = tuple(margins.texts)
    files = {
        "[Content_Types].xml": parts.types_xml(names),
        "_rels/.rels": parts.package_rels_xml(),
        "docProps/core.xml": parts.core_xml(document),
        "docProps/app.xml": parts.app_xml(),
        "word/document.xml": text,
        "word/_rels/document.xml.rels": parts.document_rels_xml(names),
        "word/styles.xml": parts.styles_xml(document.styles, document.language),
        "word/settings.xml": parts.settings_xml(document.language),
        "word/fontTable.xml": parts.fonts_xml(),
        **{f"word/{name}.xml": part for name, part in margins.texts.items()},
    }
    on = document.on
    moment = (max(on.year, _FIRST_YEAR), on.month, on.day, 0, 0, 0)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same bytes on Windows and Linux
            file.writestr(entry, content.encode("utf-8"))
    return packed.getvalue()
