"""Ways to sign (cách ký) and what of each is there on a machine."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from spokesdesk.domain.papers import PaperState


class SignWay(StrEnum):
    """Who holds the key and asks for the PIN; the order is the one that serves most offices."""

    VGCA = "vgca"  # dịch vụ ký của Ban Cơ yếu trên máy
    OUTSIDE = "outside"  # ký bằng chương trình khác rồi nạp lại
    PKCS11 = "pkcs11"  # thiết bị ký
    PKCS12 = "pkcs12"  # tệp khóa
    INK = "ink"  # ký tay, đóng dấu, quét lại


@dataclass(frozen=True, slots=True)
class TokenFound:
    """A certificate on a signing token in its reader.

    Attributes:
        library: path of its driver.
        asks_itself: it has a keypad of its own; no PIN is typed here.
        key_id: hex, which of its keys; "" for the only one.
        signer: name in the certificate, "" when the token shows none before the PIN.
        until: last day of the certificate.
    """

    library: str
    label: str
    asks_itself: bool = False
    key_id: str = ""
    signer: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class WayFound:
    """What a look at the machine found of one way.

    Attributes:
        is_there: it can be used now.
        lacks: what is missing: "service", "driver", "token", "slow" (the driver does not answer), "file"; "" for none.
        tokens: for a token.
        file: for a key file, the one used last; "" when it is gone.
    """

    way: SignWay
    is_there: bool
    lacks: str = ""
    tokens: tuple[TokenFound, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class ImageLook:
    """What a picture of a signature or a seal looks like.

    Attributes:
        width_mm: of a seal as it is stamped; from the file's resolution where it makes sense.
        is_transparent: its ground lets the text below show.
        colour: "blue", "red" or "other", of what is drawn.
    """

    width: int
    height: int
    width_mm: float
    height_mm: float
    is_transparent: bool
    colour: str


def ways_in(state: PaperState) -> tuple[SignWay, ...]:
    """Give the ways open to a paper in a state: ink comes after the number.

    Source:
        NĐ 30/2020/NĐ-CP, Điều 13, 14.
    """
    return tuple(way for way in SignWay if way is not SignWay.INK or state is PaperState.NUMBERED)
