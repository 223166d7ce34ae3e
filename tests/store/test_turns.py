"""Writers of one process come in turn: who saves a note is not kept out by a filling that writes page after page."""

import threading
from pathlib import Path

from spokesdesk.store.database import Database

PAGES = 200


def test_who_waits_comes_before_who_writes_again(tmp_path: Path) -> None:
    db = Database(tmp_path / "desk.db", bytes(32), create=True)
    with db.writing() as c:
        c.exec_driver_sql("CREATE TABLE log(n INTEGER PRIMARY KEY, who TEXT)")
    wants, never = threading.Event(), threading.Event()

    def fill() -> None:
        for page in range(PAGES):
            with db.writing() as c:
                c.exec_driver_sql("INSERT INTO log(who) VALUES ('page')")
                if page == 1:
                    wants.set()
                    while len(db._turns._queue) < 2:
                        never.wait(0.001)

    filling = threading.Thread(target=fill)
    filling.start()
    assert wants.wait(30)
    with db.writing() as c:
        c.exec_driver_sql("INSERT INTO log(who) VALUES ('note')")
    filling.join()
    with db.reading() as c:
        [place] = c.exec_driver_sql("SELECT n FROM log WHERE who = 'note'").scalars()
    assert place == 3, "right after the page that was being written"
    db.close()


def test_a_writer_that_fails_lets_the_next_one_in(tmp_path: Path) -> None:
    db = Database(tmp_path / "desk.db", bytes(32), create=True)
    for _time in range(2):
        try:
            with db.writing():
                raise KeyError
        except KeyError:
            pass
    with db.writing() as c:
        c.exec_driver_sql("CREATE TABLE t(n)")
    db.close()
