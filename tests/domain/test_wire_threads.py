"""Two threads may read the first message of a kind at once: msgspec alone ends the process then."""

import subprocess
import sys

from installer.environment import ROOT

PROGRAM = """
import threading
from msgspec import Struct
from spokesdesk.wire import base

begun, over = threading.Event(), threading.Event()

def slowly():
    begun.set()
    over.wait(30)
    return int

class Inner(Struct):
    deep: "slowly()"

class Slow(Struct):
    first: int
    second: Inner

found = []
def read():
    found.append(base.decode(b'{"first": 1, "second": {"deep": 2}}', Slow))

threads = [threading.Thread(target=read) for _ in range(2)]
threads[0].start()
begun.wait(30)
threads[1].start()
threads[1].join(1)
over.set()
for one in threads:
    one.join()
assert [(one.first, one.second.deep) for one in found] == [(1, 2)] * 2
"""


def test_a_kind_that_is_being_learned_is_waited_for() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
