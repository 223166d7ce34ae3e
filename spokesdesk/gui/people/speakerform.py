"""Writing down who may speak: the inputs that each kind of right needs, and the record made of them."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import parse_date, parse_time, to_vn, vn_day
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.spokespeople import BY_LETTER, Authorisation, AuthorisationDraft, SpeakerKind
from spokesdesk.gui.people.entry import EntryForm
from spokesdesk.gui.people.forms import Shape, Texts
from spokesdesk.gui.people.kinds import speaker_kinds
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.fields import ComboBox
from spokesdesk.services import spokespeople
from spokesdesk.services.ports import Desk

_ALWAYS = frozenset(["kind", "name", "post", "phone", "email", "from_on", "until_on", "note"])
_BY_PAPER = frozenset(
    ["decision_number", "decided_at", "issuing_body", "authorised_by", "authorised_by_post"]
)
_TEXTS = (
    "name",
    "post",
    "decision_number",
    "issuing_body",
    "authorised_by",
    "authorised_by_post",
    "scope",
    "phone",
    "email",
    "note",
)


def shape() -> Shape:
    """Give the inputs."""
    parts = (
        ("", (("kind", 2), ("name", 1), ("post", 1))),
        ("", (("scope", 2), ("from_on", 1), ("until_on", 1))),
        (_("Căn cứ"), (("decision_number", 1), ("decided_at", 1), ("issuing_body", 2))),
        ("", (("authorised_by", 1), ("authorised_by_post", 1))),
        (_("Liên hệ được công bố"), (("phone", 1), ("email", 1))),
        ("", (("note", 2),)),
    )
    hints = (
        ("decided_at", _("Ví dụ: 9h00 01/09/2026. Thời hạn công bố tính từ lúc này.")),
        ("email", _("Chỉ ghi thư công vụ, không ghi thư riêng.")),
    )
    named = (
        ("kind", _("Tư cách phát ngôn")),
        ("phone", _("Số điện thoại")),
        ("email", _("Thư điện tử công vụ")),
    )
    return Shape("spokesperson", _("Người được phát ngôn"), parts, speaker_kinds(), named, hints)


def needed(kind: SpeakerKind) -> frozenset[str]:
    """Give the inputs that a kind of right has."""
    if kind is SpeakerKind.HEAD:
        return _ALWAYS
    return _ALWAYS | _BY_PAPER | (frozenset() if kind is SpeakerKind.REGULAR else frozenset({"scope"}))


class SpeakerForm(EntryForm):
    """The form; which inputs it shows follows the kind."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, shape(), keep, parent)
        self._kind_edit = self.field("kind").edit
        assert isinstance(self._kind_edit, ComboBox)
        self._kind_edit.currentIndexChanged.connect(self._kind_changed)
        self._kind_changed(0)

    def begin_new(self) -> None:
        """Show empty inputs, then what the desk knows of the office."""
        desk = self.context.desk()
        self.begin(self.shape.title, {}, {"from_on": f"{vn_day(desk.now()):%d/%m/%Y}" if desk else ""})
        if desk is not None:
            work = partial(spokespeople.blank, desk, SpeakerKind.REGULAR)
            self.context.courier.run(work, owner=self, ok=self._prefill, lane="read")

    def begin_correction(self, held: Authorisation) -> None:
        """Show an entry to be put right."""
        title = _("Đính chính: {name}").format(name=held.name)
        self.begin(title, {"corrects": str(held.id), "name": held.name}, texts_of(held))

    def _prefill(self, known: AuthorisationDraft) -> None:
        if self.is_dirty or not self._empty:
            return
        self._fill(self.inputs.texts() | {name: getattr(known, name) for name in ("issuing_body",)})
        self._fill(
            self.inputs.texts()
            | {"authorised_by": known.authorised_by, "authorised_by_post": known.authorised_by_post}
        )
        self._empty = self.inputs.texts()

    def _kind_changed(self, _index: int) -> None:
        kind = SpeakerKind(str(self.inputs.texts()["kind"]))
        self.inputs.show_only(needed(kind))
        told = _("Để trống nếu giấy ủy quyền sẽ soạn tại đây.") if kind in BY_LETTER else ""
        self.field("decision_number").set_hint(told)


def texts_of(held: Authorisation) -> dict[str, object]:
    """Give the inputs that show an entry."""
    signed = f"{to_vn(held.decided_at):%H:%M %d/%m/%Y}" if held.decided_at else ""
    days = {
        "from_on": f"{held.from_on:%d/%m/%Y}",
        "until_on": f"{held.until_on:%d/%m/%Y}" if held.until_on else "",
    }
    return (
        {name: getattr(held, name) for name in _TEXTS}
        | days
        | {"kind": held.kind.value, "decided_at": signed}
    )


def keep(
    desk: Desk, about: Texts, texts: Mapping[str, str], draft_id: UUID | None
) -> tuple[Authorisation, Changes]:
    """Write down what was typed (blocking); raises UserError naming the input."""
    kind = SpeakerKind(texts["kind"])
    used = {name: text if name in needed(kind) else "" for name, text in texts.items()}
    corrects = str(about.get("corrects") or "")
    plain: dict[str, Any] = {name: used[name] for name in _TEXTS}
    draft = AuthorisationDraft(
        kind=kind,
        from_on=parse_date(used["from_on"], field="from_on"),
        until_on=parse_date(used["until_on"], field="until_on") if used["until_on"].strip() else None,
        decided_at=_moment(desk, used["decided_at"]),
        corrects=UUID(corrects) if corrects else None,
        **plain,
    )
    return spokespeople.authorise(desk, draft, draft_id)


def _moment(desk: Desk, text: str) -> datetime | None:
    return parse_time(text, now=desk.now(), field="decided_at") if text.strip() else None
