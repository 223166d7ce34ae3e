"""A download of a new version that breaks off: it goes on where it ended, and the hash of the whole decides."""

import os

from tests.outside.publisher import Publisher
from tests.outside.updating import Machine, Serve, refused


def test_a_download_that_breaks_off_goes_on_where_it_ended(
    publisher: Publisher, machine: Machine, serve: Serve
) -> None:
    publisher.publish("0.2.0", bulk=os.urandom(2_000_000))
    # No answer of this server is the whole archive.
    machine.asks_at(serve(cut_at=900_000))
    for _turn in range(2):
        refused(machine.get, "update_unreachable")
        assert (machine.starts(), machine.folders()) == ("0.1.0", ["program", "spokesdesk"])
    machine.get()
    assert [path.name for path in machine.state.iterdir()] == ["metadata"]
    machine.apply()
    assert machine.starts() == "0.2.0"


def test_a_server_without_ranges_and_another_archive_begin_anew(
    publisher: Publisher, machine: Machine, serve: Serve
) -> None:
    publisher.publish("0.2.0", bulk=os.urandom(2_000_000))
    refused(machine.asks_at(serve(cut_at=700_000)).get, "update_unreachable")
    machine.asks_at(serve(how="whole")).get()
    publisher.publish("0.3.0", bulk=os.urandom(2_000_000))
    refused(machine.asks_at(serve(cut_at=700_000)).get, "update_unreachable")
    publisher.publish("0.4.0", bulk=os.urandom(2_000_000))
    machine.asks_at(serve()).get()
    assert [path.name for path in machine.state.iterdir()] == ["metadata"]
    machine.apply()
    assert machine.starts() == "0.4.0"


def test_a_beginning_that_was_spoilt_is_refused_and_fetched_anew(
    publisher: Publisher, machine: Machine, serve: Serve
) -> None:
    publisher.publish("0.2.0", bulk=os.urandom(2_000_000))
    refused(machine.asks_at(serve(cut_at=700_000)).get, "update_unreachable")
    (kept,) = (path for path in machine.state.iterdir() if path.is_file())
    kept.write_bytes(bytes(kept.stat().st_size))
    machine.asks_at(serve())
    refused(machine.get, "update_mixed")
    assert [path.name for path in machine.state.iterdir()] == ["metadata"]
    machine.get()
    machine.apply()
    assert machine.starts() == "0.2.0"
