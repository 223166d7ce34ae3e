"""The way to the portal: connecting this desk, one round of exchange, and what to show of it.

Offline is a state, not an error: a round that could not reach the portal reports it, and everything stays queued.
"""

from spokesdesk.services.sync.asking import (
    Asked,
    Invitation,
    ask_to_join,
    asked,
    enter,
    forget_ask,
    invitation,
)
from spokesdesk.services.sync.basis import preview
from spokesdesk.services.sync.carriedin import CarriedFrom, carry_in
from spokesdesk.services.sync.carrying import CarriedOut, carry_out
from spokesdesk.services.sync.conflicts import conflicts, differing, readable, settle
from spokesdesk.services.sync.elsewhere import (
    Delivered,
    add_elsewhere,
    check_elsewhere,
    deliver,
    elsewhere,
    remove_elsewhere,
    retry_elsewhere,
    said_reason,
)
from spokesdesk.services.sync.exchange import run_round
from spokesdesk.services.sync.files import (
    FilesReport,
    FilesStep,
    exchange_files,
    fetch_file,
    files_step,
    stop_files,
)
from spokesdesk.services.sync.joining import join_members, keep_members_apart, same_members
from spokesdesk.services.sync.keys import Holder, KeyState, begin_keys, key_state, recover_keys
from spokesdesk.services.sync.ledgering import (
    STATES,
    FileRow,
    file_rows,
    ledger_counts,
    ledger_entry,
    ledger_list,
    receipt_text,
    set_aside,
    try_aside,
)
from spokesdesk.services.sync.listening import Ear
from spokesdesk.services.sync.outboxfile import OutboxFile, export_outbox, import_outbox
from spokesdesk.services.sync.place import check_portal, connect, connect_by_browser, ledger, retry, state
from spokesdesk.services.sync.plan import Answers, Outgoing, next_wait, outgoing, plan
from spokesdesk.services.sync.report import SyncReport
from spokesdesk.services.sync.vouching import WaitingAsk, vouch, waiting_asks

__all__ = [
    "STATES",
    "Answers",
    "Asked",
    "CarriedFrom",
    "CarriedOut",
    "Delivered",
    "Ear",
    "FileRow",
    "FilesReport",
    "FilesStep",
    "Holder",
    "Invitation",
    "KeyState",
    "OutboxFile",
    "Outgoing",
    "SyncReport",
    "WaitingAsk",
    "add_elsewhere",
    "ask_to_join",
    "asked",
    "begin_keys",
    "carry_in",
    "carry_out",
    "check_elsewhere",
    "check_portal",
    "conflicts",
    "connect",
    "connect_by_browser",
    "deliver",
    "differing",
    "elsewhere",
    "enter",
    "exchange_files",
    "export_outbox",
    "fetch_file",
    "file_rows",
    "files_step",
    "forget_ask",
    "import_outbox",
    "invitation",
    "join_members",
    "keep_members_apart",
    "key_state",
    "ledger",
    "ledger_counts",
    "ledger_entry",
    "ledger_list",
    "next_wait",
    "outgoing",
    "plan",
    "preview",
    "readable",
    "receipt_text",
    "recover_keys",
    "remove_elsewhere",
    "retry",
    "retry_elsewhere",
    "run_round",
    "said_reason",
    "same_members",
    "set_aside",
    "settle",
    "state",
    "stop_files",
    "try_aside",
    "vouch",
    "waiting_asks",
]
