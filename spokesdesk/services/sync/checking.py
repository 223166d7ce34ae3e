"""Now and then this desk and the portal compare what they have; what differs is read, or sent, anew (sync.md §1.6)."""

from datetime import timedelta

from spokesdesk import wire
from spokesdesk.services.ports import Desk, Portal, SyncBasis

OFTEN = timedelta(hours=1)


def converge(desk: Desk, portal: Portal, token: str, basis: SyncBasis) -> tuple[int, set[str]]:
    """Compare the records of every noun with the portal's, once an hour, and repair what differs.

    Args:
        basis: read after a round that went to its end.

    Returns:
        How many records were repaired, and the nouns that they are of.

    Raises:
        DeskError: the portal could not be asked; it is tried again in the next round.
    """
    now = desk.now()
    with desk.read() as unit:
        is_due = not basis.waiting and unit.replicas.is_check_due(now - OFTEN)
        own = unit.replicas.counts() if is_due else {}
    if not is_due:
        return 0, set()
    told = portal.digests(token, basis.enrolment.journal)
    if (told.epoch, told.seq, told.chain) != (basis.cursor.epoch, basis.cursor.seq, basis.cursor.chain):
        return 0, set()  # a colleague was at work meanwhile: the two are not of the same moment
    theirs = {one.name: (one.count, one.digest) for one in told.digests if one.name != wire.RELEASED}
    mine = {noun: (count, wire.digest_text(marks)) for noun, (count, marks) in own.items()}
    differing = {noun for noun in theirs.keys() | mine.keys() if theirs.get(noun) != mine.get(noun)}
    repaired = sum(_repair(desk, portal, token, basis, noun) for noun in sorted(differing))
    with desk.write() as unit:
        unit.replicas.note_checked(now, repaired)
    return repaired, differing


def _repair(desk: Desk, portal: Portal, token: str, basis: SyncBasis, noun: str) -> int:
    """Read every record of a noun anew; what the portal does not know is sent to it as new."""
    after, known, repaired = "", set(), 0
    while True:
        page = portal.snapshot(token, basis.enrolment.journal, noun, after, wire.PAGE_OPS)
        with desk.write() as unit:
            # What was saved since the round began is on top of what comes.
            unit.replicas.gather(desk.now(), str(desk.actor.id) if desk.actor else "", desk.new_id)
            repaired += unit.replicas.repair(page, desk.now())
        known |= {record.rec for record in page.records}
        after = page.after
        if not after:
            break
    with desk.write() as unit:
        return repaired + unit.replicas.send_unknown(noun, known)
