"""The province writes alerts and requests to the agency, which acknowledges, answers, and tells its difficulties."""

from spokesdesk.domain.errors import ConflictError, UserError, WaitError
from spokesdesk.domain.journal import Channel, GivenForm
from spokesdesk.domain.province import NoteDraft, NoteKind
from spokesdesk.domain.requests import OPEN_STATES, GivenAnswer
from spokesdesk.services import province, requests
from tests.sync.simulation.history import History
from tests.sync.simulation.moves_troubles import exchange
from tests.sync.simulation.places import PROVINCE


def write_down(history: History, _n: int) -> None:
    """The province alerts the agency, or asks it for something."""
    history.begin()
    kind = history.random.choice((NoteKind.ALERT, NoteKind.ASK))
    words, to = f"Tỉnh viết số {history.step_n}", str(history.world.journal)
    province.write(history.desk(PROVINCE), NoteDraft(kind, words, "Đề nghị kiểm tra.", recipient=to))
    history.told.notes_down[words] = kind
    history.say(f"the province writes {kind} {words!r}")


def write_up(history: History, n: int) -> None:
    """The agency tells the province of a difficulty."""
    history.begin()
    if not history.sees(n):
        return
    words = f"Khó khăn số {history.step_n} của máy {n}"
    try:
        province.write(history.desk(n), NoteDraft(NoteKind.DIFFICULTY, words, "Thiếu người."))
    except WaitError:  # it died in its first round, and has not heard yet that there is a province
        return
    history.told.notes_up[words] = (n, history.step_n)
    history.say(f"desk {n} writes {words!r} to the province")


def acknowledge(history: History, n: int) -> None:
    """Say to the province that an alert was received."""
    history.begin()
    desk = history.desk(n)
    for matter in province.matters(desk, NoteKind.ALERT):
        words = f"Đã nhận số {history.step_n} ở máy {n}"
        try:
            province.acknowledge(desk, matter.note.id, words)
        except ConflictError:
            continue
        history.told.notes_up[words] = (n, history.step_n)
        history.say(f"desk {n} acknowledges {matter.note.title!r}")
        return


def answer(history: History, n: int) -> None:
    """Answer what the province asked and is still open on a desk."""
    history.begin()
    desk = history.desk(n)
    for row in requests.request_rows(desk, requests.request_numbers(desk)):
        request = requests.request(desk, row.id)
        if request.channel is not Channel.PROVINCE or request.state not in OPEN_STATES:
            continue
        words = f"Trả lời tỉnh số {history.step_n} của máy {n}"
        try:
            requests.answer(desk, request.id, GivenAnswer(words, GivenForm.DOCUMENT, "", desk.now()))
        except UserError:  # by a clock a day behind it would be answered before it was asked
            continue
        history.told.notes_up[words] = (n, history.step_n)
        history.say(f"desk {n} answers the province {words!r}")
        return


def exchange_there(history: History, _n: int) -> None:
    """The province's desk exchanges."""
    exchange(history, PROVINCE)
