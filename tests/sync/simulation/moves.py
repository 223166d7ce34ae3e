"""Which moves a history is made of."""

from tests.sync.simulation import moves_door as door
from tests.sync.simulation import moves_erasing as erasing
from tests.sync.simulation import moves_province as province
from tests.sync.simulation import moves_records as records
from tests.sync.simulation import moves_sealed as sealed
from tests.sync.simulation import moves_sticks as sticks
from tests.sync.simulation import moves_troubles as troubles
from tests.sync.simulation.history import Moves

# In this order for ever: the seeds at which a fault was found draw from it.
RECORDS: Moves = (
    (records.edit_field, 6),
    (records.edit_text, 4),
    (records.edit_law, 3),
    (records.drop_law, 1),
    (records.put_law_back, 1),
    (records.write_entry, 2),
    (records.hold_request, 2),
    (records.settle, 2),
    (troubles.exchange, 9),
    (troubles.turn_clock, 1),
    (troubles.disturb, 2),
)
NOTES: Moves = (
    *RECORDS,
    (sealed.edit_case, 4),
    (sealed.write_notes, 2),
    (sealed.new_agency_key, 1),
    (erasing.write_visit, 2),
    (erasing.erase, 1),
    (troubles.exchange, 4),
    (troubles.restore_any, 2),
)
ALL: Moves = (
    *NOTES,
    (door.ask, 3),
    (door.answer, 3),
    (province.write_down, 3),
    (province.write_up, 1),
    (province.acknowledge, 2),
    (province.answer, 2),
    (province.exchange_there, 3),
    (troubles.exchange, 6),
)
CARRIED: Moves = (
    *ALL,
    (sticks.write_stick, 7),
    (sticks.read_stick, 9),
    (sticks.copy_stick, 2),
)
SETS = {"carried": CARRIED, "all": ALL, "notes": NOTES, "records": RECORDS}
