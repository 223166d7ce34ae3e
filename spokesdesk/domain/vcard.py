"""vCard 4.0: people and outlets as every address book on a phone or a PC reads them.

Source: RFC 6350 (lines folded at 75 octets, CRLF, backslash escapes, UTF-8).
"""

from collections.abc import Iterator

from spokesdesk.domain.people import Journalist, Outlet

FOLD_AT = 75


def journalist_card(who: Journalist) -> str:
    """Give a journalist's card; family name, middle names and given name in their parts."""
    words = who.name.split()
    given, family = (words[-1], words[0]) if len(words) > 1 else (who.name, "")
    middle = " ".join(words[1:-1])
    lines = [
        ("FN", _escaped(who.name)),
        ("N", ";".join(map(_escaped, (family, given, middle, "", "")))),
        ("KIND", "individual"),
    ]
    lines += [("ORG", _escaped(who.outlet.name))] if who.outlet else []
    return _card(str(who.id), [*lines, *_reach(who.phone, who.email, who.note)])


def outlet_card(outlet: Outlet) -> str:
    """Give an outlet's card."""
    lines = [
        ("FN", _escaped(outlet.name)),
        ("KIND", "org"),
        ("ORG", _escaped(outlet.name)),
    ]
    if outlet.address:
        lines.append(("ADR", f";;{_escaped(outlet.address)};;;;"))
    lines += _reach(outlet.phone, outlet.email, outlet.note)
    return _card(str(outlet.id), [*lines, *([("URL", outlet.website)] if outlet.website else [])])


def _reach(phone: str, email: str, note: str) -> list[tuple[str, str]]:
    found = [("TEL;VALUE=text", _escaped(phone))] if phone else []
    found += [("EMAIL", _escaped(email))] if email else []
    return [*found, *([("NOTE", _escaped(note))] if note else [])]


def _card(uid: str, lines: list[tuple[str, str]]) -> str:
    whole = [("BEGIN", "VCARD"), ("VERSION", "4.0"), ("UID", f"urn:uuid:{uid}"), *lines, ("END", "VCARD")]
    return "".join(f"{part}\r\n" for name, value in whole for part in _folded(f"{name}:{value}"))


def _escaped(text: str) -> str:
    for char in ("\\", ",", ";"):
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Give a line in pieces of at most 75 octets, never inside a letter; later ones begin with a space."""
    piece, octets = "", 0
    for char in line:
        size = len(char.encode())
        if octets + size > FOLD_AT:
            yield piece
            piece, octets = " ", 1
        piece, octets = piece + char, octets + size
    yield piece
