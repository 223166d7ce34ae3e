"""The portal speaks the small SQL of ``server/SQL.md`` and names the journal in every statement about one."""

import asyncio
import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
import sqlalchemy as sa

from spokesdesk import wire
from spokesdesk.server import accounts, app, database, letting_go, lists, portal, restoring, tables, waiting
from tests.server.doorwalk import door_routes
from tests.server.notes import note
from tests.server.running import ROOT, Device, Postgres, RunningPortal, ask, posting

KEYWORDS = frozenset(
    [
        "SELECT",
        "FROM",
        "WHERE",
        "AND",
        "OR",
        "NOT",
        "IN",
        "IS",
        "NULL",
        "INSERT",
        "INTO",
        "VALUES",
        "UPDATE",
        "SET",
        "DELETE",
        "ORDER",
        "GROUP",
        "BY",
        "DESC",
        "LIMIT",
        "OFFSET",
        "AS",
        "EXISTS",
        "FOR",
        "TRUE",
        "LIKE",
        "ESCAPE",
        "JOIN",
        "ON",
        "BEGIN",
        "IMMEDIATE",
        "TEXT",
        "CAST",
        "DISTINCT",
        "ASC",
        "ROLLBACK",
        "COMMIT",
    ]
)
FUNCTIONS = frozenset({"count", "max", "sum", "coalesce", "cast"})
POSTGRES_ONLY = frozenset({"pg_notify", "pg_is_in_recovery", "set_config"})
OF_A_JOURNAL = frozenset(
    [
        *("record", "change", "conflict", "blob", "device", "release", "upload"),
        *("public_list", "mail", "mailbox", "device_session", "access_token"),
        *("question", "door_reply", "complaint"),
    ]
)
LOCKED = frozenset({"journal", "enrol_code", "mailbox", "device_session", "login_code", "journalist"})
SELECT_NAMES = re.compile(r"\bFROM (.*?)(?: WHERE| ORDER| LIMIT| FOR|$)")


# Found before anybody knows the journal, or of no journal at all.
KEYED_OTHERWISE = {
    "portal": "one row",
    "door_secret": "one row",
    "journal": "its key is the journal",
    "enrol_code": "found by the hash of what somebody types",
    "login_code": "found by the hash of what a browser brings",
    "attempt": "counted by address",
    "admin_act": "stays when the journal is erased",
    "journalist": "belongs to nobody's journal",
    "journalist_session": "belongs to nobody's journal",
}
UNIQUE_EVERYWHERE = {
    ("journal", "agency"): "two agencies never share a name",
    ("agency_login", "login"): "who signs in types no agency",
    ("release", "public_id"): "an address of the public pages",
    ("journalist", "email"): "who signs in types it",
}


class Heard:
    """Statements as the database got them."""

    def __init__(self, engine: sa.Engine) -> None:
        self.statements: set[str] = set()
        sa.event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_more: object) -> None:
        self.statements.add(" ".join(statement.split()))


@pytest.fixture(params=["embedded", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """A portal's database of its own."""
    server: Postgres | None = request.getfixturevalue("postgres") if request.param == "postgres" else None
    made = database.open_database(server.new_database() if server else "", tmp_path)
    yield made
    made.dispose()


def test_every_statement_is_of_the_documented_subset(engine: sa.Engine, tmp_path: Path) -> None:
    heard = Heard(engine)
    asyncio.run(use_everything(engine, tmp_path))
    assert len(heard.statements) > 40
    faults = [f"{fault}: {statement}" for statement in sorted(heard.statements) for fault in wrong(statement)]
    assert faults == []


def test_every_key_begins_with_the_journal() -> None:
    other = {
        table.name for table in tables.metadata.tables.values() if first_of(table.primary_key) != "journal"
    }
    assert other == set(KEYED_OTHERWISE)
    unique = {
        (table.name, first_of(one))
        for table in tables.metadata.tables.values()
        for one in (*table.constraints, *(index for index in table.indexes if index.unique))
        if isinstance(one, sa.UniqueConstraint | sa.Index) and first_of(one) != "journal"
    }
    assert unique == set(UNIQUE_EVERYWHERE)
    manual = (ROOT / "spokesdesk" / "server" / "SQL.md").read_text(encoding="utf-8")
    assert [name for name in KEYED_OTHERWISE if f"`{name}`" not in manual] == []
    assert [pair for pair in UNIQUE_EVERYWHERE if f"`{'.'.join(pair)}`" not in manual] == []


def first_of(key: "sa.PrimaryKeyConstraint | sa.UniqueConstraint | sa.Index") -> str:
    return str(next(iter(key.columns)).name)


def test_postgresql_has_nothing_but_tables_and_their_keys(postgres: Postgres, tmp_path: Path) -> None:
    made = database.open_database(postgres.new_database(), tmp_path)
    asked = sa.text(
        "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace "
        "WHERE nspname = 'public' AND relkind NOT IN ('r', 'i')"
    )
    with made.connect() as connection:
        assert connection.execute(asked).scalars().all() == []
        triggers = connection.execute(sa.text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"))
        assert triggers.scalars().all() == []
    made.dispose()


def wrong(statement: str) -> list[str]:
    """Give what a statement does that it should not."""
    bare = re.sub(r"'[^']*'", "''", statement)
    bare = re.sub(r"%\(\w+\)s(::[A-Z ]+)?|\[[^\]]*\]", "?", bare)
    faults = [word for word in re.findall(r"\b[A-Z]{2,}\b", bare) if word not in KEYWORDS]
    called = {name.lower() for name in re.findall(r"\b([a-z_]+)\(", bare)}
    faults += sorted(called - FUNCTIONS - POSTGRES_ONLY)
    faults += [mark for mark in ("->", "@>", "~", "::") if mark in bare]
    if "FOR UPDATE" in bare and not any(f"FROM {table} " in bare for table in LOCKED):
        faults.append("locks another table")
    return faults + unnamed(bare)


def unnamed(statement: str) -> list[str]:
    """Give the tables of a journal that a statement touches without naming the journal."""
    touched = set(re.findall(r"\b(?:FROM|INTO|UPDATE|JOIN) ([a-z_]+)", statement)) & OF_A_JOURNAL
    found = []
    for table in sorted(touched):
        is_named = f"{table}.journal =" in statement or re.search(
            rf"INTO {table} \([^)]*\bjournal\b", statement
        )
        is_public = table == "release" and ("release.public_id" in statement or "release.state" in statement)
        is_public |= table == "public_list" and "public_list.which IN" in statement
        is_own_id = table == "device" and "device.id = " in statement
        is_own_id |= table in {"question", "complaint"} and f"{table}.journalist = " in statement
        is_public |= table == "question" and "question.state != " in statement
        is_public |= table == "complaint" and re.search(r"complaint\.(id =|state )", statement) is not None
        is_own_id |= table == "mail" and "mail.sender = " in statement
        is_public |= table in {"blob", "upload"} and f"{table}.sha256 = " in statement
        if not (is_named or is_public or is_own_id):
            found.append(f"{table} without its journal")
    return found


async def use_everything(engine: sa.Engine, folder: Path) -> None:
    """Use every route that a desk or a reader has, and the upkeep commands."""
    served = portal.portal_at(engine, folder)
    transport = httpx.ASGITransport(app.build(served), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://portal.test") as client:
        device = await enrolled(engine, client, "Sở Một")
        await log_routes(client, device)
        await public_routes(client, device)
        await mail_routes(engine, client, device)
        await door_routes(engine, client, device, await province_token(engine, client))
        await renewals(client, device)
    letting_go.remove(engine, served.store, ["a" * 64])
    restoring.compact(engine, portal.utc_now(), 0, 1, 0)
    restoring.new_epochs(engine)
    waiting.notify(engine, [device.journal])
    accounts.revoke(engine, device.place.device, portal.utc_now())
    await served.pokes.close()


async def enrolled(engine: sa.Engine, client: httpx.AsyncClient, agency: str) -> Device:
    seed = bytes(32)
    wrong_code = await client.post("/enrol", content=wire.encode(ask("wrong", seed)))
    assert wrong_code.status_code == 403
    code = accounts.make_code(engine, agency, portal.utc_now()).code
    answer = await client.post("/enrol", content=wire.encode(ask(code, seed)))
    client.headers["authorization"] = f"Bearer {wire.decode(answer.content, wire.Enrolled).token}"
    return Device(RunningPortal(Path()), None, seed, wire.decode(answer.content, wire.Enrolled))  # type: ignore[arg-type]


async def log_routes(client: httpx.AsyncClient, device: Device) -> None:
    rec = uuid4()
    base = "Đạt 7,2 %. Sở đã họp. Còn 3 ca."
    texts = [base, base.replace("7,2", "7,5"), base.replace("3 ca", "4 ca"), base.replace("7,2", "7,1")]
    ops = [device.record_op("put", rec, {"body": wire.FieldChange(None, base, "text")})]
    ops += [
        device.record_op("put", rec, {"body": wire.FieldChange(base, text, "text")}) for text in texts[1:]
    ]
    ops += [
        device.record_op("append", uuid4(), {"said": wire.FieldChange(None, "x")}, entity="answer"),
        device.record_op("append", uuid4(), {"files": wire.FieldChange(None, ["a" * 64])}, entity="deletion"),
        device.record_op("delete", rec, {}, 9),
        device.record_op("restore", rec, {}),
        device.record_op("erase", rec, {"body": wire.FieldChange(None, "")}),
    ]
    path = f"/j/{device.journal}"
    for batch in (ops[:3], ops[3:], ops):
        answer = await client.post(f"{path}/push", content=wire.encode(wire.Push(batch)))
        assert answer.status_code == 200, answer.text
    asked: dict[str, str | int] = {"epoch": device.place.epoch, "after": 0, "chain": wire.GENESIS.hex()}
    for what in (
        "snapshot",
        "snapshot?entity=contact&limit=1",
        "digest",
        "digest?entity=contact",
        "chain?seq=1",
    ):
        assert (await client.get(f"{path}/{what}")).status_code == 200
    assert (await client.get(f"{path}/wait?for=0")).status_code == 200
    assert (await client.get("/hello")).status_code == 200
    page = wire.decode((await client.get(f"{path}/changes", params=asked)).content, wire.Changes)
    told = wire.ForkTold(device.place.epoch, page.changes[-1])
    assert (await client.post(f"{path}/restored", content=wire.encode(told))).status_code == 400


async def mail_routes(engine: sa.Engine, client: httpx.AsyncClient, device: Device) -> None:
    """The province comes late, writes to the agency, which answers and takes a note back."""
    own = client.headers["authorization"]
    code = accounts.make_code(engine, "UBND tỉnh", portal.utc_now(), province=True).code
    answer = await client.post("/enrol", content=wire.encode(ask(code, bytes(32))))
    province = Device(RunningPortal(Path()), None, bytes(32), wire.decode(answer.content, wire.Enrolled))  # type: ignore[arg-type]
    asked = note(province, "ask", "all")
    told = note(device, "difficulty", "province")
    answers = [note(device, "answer", "province", about=str(asked.op.rec)), told]
    gone = device.record_op("erase", told.op.rec, {"text": wire.FieldChange(None, "")}, entity=wire.NOTE)
    sent = ((province, [asked]), (device, [*answers, posting(device)]), (device, [gone]))
    for who, ops in sent:
        client.headers["authorization"] = f"Bearer {who.token}"
        path = f"/j/{who.journal}"
        push = await client.post(f"{path}/push", content=wire.encode(wire.Push(ops)))
        outcomes = wire.decode(push.content, wire.PushReply).outcomes
        assert [one.outcome for one in outcomes] == ["applied"] * len(ops), outcomes
        mail = wire.decode((await client.get(f"{path}/inbox")).content, wire.Mail)
        claim = wire.encode(wire.Claim([one.id for one in mail.items][:10]))
        assert (await client.post(f"{path}/inbox/claim", content=claim)).status_code == 200
        assert (await client.get(f"{path}/agencies")).status_code in {200, 403}
    client.headers["authorization"] = own


async def renewals(client: httpx.AsyncClient, device: Device) -> None:
    """Renew the token, once more because the answer was lost, and once too often; then with a wrong proof."""
    for status in (200, 200, 401):
        proof = wire.sign_bytes(device.seed, wire.renew_proof(device.place.renewal))
        question = wire.encode(wire.RenewAsk(device.place.renewal, proof))
        answer = await client.post("/token", content=question)
        assert answer.status_code == status, answer.text
    again = wire.encode(wire.RenewAsk(device.place.renewal, "0" * 128))
    assert (await client.post("/token", content=again)).status_code == 401


async def public_routes(client: httpx.AsyncClient, device: Device) -> None:
    release = device.release("về việc thử mọi đường")
    path = f"/j/{device.journal}"
    for signed in (release, wire.sign(device.seed, device.op(rec=release.op.rec, fields={"title": "khác"}))):
        await client.post(f"{path}/push", content=wire.encode(wire.Push([signed])))
    for name in ("pdf", "docx"):
        data = {"pdf": "%PDF", "docx": "PK"}[name] + " về việc thử mọi đường"
        sha256 = release.op.patch[name].new["sha256"]
        await client.head(f"/files/{sha256}")
        assert (await client.put(f"/files/{sha256}", content=data.encode())).status_code == 204
    told = wire.decode(
        (await client.get(f"{path}/releases", params={"rec": str(release.op.rec)})).content, wire.Releases
    )
    assert [one.state for one in told.releases] == ["public"]
    page = told.releases[0].url.removeprefix("http://portal.test")
    shown = [posting(device), posting(device)]
    await client.post(f"{path}/push", content=wire.encode(wire.Push(shown)))
    key = lists.Agency(device.journal, device.place.agency).key
    agency = f"/co-quan/{key}"
    places = ["/", "/?tim=thu+moi", "/?trang=2", page, f"/thong-cao/{UUID(int=1)}", "/luu-tru", "/co-quan"]
    places += [f"/?co-quan={key}&thang=2026-11", agency, f"{agency}/feed.json", "/nguoi-phat-ngon?tim=an"]
    for public in (*places, "/phong-vien-thuong-tru", "/feed.atom", "/sitemap.xml"):
        assert (await client.get(public)).status_code in {200, 404}
    await upload_routes(client)
    gone = device.op("withdraw", release.op.rec)
    await client.post(f"{path}/push", content=wire.encode(wire.Push([wire.sign(device.seed, gone)])))
    assert (await client.get(page)).status_code == 410


async def upload_routes(client: httpx.AsyncClient) -> None:
    data = b"a file that comes in two pieces"
    sha256, tus = hashlib.sha256(data).hexdigest(), {"tus-resumable": "1.0.0"}
    told = {
        "upload-length": str(len(data)),
        "upload-metadata": f"sha256 {base64.b64encode(sha256.encode()).decode()}",
    }
    for end in ("DELETE", "HEAD"):
        made = await client.post("/uploads", headers=tus | told)
        place = made.headers["location"].removeprefix("http://portal.test")
        for piece, at in ((data[:9], 0), (data[9:], 9)):
            assert (await client.head(f"/files/{sha256}")).status_code == 404
            sent = tus | {"upload-offset": str(at), "content-type": "application/offset+octet-stream"}
            if at and end == "DELETE":
                break
            assert (await client.patch(place, content=piece, headers=sent)).status_code == 204
        assert (await client.request(end, place, headers=tus)).status_code in {200, 204}
    assert (await client.get(f"/files/{sha256}")).content == data


async def province_token(engine: sa.Engine, client: httpx.AsyncClient) -> str:
    code = accounts.make_code(engine, "UBND tỉnh", portal.utc_now(), province=True).code
    answer = await client.post("/enrol", content=wire.encode(ask(code, bytes(32))))
    return wire.decode(answer.content, wire.Enrolled).token
