"""The portal's log: verified operations a second on one journal, against bare signature checks and bare inserts.

Both kinds of database; PostgreSQL with its durability on. The raw baseline of a push is the work that cannot be left
out: checking each signature, and inserting as many bare rows in one transaction. How long this process was
busy says more than the clock where other programs run beside it.
"""

import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import sqlalchemy as sa

from spokesdesk import wire
from spokesdesk.server import accounts, database, log, snapshot, tokens
from spokesdesk.server.portal import utc_now
from tests.benchmarks.measure import interleaved, paired_ratio, table
from tests.server.running import Postgres, ask

OPS = 1_000
ROUNDS = 5
WALL = "2026-11-22T00:00:00Z"
bare = sa.Table(
    "bare", sa.MetaData(), sa.Column("id", sa.Uuid(), primary_key=True), sa.Column("text", sa.Text)
)


class Bench:
    """One device of one journal on one database."""

    def __init__(self, engine: sa.Engine) -> None:
        now = datetime.now(UTC)
        self.engine, self.seed, self.dseq = engine, secrets.token_bytes(32), 0
        code = accounts.make_code(engine, "Sở Đo Tốc độ", now).code
        self.place = accounts.enrol(engine, ask(code, self.seed), "127.0.0.1", now)
        self.who = tokens.Caller(self.place.journal, self.place.device)
        self.key = wire.public_key(self.seed)
        bare.create(engine)

    def ops(self, count: int) -> list[wire.SignedOp]:
        """Give signed operations, half of them new records, half changes of the record before."""
        made: list[wire.SignedOp] = []
        rec = uuid4()
        for at in range(count):
            rec = rec if at % 2 else uuid4()
            made.append(wire.sign(self.seed, self._op(rec, at % 2)))
        return made

    def _op(self, rec: UUID, is_change: int) -> wire.Op:
        self.dseq += 1
        topic = "Phóng viên hỏi về tiến độ bồi thường dự án đường vành đai 3, đoạn qua địa bàn huyện. " * 3
        patch = {
            "topic": wire.FieldChange(topic if is_change else None, topic + str(self.dseq), "text"),
            "phone": wire.FieldChange(None, str(self.dseq)),
            "met_at": wire.FieldChange(None, WALL),
        }
        if is_change:
            patch = {"phone": wire.FieldChange(str(self.dseq - 1), str(self.dseq))}
        return wire.Op(
            uuid4(),
            self.place.device,
            self.dseq,
            "",
            self.place.journal,
            "outlet",
            rec,
            "put",
            0,
            patch,
            wire.SV,
            WALL,
        )

    def push(self, ops: list[wire.SignedOp]) -> None:
        """Push in batches of the size that desks use, read from bytes and answered as bytes."""
        for at in range(0, len(ops), wire.PUSH_OPS):
            data = wire.encode(wire.Push(ops[at : at + wire.PUSH_OPS]))
            told = log.push(self.engine, self.who, wire.decode(data, wire.Push), utc_now()).reply
            assert {one.outcome for one in told.outcomes} == {"applied"}
            wire.encode(told)

    def raw(self, ops: list[wire.SignedOp]) -> None:
        """Check the signatures, and insert as many bare rows of the same text in as many transactions."""
        for at in range(0, len(ops), wire.PUSH_OPS):
            some = ops[at : at + wire.PUSH_OPS]
            assert all(wire.is_signed(self.key, one) for one in some)
            rows = [{"id": uuid4(), "text": wire.encode(one).decode()} for one in some]
            with database.writing(self.engine) as connection:
                connection.execute(sa.insert(bare), rows)

    def pull(self) -> int:
        """Read the whole feed as bytes, page by page."""
        seq, chain, count = 0, wire.GENESIS.hex(), 0
        while True:
            page = log.pull(
                self.engine, self.who, epoch=self.place.epoch, after=seq, chain=chain, limit=wire.PAGE_OPS
            )
            wire.encode(page)
            count += len(page.changes)
            seq, chain = page.changes[-1].seq, page.changes[-1].chain
            if not page.more:
                return count

    def shot(self) -> int:
        """Read all records as bytes, page by page."""
        after, count = "", 0
        while True:
            page = snapshot.page(self.engine, self.who, after=after, entity="", limit=wire.PAGE_OPS)
            wire.encode(page)
            count += len(page.records)
            after = page.after
            if not after:
                return count


def main() -> None:
    """Print the table for both databases."""
    rows = _measured("embedded", lambda folder: database.open_database("", folder))
    server = Postgres(durable=True)
    try:
        url = server.new_database()
        rows += _measured("PostgreSQL", lambda folder: database.open_database(url, folder))
    finally:
        server.stop()
    table(rows)


def _measured(name: str, opened: Callable[[Path], sa.Engine]) -> list[tuple[str, str, str, str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        engine = opened(Path(folder))
        bench = Bench(engine)
        batches = iter([bench.ops(OPS) for _ in range(2 * (ROUNDS + 1))])
        ways = {"push": lambda: bench.push(next(batches)), "raw": lambda: bench.raw(next(batches))}
        taken = interleaved(ways, ROUNDS)
        some, began = bench.ops(OPS), time.process_time()
        bench.push(some)
        busy = time.process_time() - began
        reads = interleaved({"pull": bench.pull, "shot": bench.shot}, ROUNDS)
        ops, records = bench.pull(), bench.shot()
        engine.dispose()
    push, raw = (statistics.median(taken[way]) for way in ("push", "raw"))
    pull, shot = (statistics.median(reads[way]) for way in ("pull", "shot"))
    ratio = f"{paired_ratio(taken['push'], taken['raw']):.1f}"
    return [
        (f"{name}: push", f"{OPS / push:.0f} ops/s", f"{OPS / raw:.0f} ops/s", ratio, "1000 ops/s"),
        (f"{name}: push, this process busy", f"{OPS / busy:.0f} ops/s", "", "", ""),
        (f"{name}: feed", f"{ops / pull:.0f} ops/s", "", "", ""),
        (f"{name}: snapshot", f"{records / shot:.0f} records/s", "", "", ""),
    ]


if __name__ == "__main__":
    main()
