"""Files of erased data go from every place that has them: this desk, colleagues' desks, the portal (hủy tệp).

The record of a deletion names the files; it travels as every entry does, and each desk does its own part and says so.
"""

from uuid import UUID

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.privacy import PORTAL, Deletion, FilePlace
from spokesdesk.services.ports import Desk, Portal, Unit


def let_go(desk: Desk) -> bool:
    """Destroy the files of erased data that are here and that no record and no draft names.

    A kill in between loses nothing: what is still to go is noted until it is gone.

    Returns:
        Whether there were any.

    Raises:
        OutsideError: a file could not be destroyed; it is tried again the next time.
    """
    with desk.read() as unit:
        if not unit.erased_files.due():
            return False
    with desk.write() as unit:
        named, place = set(unit.files_named()), unit.outbox.enrolment()
        for deletion_id, files in unit.erased_files.due().items():
            free = [
                sha256
                for sha256 in files
                if sha256 not in named and not unit.erased_files.is_in_draft(sha256)
            ]
            for sha256 in free:
                desk.files.destroy(sha256)
            unit.erased_files.let_go(deletion_id, free)
            if place is not None:
                unit.erased_files.note(deletion_id, place.device, len(files) - len(free), desk.now())
    return True


def ask_portal(desk: Desk, portal: Portal, token: str, journal: UUID) -> bool:
    """Ask the portal what it still has of the files that this desk erased, and write its answer down.

    Returns:
        Whether there was something to ask.

    Raises:
        DeskError: the portal could not be asked.
    """
    with desk.read() as unit:
        unanswered = unit.erased_files.unanswered()
    for deletion_id, files in unanswered.items():
        missing = set(portal.missing_files(token, journal, files))
        with desk.write() as unit:
            unit.erased_files.note(deletion_id, PORTAL, len(set(files) - missing), desk.now())
    return bool(unanswered)


def places(desk: Desk, deletion_id: UUID) -> tuple[FilePlace, ...]:
    """Give what each desk of the agency and the portal say of the files of a deletion; nothing for a desk alone.

    Raises:
        UserError: ``record_missing``.
    """
    with desk.read() as unit:
        found = next((one for one in unit.privacy.deletions() if one.id == deletion_id), None)
        if found is None:
            raise UserError("record_missing", field="id", id=deletion_id)
        return _places(unit, found) if found.files else ()


def _places(unit: Unit, made: Deletion) -> tuple[FilePlace, ...]:
    place = unit.outbox.enrolment()
    if place is None:
        return ()
    here = len(unit.erased_files.due().get(made.id, ()))
    # What was erased before this desk joined was never told to others: nothing is kept of it but this.
    said = {place.device: (here, made.at)} | unit.erased_files.said(made.id)
    desks = [one for one in unit.agency_keys.members() if not one.revoked or one.device in said]
    named = [(PORTAL, ""), *((one.device, one.name or str(one.device)[:8]) for one in desks)]
    return tuple(FilePlace(name, *said.get(device, (None, None))) for device, name in named)
