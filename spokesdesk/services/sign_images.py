"""Pictures stamped with a signature: each leader's own, blue; the agency's seal, red and of its true size."""

from base64 import b64decode, b64encode

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.sign_ways import ImageLook
from spokesdesk.domain.signing import SignatureKind, role_of
from spokesdesk.services.ports import Desk

MOST_BYTES = 2 * 1024 * 1024


def image_of(desk: Desk, kind: SignatureKind) -> bytes:
    """Give the picture for a signature of the member at work, a PNG; b"" when none was set."""
    with desk.read() as unit:
        held = unit.settings.get(_name(desk, kind))
    return b64decode(str(held)) if held else b""


def look(png: bytes) -> ImageLook | None:
    """Give what a picture looks like, None for none."""
    from spokesdesk.typeset.stamps import look_of

    return look_of(png) if png else None


def save_image(desk: Desk, kind: SignatureKind, png: bytes) -> tuple[ImageLook | None, Changes]:
    """Keep a picture, encrypted with the rest of the workspace; b"" takes it away.

    Raises:
        AccessError: a signature is set by the leader it belongs to, the seal by the registry.
        UserError: ``sign_image``, ``sign_image_large``.

    Source:
        NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 7 điểm d, khoản 8 điểm a; Điều 32: văn thư giữ dấu.
    """
    desk.member.require(role_of(kind))
    if len(png) > MOST_BYTES:
        raise UserError("sign_image_large", field="image", limit=MOST_BYTES // 1024 // 1024)
    found = look(png)
    with desk.write() as unit:
        unit.settings.put(_name(desk, kind), b64encode(png).decode())
    return found, (Change("setting"),)


def _name(desk: Desk, kind: SignatureKind) -> str:
    return f"sign_image.{desk.member.id}" if kind is SignatureKind.LEADER else "sign_image.seal"
