"""The parts of a .docx beside its text: styles, settings, headers, properties."""

from xml.sax.saxutils import escape, quoteattr

from spokesdesk.typeset.document import BLACK, Document, Item, Page, Style
from spokesdesk.typeset.wordml.body import indent_xml, item_xml

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FONT = "Times New Roman"


def styles_xml(styles: tuple[Style, ...], language: str) -> str:
    """Give ``word/styles.xml``: defaults, Normal, and the document's own named styles."""
    fonts = "".join(f' w:{kind}="{_FONT}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/><w:color w:val={quoteattr(BLACK)}/>"
        f'<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>"
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return f"{HEAD}<w:styles {W}>{defaults}{''.join(_style(style) for style in styles)}</w:styles>"


def _style(style: Style) -> str:
    line = f' w:line="{style.line}" w:lineRule="exact"' if style.line else ""
    size = round(style.size * 2)
    keeps = ("<w:keepNext/>" if style.keep_next else "") + ("<w:keepLines/>" if style.keep_lines else "")
    looks = ("<w:b/><w:bCs/>" if style.bold else "") + ("<w:i/><w:iCs/>" if style.italic else "")
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour != BLACK else ""
    outline = f'<w:outlineLvl w:val="{style.outline - 1}"/>' if style.outline else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}"><w:name w:val={quoteattr(style.name)}/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keeps}'
        f'<w:spacing w:before="{style.before}" w:after="{style.after}"{line}/>'
        f'{indent_xml(style.left, style.right, style.first)}<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f'<w:rPr>{looks}{colour}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def settings_xml(language: str) -> str:
    """Give ``word/settings.xml``: Word 2013 and later, no kerning, no hyphenation."""
    return (
        f'{HEAD}<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{language}"/></w:settings>'
    )


def fonts_xml() -> str:
    """Give ``word/fontTable.xml``."""
    return (
        f'{HEAD}<w:fonts {W}><w:font w:name="{_FONT}"><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def margin_xml(tag: str, items: tuple[Item, ...]) -> str:
    """Give a header (``tag`` "hdr") or footer ("ftr")."""
    content = "".join(item_xml(item) for item in items)
    return f"{HEAD}<w:{tag} {W} {R}>{content}</w:{tag}>"


def section_xml(page: Page, references: str) -> str:
    """Give ``w:sectPr``: the pages of one section, numbered from 1, the first page with margins of its own."""
    turned = ' w:orient="landscape"' if page.width > page.height else ""
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{page.width}" w:h="{page.height}"{turned}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" w:left="{page.left}"'
        f' w:header="{page.header}" w:footer="{page.bottom}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


def core_xml(document: Document) -> str:
    """Give ``docProps/core.xml``; its times are the document's own day."""
    moment = f"{document.on.isoformat()}T00:00:00Z"
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:subject>{escape(document.subject)}</dc:subject>"
        f"<dc:creator>{escape(document.author)}</dc:creator>{times}"
        f"<dc:language>{document.language}</dc:language></cp:coreProperties>"
    )


def app_xml() -> str:
    """Give ``docProps/app.xml``."""
    return (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>SpokesDesk</Application></Properties>"
    )


def types_xml(margins: tuple[str, ...]) -> str:
    """Give ``[Content_Types].xml``; ``margins`` are names such as "header1"."""
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "settings": "settings",
        "fontTable": "fontTable",
    }
    kinds |= {name: name.rstrip("0123456789") for name in margins}
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD_TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


def package_rels_xml() -> str:
    """Give ``_rels/.rels``."""
    kinds = (
        (f"{_OFFICE}/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{_OFFICE}/extended-properties", "docProps/app.xml"),
    )
    return _rels(kinds)


def document_rels_xml(margins: tuple[str, ...]) -> str:
    """Give ``word/_rels/document.xml.rels``: rId1… are ``margins`` in their order."""
    names = (*margins, "styles", "settings", "fontTable")
    return _rels(tuple((f"{_OFFICE}/{name.rstrip('0123456789')}", f"{name}.xml") for name in names))


def _rels(kinds: tuple[tuple[str, str], ...]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(kinds, 1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'
