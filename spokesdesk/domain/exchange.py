"""What one agency's system sends another about a paper: the content of an edXML package (gói tin văn bản điện tử)."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Organ:
    """An agency as packages name it.

    Attributes:
        organ_id: mã định danh, e.g. "H35.11".
        name: tên cơ quan.
        in_charge: cơ quan chủ quản.
    """

    organ_id: str
    name: str = ""
    in_charge: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    fax: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file inside a package; ``content_id`` ties it to the manifest."""

    content_id: str
    name: str
    media: str
    description: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Trace:
    """A system the package has passed; ``at`` UTC."""

    organ_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Package:
    """One paper on its way.

    Attributes:
        number: số, as printed ("05").
        notation: ký hiệu.
        type_code, type_name: loại văn bản.
        competence: quyền hạn ("KT. GIÁM ĐỐC"), "" when the signer signs in his own right.
        position: chức vụ.
        priority: 0 ordinary to 4.
        sphere: phạm vi lưu hành.
        drafter: ký hiệu người soạn thảo.
        business: 0 new, 1 recall, 2 update, 3 replace.
        due_on: when an answer is wanted; None for no day.
    """

    sender: Organ
    receivers: tuple[Organ, ...]
    number: str
    notation: str
    place: str
    on: date
    type_code: int
    type_name: str
    subject: str
    competence: str
    position: str
    signer: str
    priority: int
    to_places: tuple[str, ...]
    traces: tuple[Trace, ...]
    files: tuple[PackedFile, ...]
    content: str = ""
    due_on: date | None = None
    sphere: str = ""
    drafter: str = ""
    copies: int | None = None
    pages: int | None = None
    annexes: tuple[str, ...] = ()
    business: int = 0

    @property
    def document_id(self) -> str:
        """What names the paper everywhere: ``<OrganId>,<YYYY/MM/DD>,<number>/<notation>``."""
        return f"{self.sender.organ_id},{slashed(self.on)},{self.number}/{self.notation}"


def slashed(on: date) -> str:
    """Give a date as packages write it: ``2026/03/05``."""
    return f"{on.year:04d}/{on.month:02d}/{on.day:02d}"
