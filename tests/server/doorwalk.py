"""All routes of the journalists' door, walked through once in this process."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

import httpx
import sqlalchemy as sa

from spokesdesk import wire
from spokesdesk.server import lists, portal
from spokesdesk.server.door import complaints, deciding
from tests.server.running import Device
from tests.server.visitors import MARK, PASSPHRASE


async def door_routes(engine: sa.Engine, client: httpx.AsyncClient, device: Device, province: str) -> None:
    """A journalist uses every form, the agency answers, the province reads."""

    async def send(path: str, page: str = "", **typed: str) -> str:
        mark = MARK.search((await client.get(page or path)).text)
        assert mark is not None, path
        answer = await client.post(path, data={"mau": mark[1], **typed})
        assert answer.status_code == 303, answer.text
        return answer.headers["location"].partition("?")[0]

    own = {"name": "Lan", "outlet": "Báo", "card_number": "1", "phone": "0912 345 678"}
    secret = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    await send("/nha-bao/dang-ky", email="lan@bao.vn", **own, **secret)
    deciding.decide(engine, "lan@bao.vn", "verified", "", portal.utc_now())
    await send("/nha-bao/dang-nhap", email="lan@bao.vn", passphrase=PASSPHRASE)
    key = lists.Agency(device.journal, device.place.agency).key
    path = await send("/nha-bao/hoi", agency=key, topic="t", body="x")
    await send("/nha-bao/phan-anh", agency=key, day="2026-11-01", body="x")
    call = wire.encode(wire.DoorCall())
    given = await client.post(f"/j/{device.journal}/door", content=call)
    assert given.status_code == 200, given.text
    box = wire.decode(given.content, wire.DoorBox)
    [item] = box.items
    words = [
        wire.DoorReply(item.asked.id, what, portal.utc_now().isoformat()) for what in ("taken", "answered")
    ]
    ops = [
        device.record_op("append", uuid4(), wire.door_reply_patch(one), entity=wire.DOOR_REPLY)
        for one in words
    ]
    await client.post(f"/j/{device.journal}/push", content=wire.encode(wire.Push(ops)))
    await send(f"{path}/danh-gia", path, level="good")
    await send(f"{path}/hoi-them", path, body="y")
    box = wire.decode((await client.post(f"/j/{device.journal}/door", content=call)).content, wire.DoorBox)
    kept = wire.encode(wire.DoorCall(box.ratings))
    assert (await client.post(f"/j/{device.journal}/door", content=kept)).status_code == 200
    for place in ("/nha-bao", "/nha-bao/phan-anh", "/dung-han"):
        assert (await client.get(place)).status_code == 200
    as_province = {"authorization": f"Bearer {province}"}
    assert (await client.get("/province/complaints", headers=as_province)).status_code == 200
    [found] = complaints.listed(engine)
    for text in ("", "Đã xem."):
        told = wire.encode(wire.ComplaintSaid(found.id, text))
        assert (
            await client.post("/province/complaints", content=told, headers=as_province)
        ).status_code == 200
    await decide(client, as_province)
    await send_account(send, own)
    deciding.accounts(engine, "pending", "lan")
    deciding.forget(engine, portal.utc_now())


async def decide(client: httpx.AsyncClient, as_province: dict[str, str]) -> None:
    """The province reads the accounts, lets one wait again and verifies it."""
    told = (await client.get("/province/journalists", headers=as_province)).content
    [account] = wire.decode(told, wire.Journalists).journalists
    seen = (account.name, account.outlet, account.card)
    for state in ("pending", "verified"):
        decided = wire.encode(wire.JournalistDecided(account.id, state, seen))
        answer = await client.post("/province/journalists", content=decided, headers=as_province)
        assert answer.status_code == 200, answer.text


async def send_account(send: Callable[..., Awaitable[str]], own: dict[str, str]) -> None:
    """Change an account and its passphrase, and erase it."""
    await send("/nha-bao/tai-khoan", **own)
    new = {"before": PASSPHRASE, "passphrase": PASSPHRASE, "again": PASSPHRASE}
    await send("/nha-bao/tai-khoan/cum-mat-khau", "/nha-bao/tai-khoan", **new)
    await send("/nha-bao/tai-khoan/xoa", "/nha-bao/tai-khoan", confirm=PASSPHRASE)
