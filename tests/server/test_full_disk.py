"""A portal whose disk is full: what it has no room for it refuses whole, reads on, and goes on once there is room."""

import hashlib
import os
import resource
import secrets
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from spokesdesk import wire
from spokesdesk.domain.errors import DeskError
from tests.outside.test_starved import may_mount
from tests.server.running import Device, RunningPortal
from tests.server.small_disk import SmallDisk

# Bytes of words that nobody can pack.
PIECE = 45_000
ROOM, MOST_PUSHES = 3 * 1024**2, 400
MOUNTED = "mount -t tmpfs -o size={size}m,mode=777 none {disk} && head -c {room} /dev/zero > {disk}/filler && {then}"


@contextmanager
def on_a_small_disk(portal: RunningPortal, disk: Path) -> Iterator[Callable[[], None]]:
    """Let a portal work on a small disk, or with small files where none may be made; what is given makes room."""
    if not may_mount():
        portal.within = ("sh", "-c", 'ulimit -S -f 4096 && exec "$@"', "sh")
        pid = _started(portal)
        yield lambda: _let_grow(pid)
        return
    disk.mkdir()
    where = shlex.quote(str(disk))
    then = f'cp -a {shlex.quote(str(portal.data))}/. {where} && exec "$@"'
    mount = MOUNTED.format(size=9, disk=where, room=ROOM, then=then)
    small = replace(
        portal, data=disk, within=("unshare", "--map-root-user", "--mount", "sh", "-c", mount, "sh")
    )
    pid = _started(small)
    portal.url = small.url
    try:
        yield Path(f"/proc/{pid}/root{disk}/filler").unlink
    finally:
        small.stop()


def _started(portal: RunningPortal) -> int:
    process = portal.start().process
    assert process is not None
    return process.pid


def _let_grow(pid: int) -> None:
    _soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))


def test_a_full_disk_refuses_whole_pushes_and_files_and_loses_nothing(
    own_portal: RunningPortal, tmp_path: Path
) -> None:
    device = own_portal.start().device()
    own_portal.stop()
    with on_a_small_disk(own_portal, tmp_path / "disk") as make_room:
        device = replace(device, portal=own_portal, client=own_portal.client())
        taken, refused = filled(device)
        file = bytes(ROOM)
        answer = device.call("PUT", f"/files/{hashlib.sha256(file).hexdigest()}", content=file)
        assert (answer.status_code, answer.json()["error"]) == (507, "portal_full")
        assert kept(device) == taken
        make_room()
        assert [one.outcome for one in device.push(*refused)] == ["applied"] * len(refused)
        assert kept(device) == [*taken, *(signed.op.op_id for signed in refused)]


@pytest.mark.long
def test_a_full_disk_of_postgresql_refuses_whole_pushes_and_loses_nothing(tmp_path: Path) -> None:
    if os.geteuid() != 0 or not may_mount():
        pytest.fail(
            "a small disk for another user is made by root only: run this test as root", pytrace=False
        )
    server = SmallDisk()
    portal = RunningPortal(tmp_path / "data", server.on_a_small_disk(24, ROOM))
    try:
        device = portal.start().device()
        taken, refused = filled(device)
        assert kept(device) == taken
        server.make_room()
        assert [one.outcome for one in device.push(*refused)] == ["applied"] * len(refused)
        assert kept(device) == [*taken, *(signed.op.op_id for signed in refused)]
    finally:
        portal.stop()
        server.stop()


def filled(device: Device) -> tuple[list[object], list[wire.SignedOp]]:
    """Push until the disk is full; give what was taken, and what was refused."""
    taken: list[object] = []
    for _ in range(MOST_PUSHES):
        message = [device.put(uuid4(), "a", None, secrets.token_hex(PIECE)) for _ in range(2)]
        try:
            device.push(*message)
        except DeskError as error:
            # Files that may not grow look like a disk that fails.
            if error.code == "portal_full" or (error.code == "portal_busy" and not may_mount()):
                return taken, message
            raise
        taken += [signed.op.op_id for signed in message]
    raise AssertionError("the disk was never full")


def kept(device: Device) -> list[object]:
    """Read the whole feed, whose chain and counter must hold."""
    entries = device.feed()
    assert device.client.hello(device.token).seq == len(entries)
    return [entry.op_id for entry in entries]
