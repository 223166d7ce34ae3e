"""The panel that asks what a step needs (what was said, who answered to which text …) before it is written down."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.incidents import REMARK_LIMIT, TEXT_LIMIT, Stance, Statement, StatementForm
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.steppanel import Shape, StepPanel
from spokesdesk.gui.widgets.drop import DropArea
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit, TextEdit
from spokesdesk.services import incidents, journal
from spokesdesk.services.incidents import IncidentView
from spokesdesk.services.ports import Desk

FORM = "incident:ask"


class Ask(StrEnum):
    """Which step is asked about."""

    SAY = "say"
    WORD = "word"
    AGREE = "agree"
    SENT = "sent"
    NOTE = "note"
    EVIDENCE = "evidence"
    CLOSE = "close"
    REOPEN = "reopen"


def _shape(ask: Ask) -> Shape:
    reason = _("Lý do")
    return {
        Ask.SAY: Shape(
            _("Ghi một lần phát ngôn"),
            _("Ghi phát ngôn"),
            ("form", "speaker", "said_at", "paper", "statement"),
        ),
        Ask.WORD: Shape(_("Đưa ra bản nội dung để thống nhất"), _("Đưa ra bản này"), ("paper", "wording")),
        Ask.AGREE: Shape(
            _("Ghi ý kiến về bản mới nhất"),
            _("Ghi ý kiến"),
            ("other_agency", "stance", "answerer", "remark"),
            _("Nội dung ý kiến"),
        ),
        Ask.SENT: Shape(
            _("Ghi đã báo cáo, phối hợp"),
            _("Ghi đã báo"),
            ("to", "paper", "done_at", "remark"),
            _("Cách báo, người nhận"),
        ),
        Ask.NOTE: Shape(_("Ghi chú"), _("Ghi chú"), ("remark",), _("Việc gì, ai, lúc nào")),
        Ask.EVIDENCE: Shape(
            _("Thêm chứng cứ"), _("Lưu chứng cứ"), ("files", "remark"), _("Tệp gì, của ai, từ đâu")
        ),
        Ask.CLOSE: Shape(_("Đóng vụ việc"), _("Đóng vụ việc"), ("remark",), _("Kết quả")),
        Ask.REOPEN: Shape(_("Mở lại vụ việc"), _("Mở lại"), ("remark",), reason),
    }[ask]


class AskPanel(StepPanel):
    """One step being asked about; ``done`` tells the ``Ask`` that was written down."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ask: Ask = Ask.SAY
        self._hash = ""
        self._given: dict[str, str] = {}
        self.form: ComboBox[StatementForm] = ComboBox([(one, one.wording) for one in StatementForm], self)
        self.stance: ComboBox[Stance] = ComboBox([(one, one.wording) for one in Stance], self)
        self.paper: ComboBox[UUID | None] = ComboBox([], self)
        self.files = DropArea(context.courier, context.theme, self, narrow=True)
        now = _("để trống nếu là bây giờ")
        self._lines = {
            "speaker": LineEdit(_("họ tên, chức vụ"), self),
            "said_at": LineEdit(now, self),
            "other_agency": LineEdit(parent=self),
            "answerer": LineEdit(_("ai trả lời, bằng điện thoại, văn bản số…"), self),
            "done_at": LineEdit(now, self),
        }
        self._texts = {
            "statement": TextEdit(_("Lời đã phát ngôn; để trống nếu đúng như văn bản"), 4, self),
            "wording": TextEdit(_("Gõ hoặc dán nội dung; để trống nếu lấy từ văn bản"), 5, self),
            "to": TextEdit(_("mỗi dòng một nơi"), 2, self),
            "remark": TextEdit("", 2, self),
        }
        self._build()

    def begin(self, ask: Ask, seen: IncidentView, given: Mapping[str, str]) -> None:
        """Ask about a step.

        Args:
            given: what is proposed for its fields, by name.
        """
        self._set_up(ask, seen)
        self._fill(given)
        self._focus_first()

    def restore(self, seen: IncidentView, draft_id: UUID, values: Mapping[str, object]) -> None:
        """Take back what was typed."""
        self._set_up(Ask(str(values["ask"])), seen)
        self._fill({name: str(value) for name, value in values.items() if name != "files"})
        files = values.get("files")
        self.auto.set_quiet(True)
        self.files.restore(files if isinstance(files, list) else [])
        self.auto.set_quiet(False)
        self.auto.resume(draft_id)

    @property
    def takes_evidence(self) -> bool:
        """Whether the panel asks about evidence now."""
        return self.is_open and self._ask is Ask.EVIDENCE

    @property
    def has_text(self) -> bool:
        """Whether something else stands there than was proposed."""
        return self._typed() != self._given or bool(self.files.values())

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        return {
            **self._typed(),
            "ask": self._ask.value,
            "hash": self._hash,
            "form": self.form.value().value,
            "stance": self.stance.value().value,
            "paper": str(self.paper.value() or ""),
            "files": self.files.values(),
        }

    def work(self, desk: Desk, record_id: UUID) -> Callable[[], object]:
        """Give what writes the step down; raises UserError naming the moment that cannot be read."""
        text, draft_id = self._typed(), self.auto.draft_id
        paper, remark = self.paper.value(), text["remark"]
        match self._ask:
            case Ask.SAY:
                at = self._moment(desk, self._lines["said_at"], "said_at") or desk.now()
                said = Statement(at, self.form.value(), text["speaker"], text["statement"])
                return partial(incidents.say, desk, record_id, said, paper_id=paper, draft_id=draft_id)
            case Ask.WORD if paper is not None and not text["wording"].strip():
                return partial(incidents.word_paper, desk, record_id, paper)
            case Ask.WORD:
                return partial(incidents.word, desk, record_id, text["wording"], draft_id=draft_id)
            case Ask.AGREE:
                given = (text["other_agency"], text["answerer"], self.stance.value())
                return partial(
                    incidents.agree,
                    desk,
                    record_id,
                    *given,
                    sha256=self._hash,
                    remark=remark,
                    draft_id=draft_id,
                )
            case Ask.SENT:
                done_at = self._moment(desk, self._lines["done_at"], "done_at")
                told = text["to"].split("\n")
                work = partial(incidents.sent, desk, record_id, told, done_at=done_at, paper_id=paper)
                return partial(work, remark=remark, draft_id=draft_id)
            case Ask.EVIDENCE if self.files.is_waiting:
                raise UserError("file_on_its_way", field="files")
            case Ask.EVIDENCE:
                files = self.files.attachments()
                return partial(incidents.add_evidence, desk, record_id, files, remark, draft_id=draft_id)
        plain = {Ask.NOTE: incidents.note, Ask.CLOSE: incidents.close}.get(self._ask, incidents.reopen)
        return partial(plain, desk, record_id, remark, draft_id=draft_id)

    def _typed(self) -> dict[str, str]:
        lines = {name: edit.text() for name, edit in self._lines.items()}
        return lines | {name: edit.text() for name, edit in self._texts.items()}

    def _set_up(self, ask: Ask, seen: IncidentView) -> None:
        found = seen.incident
        self._hash = found.wordings[-1].sha256 if found.wordings else ""
        papers: Sequence[tuple[UUID | None, str]] = [
            (None, _("không có văn bản")),
            *((paper_id, title) for paper_id, title, _state in reversed(seen.papers)),
        ]
        desk = self._context.desk()
        self.auto.set_quiet(True)
        self.files.keep_with(partial(journal.keep_file, desk) if desk is not None else None)
        self.files.clear()
        self.paper.set_choices(papers)
        self.auto.set_quiet(False)
        self._ask_for(ask, found.id, _shape(ask), but="" if seen.papers else "paper")

    def _fill(self, values: Mapping[str, str]) -> None:
        self.auto.set_quiet(True)
        for name, edit in self._lines.items():
            edit.setText(values.get(name, ""))
        for name, text in self._texts.items():
            text.set_text(values.get(name, ""))
        self._hash = values.get("hash", self._hash)
        self.form.set_value(StatementForm(values.get("form", StatementForm.RELEASE.value)))
        self.stance.set_value(Stance(values.get("stance", Stance.AGREED.value)))
        self.paper.set_value(UUID(values["paper"]) if values.get("paper") else None)
        self.auto.set_quiet(False)
        self._given = self._typed()
        self.auto.start_new(f"{FORM}:{self._record_id}")
        show_error(self.fields, None)

    def _build(self) -> None:
        made = (
            (_("Hình thức"), self.form, "form"),
            (_("Người phát ngôn"), self._lines["speaker"], "speaker"),
            (_("Lúc phát ngôn"), self._lines["said_at"], "said_at"),
            (_("Cơ quan cho ý kiến"), self._lines["other_agency"], "other_agency"),
            (_("Ý kiến"), self.stance, "stance"),
            (_("Người trả lời, cách trả lời"), self._lines["answerer"], "answerer"),
            (_("Nơi nhận"), self._texts["to"], "to"),
            (_("Văn bản"), self.paper, "paper"),
            (_("Lúc báo"), self._lines["done_at"], "done_at"),
            (_("Nội dung phát ngôn"), self._texts["statement"], "statement"),
            (_("Nội dung lấy ý kiến"), self._texts["wording"], "wording"),
            (_("Chứng cứ"), self.files, "files"),
            (_("Ghi chú"), self._texts["remark"], "remark"),
        )
        limits = {"statement": TEXT_LIMIT, "wording": TEXT_LIMIT, "remark": REMARK_LIMIT}
        fields = [Field(text, edit, name, parent=self) for text, edit, name in made]
        self._add_fields(fields, limits, FORM)
