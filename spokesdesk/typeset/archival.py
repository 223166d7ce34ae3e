"""PDF/A-1b: what a file needs so that an archive can still show it alike in fifty years."""

import re
import zlib
from functools import cache, lru_cache
from typing import Any
from xml.sax.saxutils import escape

from spokesdesk import assets
from spokesdesk.typeset.document import Document

VERSION = (1, 4)
_CONDITION = "sRGB IEC61966-2.1"
# One rdf:Description per schema: Apache Preflight refuses several schemas in one.
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>1</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
{core}<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>SpokesDesk</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>SpokesDesk</xmp:CreatorTool>
<xmp:CreateDate>{day}T00:00:00+00:00</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00+00:00</xmp:ModifyDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_CORE = (
    ("title", '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>\n'),
    ("author", "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n"),
    (
        "subject",
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>\n',
    ),
)


def make_archival(canvas: Any, document: Document) -> None:
    """Give a reportlab canvas what PDF/A-1b asks for, before it is saved.

    That is: the colour space its colours are meant in, a description equal to the information dictionary, and a
    line end before each ``endstream``. Transparency and missing fonts are the caller's to avoid.

    Args:
        canvas: made with ``pdfVersion=VERSION``.
        document: what is drawn on it.

    Source:
        ISO 19005-1:2005, 6.1.7 (streams), 6.2.2 (output intent), 6.7 (metadata).
    """
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

    kinds = _kinds()
    file = canvas._doc
    file.__class__, file.info.__class__ = kinds["file"], kinds["info"]
    catalog = file.Catalog
    catalog.__class__ = kinds["catalog"]
    profile = kinds["stream"](PDFDictionary({"N": 3}), assets.path("formats", "sRGB.icc").read_bytes())
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString(_CONDITION),
        "Info": PDFString(_CONDITION),
        "DestOutputProfile": file.Reference(profile),
    }
    catalog.OutputIntents = PDFArray([PDFDictionary(intent)])
    head = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    catalog.Metadata = kinds["plain"](head, xmp(document).encode())


def xmp(document: Document) -> str:
    """Give the description of a document, the same as its information dictionary says it."""
    texts = {name: getattr(document, name) for name, _form in _CORE}
    core = "".join(form.format(escape(_legal(texts[name]))) for name, form in _CORE if texts[name])
    return _XMP.format(core=core, language=document.language, day=document.on.isoformat())


def _legal(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


@lru_cache(maxsize=64)
def _packed(data: bytes) -> bytes:
    return zlib.compress(data)


@cache
def _kinds() -> dict[str, Any]:
    """Give reportlab's objects as PDF/A wants them written; made once, when the library is first needed."""
    from reportlab.pdfbase import pdfdoc

    class Packing(pdfdoc.PDFStreamFilterZCompress):  # type: ignore[misc]
        """The same packing, done once for what stands in every paper: faces and the colour profile."""

        def encode(self, text: Any) -> bytes:
            return _packed(text.encode() if isinstance(text, str) else bytes(text))

    class Stream(pdfdoc.PDFStream):  # type: ignore[misc]
        """Packed without ASCII armour, and a line end after the data that its length does not count."""

        _packing: tuple[Any, ...] | None = (Packing(),)

        def format(self, document: Any) -> bytes:
            self.filters = self._packing
            made: bytes = super().format(document)
            return made.removesuffix(b"endstream\n") + b"\nendstream\n"

    class PlainStream(Stream):
        """Not packed: an archive reads the description without unpacking anything (6.7.2)."""

        _packing = None

    class Catalog(pdfdoc.PDFCatalog):  # type: ignore[misc]
        __NoDefault__ = (*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents")

    class Info(pdfdoc.PDFInfo):  # type: ignore[misc]
        """Only what the description says too."""

        def format(self, document: Any) -> bytes:
            made = pdfdoc.PDFDate(ts=document._timeStamp, dateFormatter=self._dateFormatter)
            texts = {"Title": self.title, "Author": self.author, "Subject": self.subject}
            texts |= {"Creator": self.creator, "Producer": self.producer}
            known = {name: pdfdoc.PDFString(_legal(text)) for name, text in texts.items() if text}
            dated = {**known, "CreationDate": made, "ModDate": made}
            return pdfdoc.PDFDictionary(dated).format(document)  # type: ignore[no-any-return]

    class File(pdfdoc.PDFDocument):  # type: ignore[misc]
        def Reference(self, obj: Any, name: Any = None) -> Any:
            if type(obj) is pdfdoc.PDFStream:
                obj.__class__ = Stream
            return super().Reference(obj, name)

    return {"stream": Stream, "plain": PlainStream, "catalog": Catalog, "info": Info, "file": File}
