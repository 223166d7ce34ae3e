"""The way to the portal: connecting this desk, one round of exchange, and what to show of it.

Offline is a state, not an error: a round that could not reach the portal reports it, and everything stays queued.
"""

from spokesdesk.services.sync.conflicts import conflicts, differing, readable, settle
from spokesdesk.services.sync.elsewhere import (
    Delivered,
    add_elsewhere,
    deliver,
    elsewhere,
    remove_elsewhere,
    retry_elsewhere,
    said_reason,
)
from spokesdesk.services.sync.exchange import SyncReport, preview, run_round
from spokesdesk.services.sync.files import FilesReport, FilesStep, exchange_files, fetch_file
from spokesdesk.services.sync.keys import Holder, KeyState, begin_keys, key_state, recover_keys
from spokesdesk.services.sync.listening import Ear
from spokesdesk.services.sync.outboxfile import OutboxFile, export_outbox, import_outbox
from spokesdesk.services.sync.place import connect, connect_by_browser, ledger, retry, state
from spokesdesk.services.sync.plan import Answers, Outgoing, next_wait, outgoing, plan

__all__ = [
    "Answers",
    "Delivered",
    "Ear",
    "FilesReport",
    "FilesStep",
    "Holder",
    "KeyState",
    "OutboxFile",
    "Outgoing",
    "SyncReport",
    "add_elsewhere",
    "begin_keys",
    "conflicts",
    "connect",
    "connect_by_browser",
    "deliver",
    "differing",
    "elsewhere",
    "exchange_files",
    "export_outbox",
    "fetch_file",
    "import_outbox",
    "key_state",
    "ledger",
    "next_wait",
    "outgoing",
    "plan",
    "preview",
    "readable",
    "recover_keys",
    "remove_elsewhere",
    "retry",
    "retry_elsewhere",
    "run_round",
    "said_reason",
    "settle",
    "state",
]
