"""One person's data: shown whole, given out, erased with proof; how long records are kept; who looked."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from spokesdesk import assets
from spokesdesk.domain import privacy as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import OutsideError, UserError, WaitError
from spokesdesk.domain.people import Journalist, Role
from spokesdesk.domain.privacy import Access, Deletion, Ground, Overdue, PersonalData, PrivacyLaw, Scope
from spokesdesk.domain.sealing import require_none_awaited
from spokesdesk.services.erased_files import let_go, places
from spokesdesk.services.ports import Desk, Unit

RETENTION = "privacy_retention"
SCRUB_DUE = "privacy_scrub_due"
# What goes with its texts and files when its period is over; people go one by one, drafts are dropped.
ENTRIES = ("contact", "request", "article", "case")
_LIMIT = 500
_MONTH = timedelta(days=365.2425 / 12)


@cache
def law() -> PrivacyLaw:
    """Give the grounds and kinds of the data file."""
    content = tomllib.loads(assets.read_text("privacy", "personal_data.toml"))
    retention = content["retention"]
    return PrivacyLaw(
        tuple(Ground(one["id"], one["text"], one["citation"]) for one in content["delete"]),
        tuple(Ground(one["id"], one["text"], one["citation"]) for one in content["refuse"]),
        tuple(retention["kinds"]),
        retention["citation"],
        retention["note"],
        Ground(**content["hold"]),
    )


def data(desk: Desk, journalist_id: UUID) -> PersonalData:
    """Give everything kept of a journalist; whoever shows it notes that in the access log.

    Raises:
        UserError: ``record_missing``.
    """
    with desk.read() as unit:
        person: Journalist = unit.people.journalist(journalist_id)
        subjects = [person.id, *(one.id for one in unit.people.journalists_merged(person.id))]
        traces = tuple(trace for subject in subjects for trace in unit.privacy.traces(subject))
        return PersonalData(person, traces, _named(unit, person))


def _named(unit: Unit, person: Journalist) -> dict[str, int]:
    """Count the papers and articles that name a person; they are records of the agency and stay."""
    mentions = unit.privacy.mentions(person.name)
    return {kind: count for kind, count in mentions.items() if kind in ("paper", "article")}


def show(desk: Desk, journalist_id: UUID) -> PersonalData:
    """Give everything kept of a journalist; noted in the access log.

    Raises:
        UserError: ``record_missing``.
    """
    found = data(desk, journalist_id)
    note_access(desk, "journalist", journalist_id, "opened")
    return found


def export_json(desk: Desk, journalist_id: UUID) -> dict[str, object]:
    """Give a copy of a person's data for machines; noted in the access log.

    Source:
        NĐ 356/2025/NĐ-CP, Điều 5 khoản 3 (a copy on request).
    """
    found = data(desk, journalist_id)
    note_access(desk, "journalist", journalist_id, "exported")
    return {
        "made_at": desk.now(),
        "person": asdict(found.person),
        "records": [asdict(trace) for trace in found.traces],
        "mentions": dict(found.mentions),
    }


def export_pdf(desk: Desk, journalist_id: UUID) -> bytes:
    """Give the same copy as a PDF for people; noted in the access log."""
    from spokesdesk.typeset.privacy import copy_pdf

    found = data(desk, journalist_id)
    note_access(desk, "journalist", journalist_id, "exported")
    with desk.read() as unit:
        agency = unit.people.agency()
    return copy_pdf(found, agency, desk.now())


def erase(
    desk: Desk, journalist_id: UUID, ground_id: str, scope: Scope = Scope.IDENTITY
) -> tuple[Deletion, Changes]:
    """Erase a journalist's data everywhere, so that it resists recovery; the chain still verifies.

    The record of deletion, an entry of the journal, says how much, why, when and who; not whose.

    Args:
        ground_id: of ``law().delete``.
        scope: identity alone, or the texts and files of the person's contacts, too.

    Raises:
        AccessError: an admin is needed.
        UserError: ``privacy_ground``, ``record_missing``.
        WaitError: ``agency_key_awaited``.

    Source:
        Luật 91/2025/QH15, Điều 14; NĐ 356/2025/NĐ-CP, Điều 5 khoản 4 (no recovery).
    """
    desk.member.require(Role.ADMIN)
    ground = law().ground(ground_id)
    with desk.write() as unit:
        require_none_awaited(unit.agency_keys.locked())
        person = unit.people.journalist(journalist_id)
        deletion_id = desk.new_id()
        counts, hashes, files = _erased(unit, person, scope, deletion_id)
        named = _named(unit, person)
        erased = (counts | {f"{kind}{rules.HELD}": count for kind, count in named.items()}, hashes, files)
        made = _recorded(desk, unit, deletion_id, "journalist", person.id, scope, ground, erased)
        unit.access.add([Access(desk.now(), desk.member.ref, "journalist", journalist_id, "erased")])
    let_go(desk)
    scrub(desk)
    changed = (Change(kind) for kind in ("journalist", "contact", "case", "paper"))
    return made, (Change("journalist", journalist_id), *changed)


def _erased(
    unit: Unit, person: Journalist, scope: Scope, deletion_id: UUID
) -> tuple[dict[str, int], list[str], list[str]]:
    """Erase a person under every id that entries were written with: that of a merged record, too."""
    merged = unit.people.journalists_merged(person.id)
    texts = tuple({text for one in (person, *merged) for text in rules.identifiers(one)})
    longest_first = tuple(sorted(texts, key=len, reverse=True))
    counts: Counter[str] = Counter()
    hashes: list[str] = []
    files: list[str] = []
    for one in (*merged, person):
        some, committed, named = unit.privacy.erase_person(one.id, longest_first, scope, deletion_id)
        counts.update(some)
        hashes += committed
        files += named
    return dict(counts), hashes, files


def erase_entries(
    desk: Desk, entries: Sequence[tuple[str, UUID]], ground_id: str
) -> tuple[Deletion, Changes]:
    """Erase the texts, people and files of entries no longer needed; raises as ``erase`` does.

    Args:
        entries: kind (of ``ENTRIES``) and id of each.
    """
    desk.member.require(Role.ADMIN)
    ground = law().ground(ground_id)
    if not entries:
        raise UserError("field_required", field="id")
    with desk.write() as unit:
        require_none_awaited(unit.agency_keys.locked())
        deletion_id = desk.new_id()
        counts: Counter[str] = Counter()
        hashes: list[str] = []
        files: list[str] = []
        for kind, record in entries:
            some, committed, named = unit.privacy.erase_entry(kind, record, deletion_id)
            counts.update(some)
            hashes += committed
            files += named
        erased = (dict(counts), hashes, files)
        made = _recorded(desk, unit, deletion_id, *entries[0], Scope.CONTENT, ground, erased)
    let_go(desk)
    scrub(desk)
    return made, tuple(Change(kind, record) for kind, record in entries)


def scrub(desk: Desk) -> bool:
    """Write the database's file anew, without anything that was deleted.

    What was erased is overwritten already; this reaches older remains, too. Where the file is in use or the disk is
    full it is noted, and done when the desk is opened next.

    Returns:
        Whether it was done.
    """
    try:
        with desk.write() as unit:
            unit.privacy.settle_index()
        desk.keeper.scrub()
    except (WaitError, OutsideError):
        done = False
    else:
        done = True
    with desk.write() as unit:
        unit.settings.put(SCRUB_DUE, not done)
    return done


def tidy(desk: Desk) -> None:
    """Do what waits since the desk was closed: the file is written anew, old entries of the access log go."""
    with desk.read() as unit:
        is_due, months = bool(unit.settings.get(SCRUB_DUE)), _periods(unit).get("access")
    with suppress(WaitError, OutsideError):
        let_go(desk)
    if is_due:
        scrub(desk)
    if months:
        with desk.write() as unit:
            unit.access.prune(_before(desk.now(), months))


def deletions(desk: Desk) -> tuple[Deletion, ...]:
    """Give the records of deletions, the latest first."""
    with desk.read() as unit:
        return unit.privacy.deletions()


def certificate(desk: Desk, deletion_id: UUID, name: str = "") -> bytes:
    """Give the certificate of a deletion (biên bản xóa) as a PDF.

    Args:
        name: whose data it was, to stand on the paper; it is kept nowhere.
    """
    from spokesdesk.typeset.privacy import certificate_pdf

    with desk.read() as unit:
        found = next((one for one in unit.privacy.deletions() if one.id == deletion_id), None)
        agency = unit.people.agency()
        own = list(unit.chain.links()) if found else []
        peers = [link for links in unit.chain.peers() for link in links] if found else []
    if found is None:
        raise UserError("record_missing", field="id", id=deletion_id)
    link = next(link for link in (*own, *peers) if link.entry == deletion_id)
    return certificate_pdf(found, agency, link, law().hold, name, places(desk, deletion_id))


def retention(desk: Desk) -> dict[str, int]:
    """Give the periods that the agency has set, in months by kind; a kind that is not there is kept on."""
    with desk.read() as unit:
        return _periods(unit)


def set_retention(desk: Desk, kind: str, months: int | None) -> Changes:
    """Set how long a kind of record is kept, in months; None: no limit.

    Raises:
        AccessError: an admin is needed.
        UserError: ``retention_kind``, ``retention_months``.

    Source:
        Luật 91/2025/QH15, Điều 3 khoản 3 and Điều 14 khoản 1: no longer than needed; no number in the law.
    """
    desk.member.require(Role.ADMIN)
    clean = rules.checked_months(kind, months, law().retention_kinds)
    with desk.write() as unit:
        periods = {key: value for key, value in _periods(unit).items() if key != kind}
        unit.settings.put(RETENTION, periods | ({kind: clean} if clean else {}))
    return (Change("setting"),)


def overdue(desk: Desk) -> tuple[Overdue, ...]:
    """Give what is kept longer than the agency's periods, the oldest first, at most 500 of a kind."""
    with desk.read() as unit:
        found: list[Overdue] = []
        for kind, months in _periods(unit).items():
            before = _before(desk.now(), months)
            found += [
                Overdue(kind, one, title, at, months)
                for one, title, at in unit.privacy.older(kind, before, _LIMIT)
            ]
    return tuple(sorted(found, key=lambda item: item.at))


def erase_overdue(desk: Desk) -> tuple[Deletion | None, int, Changes]:
    """Erase entries kept longer than the periods (see ``ENTRIES``), drop such drafts; people go one by one.

    Returns:
        The record of deletion (None where no entry was overdue), how many drafts went, what changed.

    Raises:
        AccessError: an admin is needed.
    """
    desk.member.require(Role.ADMIN)
    found = overdue(desk)
    old_drafts = [one.id for one in found if one.kind == "draft"]
    with desk.write() as unit:
        for draft_id in old_drafts:
            unit.drafts.drop(draft_id)
    entries = [(one.kind, one.id) for one in found if one.kind in ENTRIES]
    if not entries:
        return None, len(old_drafts), ()
    made, changes = erase_entries(desk, entries, "retention_over")
    return made, len(old_drafts), changes


def note_access(desk: Desk, kind: str, subject: UUID | None, act: str) -> None:
    """Note that whoever works now looked at somebody's data."""
    note_all(desk, [(desk.now(), kind, subject, act)])


def note_quietly(desk: Desk, kind: str, subject: UUID | None, act: str) -> None:
    """Note a look beside work that must not fail for it: a busy file or a full disk, or nobody at work, is no error."""
    if desk.actor is not None:
        with suppress(WaitError, OutsideError):
            note_access(desk, kind, subject, act)


def note_all(desk: Desk, seen: Iterable[tuple[datetime, str, UUID | None, str]]) -> None:
    """Note several looks in one transaction, and drop what is older than the agency's period."""
    rows = [Access(at, desk.member.ref, kind, subject, act) for at, kind, subject, act in seen]
    with desk.write() as unit:
        unit.access.add(rows)
        months = _periods(unit).get("access")
        if months:
            unit.access.prune(_before(desk.now(), months))


def access_log(desk: Desk, subject: UUID | None = None, limit: int = _LIMIT) -> tuple[Access, ...]:
    """Give who opened whose data, the latest first; raises AccessError unless an admin asks."""
    desk.member.require(Role.ADMIN)
    with desk.read() as unit:
        return unit.access.rows(subject, limit)


def names(desk: Desk, subjects: Iterable[UUID | None]) -> dict[UUID, str]:
    """Give the names of journalists, what contacts, requests, cases and articles are about, if still there."""
    found: dict[UUID, str] = {}
    with desk.read() as unit:
        for subject in {one for one in subjects if one is not None}:
            with suppress(UserError):
                found[subject] = unit.people.journalist(subject).name
                continue
            with suppress(UserError):
                found[subject] = unit.journal.get(subject).topic
                continue
            with suppress(UserError):
                found[subject] = unit.requests.get(subject).topic
                continue
            with suppress(UserError):
                found[subject] = unit.cases.get(subject).facts.title
                continue
            with suppress(UserError):
                found[subject] = unit.coverage.get(subject).title
    return found


def _recorded(
    desk: Desk,
    unit: Unit,
    deletion_id: UUID,
    kind: str,
    subject: UUID,
    scope: Scope,
    ground: Ground,
    erased: tuple[dict[str, int], list[str], list[str]],
) -> Deletion:
    """Write the record of deletion; files that another record names stay."""
    counts, hashes, files = erased
    still = set(unit.files_named())
    gone = tuple(sorted({sha for sha in files if sha not in still}))
    made = Deletion(
        deletion_id,
        kind,
        subject,
        scope,
        ground.text,
        ground.citation,
        counts,
        tuple(hashes),
        gone,
        desk.now(),
        desk.member.ref,
    )
    unit.privacy.record(made)
    return made


def _periods(unit: Unit) -> dict[str, int]:
    value = unit.settings.get(RETENTION)
    return {str(key): int(months) for key, months in value.items()} if isinstance(value, dict) else {}


def _before(now: datetime, months: int) -> datetime:
    return now - months * _MONTH
