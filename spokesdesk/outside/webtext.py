"""Bytes from the web as text, whatever they say of their own encoding."""

import codecs
import re

_DECLARED = re.compile(
    rb"""(?:encoding\s*=\s*["']|charset\s*=\s*["']?)\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 4096


def decoded(body: bytes, content_type: str = "") -> str:
    """Give the text of an answer.

    What reads as UTF-8 is UTF-8, whatever is said of it: hardly any other text does by chance. Else the first of what
    the bytes' own mark, the header and the head of the text say that fits; at last Windows-1258, whose letters also
    show the old encodings (see ``domain.legacy_text``) as they stand.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A text cut in the middle of a letter.
        if error.start >= len(body) - 4 and error.reason == "unexpected end of data":
            return body[: error.start].decode("utf-8")
    said = [*_DECLARED.findall(content_type.encode("latin-1", "replace")), *_DECLARED.findall(body[:_HEAD])]
    for name in said:
        found = _known(name.decode("ascii"))
        if found and not found.startswith("utf-8"):
            try:
                return body.decode(found)
            except (UnicodeDecodeError, LookupError):
                continue
    if any(_known(name.decode("ascii")).startswith("utf-8") for name in said):
        # It is UTF-8 with broken letters.
        return body.decode("utf-8", "replace")
    return body.decode("cp1252", "replace")


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
