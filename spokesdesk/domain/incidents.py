"""Incidents (vụ việc đột xuất, bất thường): what is known of one, when its clocks started, what was said and agreed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.journal import Attachment, Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Ref

TITLE_LIMIT = 250
FACTS_LIMIT = 20_000
TEXT_LIMIT = 20_000
REMARK_LIMIT = 2_000
AGENCIES_LIMIT = 30
FILES_LIMIT = 50


class IncidentScope(StrEnum):
    """How far an incident reaches (phạm vi); what reaches further has a duty of its own."""

    OWN = "own"
    MULTI = "multi"
    NATIONAL = "national"

    @property
    def wording(self) -> str:
        """The scope in a few Vietnamese words."""
        return {
            IncidentScope.OWN: _("Trong phạm vi cơ quan"),
            IncidentScope.MULTI: _("Từ hai bộ, ngành, tỉnh trở lên"),
            IncidentScope.NATIONAL: _("Tầm quốc gia"),
        }[self]


class IncidentState(StrEnum):
    """Where an incident stands."""

    OPEN = "open"
    SPOKEN = "spoken"
    CLOSED = "closed"

    @property
    def wording(self) -> str:
        """The state in a few Vietnamese words."""
        return {
            IncidentState.OPEN: _("Chưa phát ngôn"),
            IncidentState.SPOKEN: _("Đã phát ngôn"),
            IncidentState.CLOSED: _("Đã đóng"),
        }[self]


class IncidentMove(StrEnum):
    """What is done about an incident; each is an entry of the journal."""

    OPEN = "open"
    SAY = "say"
    WORD = "word"
    AGREE = "agree"
    DRAFT = "draft"
    SENT = "sent"
    NOTE = "note"
    EVIDENCE = "evidence"
    CLOSE = "close"
    REOPEN = "reopen"

    @property
    def wording(self) -> str:
        """The move in a few Vietnamese words."""
        return {
            IncidentMove.OPEN: _("Mở vụ việc"),
            IncidentMove.SAY: _("Phát ngôn, cung cấp thông tin"),
            IncidentMove.WORD: _("Đưa ra bản nội dung"),
            IncidentMove.AGREE: _("Ý kiến về bản nội dung"),
            IncidentMove.DRAFT: _("Soạn văn bản"),
            IncidentMove.SENT: _("Báo cáo, phối hợp"),
            IncidentMove.NOTE: _("Ghi chú"),
            IncidentMove.EVIDENCE: _("Thêm chứng cứ"),
            IncidentMove.CLOSE: _("Đóng vụ việc"),
            IncidentMove.REOPEN: _("Mở lại vụ việc"),
        }[self]


class StatementForm(StrEnum):
    """In which form the agency spoke (hình thức phát ngôn, cung cấp thông tin).

    Source: NĐ 244/2026/NĐ-CP, Điều 5.
    """

    RELEASE = "release"
    PORTAL = "portal"
    CONFERENCE = "conference"
    INTERVIEW = "interview"
    BRIEFING = "briefing"
    WRITTEN = "written"

    @property
    def wording(self) -> str:
        """The form in a few Vietnamese words."""
        return {
            StatementForm.RELEASE: _("Thông cáo báo chí"),
            StatementForm.PORTAL: _("Đăng trên cổng, trang, kênh chính thức"),
            StatementForm.CONFERENCE: _("Họp báo"),
            StatementForm.INTERVIEW: _("Trả lời trực tiếp, phỏng vấn"),
            StatementForm.BRIEFING: _("Cung cấp tại giao ban báo chí"),
            StatementForm.WRITTEN: _("Văn bản, thư điện tử"),
        }[self]


class Stance(StrEnum):
    """What an agency answered to a text."""

    AGREED = "agreed"
    OBJECTED = "objected"

    @property
    def wording(self) -> str:
        """The answer in a few Vietnamese words."""
        return {Stance.AGREED: _("đồng ý"), Stance.OBJECTED: _("chưa đồng ý")}[self]


@dataclass(frozen=True, slots=True)
class IncidentDraft:
    """What is known of an incident, before it is checked.

    Attributes:
        happened_at: UTC, when it happened (thời điểm xảy ra); the clock of NĐ 09/2017.
        received_at: UTC, when the agency took it in and handled it (tiếp nhận và xử lý).
        impact_at: UTC, when the agency determined that it affects public opinion (xác định tác động).
        asked_at: UTC, when press or press authority first asked about it.
        lead: the agency in the lead (cơ quan chủ trì), "" for none named.
        participants: the others (cơ quan phối hợp).
        facts: what happened, in order (diễn biến).

    Source: NĐ 244/2026/NĐ-CP, Điều 7 khoản 1–5; NĐ 09/2017/NĐ-CP, Điều 6 khoản 3 điểm a.
    """

    title: str
    happened_at: datetime | None = None
    received_at: datetime | None = None
    impact_at: datetime | None = None
    asked_at: datetime | None = None
    scope: IncidentScope = IncidentScope.OWN
    place: str = ""
    lead: str = ""
    participants: tuple[str, ...] = ()
    facts: str = ""


@dataclass(frozen=True, slots=True)
class IncidentClock:
    """A clock that one moment of an incident started, as the law of that day had it.

    Attributes:
        event: of the rule pack.
        title: what is to be done.
        trigger: what it counts from, in Vietnamese.
        trigger_at: UTC.
        due: until when, with its căn cứ; an open incident keeps it when a newer pack comes.
    """

    event: str
    title: str
    trigger: str
    trigger_at: datetime
    due: Due


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said to the press.

    Attributes:
        said_at: UTC.
        speaker: who spoke, with the post.
        text: what was said; "" when a paper says it.
    """

    said_at: datetime
    form: StatementForm
    speaker: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A version of the text that the agencies are to agree on.

    Attributes:
        version: 1 for the first.
        text: subject and body.
        sha256: of the text as UTF-8, hex: what an agreement is given to.
        paper_id: the paper whose text it was, None for a typed one.
    """

    version: int
    text: str
    sha256: str
    paper_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What an agency answered to one version of the text.

    Attributes:
        agency: who answered.
        person: who spoke for it, and how (telephone, letter number …).
        sha256: of the text that was answered to; a later version is not agreed by it.
    """

    agency: str
    person: str
    stance: Stance
    sha256: str


@dataclass(frozen=True, slots=True)
class IncidentStep:
    """One thing done about an incident, with who and when.

    Attributes:
        at: UTC, when it was written down.
        done_at: UTC, when a message was given or sent.
        to: whom a message went to, or a paper is for.
        paper_id: the paper, where there is one.
        files: evidence (chứng cứ), each kept by hash.
    """

    id: UUID
    incident_id: UUID
    move: IncidentMove
    target: IncidentState
    at: datetime
    by: Ref
    remark: str = ""
    done_at: datetime | None = None
    to: tuple[str, ...] = ()
    paper_id: UUID | None = None
    statement: Statement | None = None
    wording: Wording | None = None
    agreement: Agreement | None = None
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class IncidentVersion:
    """What was known as it was saved once, with the clocks it started; never changed afterwards."""

    version: int
    facts: IncidentDraft
    clocks: tuple[IncidentClock, ...]
    at: datetime
    by: Ref


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident (vụ việc đột xuất).

    Attributes:
        facts, clocks: as they stand now.
        version: grows with each saved change of the facts.
        opened_at, saved_at: UTC.
        steps: everything done, the first one first.
    """

    id: UUID
    facts: IncidentDraft
    clocks: tuple[IncidentClock, ...]
    state: IncidentState
    version: int
    opened_at: datetime
    saved_at: datetime
    author: Ref
    steps: tuple[IncidentStep, ...] = ()

    @property
    def title(self) -> str:
        """What lists call the incident."""
        return self.facts.title

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What was said to the press, the earliest first."""
        said = (step.statement for step in self.steps if step.statement is not None)
        return tuple(sorted(said, key=lambda each: each.said_at))

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """The versions of the text to agree on, the first one first."""
        return tuple(step.wording for step in self.steps if step.wording is not None)

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The evidence, each file once, the first one first."""
        found = {file.sha256: file for step in self.steps for file in step.files}
        return tuple(found.values())

    @property
    def papers(self) -> tuple[UUID, ...]:
        """The papers drafted or used, each once, the first one first."""
        return tuple(dict.fromkeys(step.paper_id for step in self.steps if step.paper_id is not None))

    def answered_at(self, clock: IncidentClock) -> datetime | None:
        """Give when a clock was met: the first statement at or after what started it; None while it runs."""
        after = (said.said_at for said in self.statements if said.said_at >= clock.trigger_at)
        return next(after, None)

    @property
    def running(self) -> tuple[IncidentClock, ...]:
        """The clocks that nothing said has met yet, the first due first, those without a moment last."""
        if self.state is IncidentState.CLOSED:
            return ()
        found = [clock for clock in self.clocks if self.answered_at(clock) is None]
        return tuple(sorted(found, key=_by_due))

    @property
    def due_at(self) -> datetime | None:
        """When the first running clock ends (UTC); None when none does."""
        return next((clock.due.due_at for clock in self.running if clock.due.due_at is not None), None)

    def stances(self) -> dict[str, Stance | None]:
        """Give what each agency last answered to the latest text; None for no answer to that text."""
        wanted = dict.fromkeys(name for name in (self.facts.lead, *self.facts.participants) if name)
        found: dict[str, Stance | None] = dict(wanted)
        latest = self.wordings[-1].sha256 if self.wordings else ""
        for step in self.steps:
            if step.agreement is not None and step.agreement.sha256 == latest:
                found[step.agreement.agency] = step.agreement.stance
        return found


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident as a list shows it; ``due_at`` of the first clock that runs, with its căn cứ."""

    n: int
    id: UUID
    title: str
    state: IncidentState
    scope: IncidentScope
    opened_at: datetime
    due_at: datetime | None
    citation: str
    lead: str
    author: str


def _by_due(clock: IncidentClock) -> tuple[bool, float]:
    due = clock.due.due_at
    return due is None, due.timestamp() if due else 0
