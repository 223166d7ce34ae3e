"""The Desk: everything a service works with."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.calendar import WorkingCalendar
from spokesdesk.domain.errors import AccessError
from spokesdesk.domain.people import Member
from spokesdesk.domain.rules import RulePack
from spokesdesk.services.ports.carrying import StickAt
from spokesdesk.services.ports.elsewhere import ElsewhereAt
from spokesdesk.services.ports.monitoring import Web
from spokesdesk.services.ports.outside import (
    Browser,
    DeviceKeys,
    Files,
    Heads,
    Keeper,
    Mailer,
    Pins,
    Portal,
    Printer,
)
from spokesdesk.services.ports.rulepacks import Shelf
from spokesdesk.services.ports.sheets import Sheets
from spokesdesk.services.ports.stores import Unit


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a service works with, wired once in ``bootstrap``.

    Attributes:
        write: opens a Unit that may write (BEGIN IMMEDIATE); commits when the block ends without error.
        read: opens a Unit on a connection of its own that only reads.
        now: UTC now.
        steady: seconds since the machine started, sleep included; nobody can set them.
        new_id: a fresh UUIDv7.
        actor: who is working now; None before anyone is chosen.
        answer_events: events of the rule pack that a contact may start an answer clock with.
        outlet_kinds: our kind of outlet → the rule pack's.
        shelf: the rules in force here, and packs to lay over them.
        heads: the sealed head of the journal chain, outside the database.
        stamp: asks the time stamping authority at an address for a token over a 32-byte hash (RFC 3161).
        web: feeds and pages of the press.
        portal_at: makes the client of the portal at an address.
        browser: signs this desk in through the system's browser.
        elsewhere_at: speaks to another place that publishes, with its password.
        stick_at: a folder in which desks of the agency leave changes for each other.
    """

    write: Callable[[], AbstractContextManager[Unit]]
    read: Callable[[], AbstractContextManager[Unit]]
    now: Callable[[], datetime]
    steady: Callable[[], float]
    new_id: Callable[[], UUID]
    files: Files
    pins: Pins
    printer: Printer
    mailer: Mailer
    web: Web
    sheets: Sheets
    device_keys: DeviceKeys
    keeper: Keeper
    shelf: Shelf = field(repr=False)
    calendar: WorkingCalendar = field(repr=False)
    answer_events: tuple[str, ...]
    outlet_kinds: Mapping[str, str]
    portal_at: Callable[[str], Portal]
    elsewhere_at: ElsewhereAt
    browser: Browser
    stick_at: StickAt
    heads: Heads
    stamp: Callable[[str, bytes], bytes]
    close: Callable[[], None]
    actor: Member | None = None

    def working_as(self, member: Member) -> "Desk":
        """Give the same desk with another member at it."""
        return replace(self, actor=member)

    @property
    def rules(self) -> RulePack:
        """The law this desk reckons by now."""
        return self.shelf.pack

    @property
    def member(self) -> Member:
        """Who is working now; raises AccessError("nobody_working") when nobody is chosen."""
        if self.actor is None:
            raise AccessError("nobody_working")
        return self.actor
