"""One Unit: a transaction with all the nouns in it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, func, select

from spokesdesk.domain.chain import Link
from spokesdesk.services.ports.outside import DeviceKeys
from spokesdesk.store.access import SqlAccess
from spokesdesk.store.accounts import SqlAccounts
from spokesdesk.store.agency_keys import SqlAgencyKeys
from spokesdesk.store.backups import SqlBackups
from spokesdesk.store.carried import SqlCarried
from spokesdesk.store.cases import SqlCases
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.checkpoints import SqlCheckpoints
from spokesdesk.store.counters import SqlCounters
from spokesdesk.store.coverage import SqlCoverage
from spokesdesk.store.day_ends import SqlDayEnds
from spokesdesk.store.door import SqlDoor
from spokesdesk.store.drafts import SqlDrafts
from spokesdesk.store.elsewhere import SqlElsewhere
from spokesdesk.store.erased_files import SqlErasedFiles
from spokesdesk.store.evidence import SqlEvidence
from spokesdesk.store.holding import SqlHoldings
from spokesdesk.store.imports import SqlImports
from spokesdesk.store.incidents import SqlIncidents
from spokesdesk.store.journal import SqlJournal
from spokesdesk.store.kept_pages import SqlKeptPages
from spokesdesk.store.ledger_list import LedgerList
from spokesdesk.store.library import SqlLibrary
from spokesdesk.store.merges import SqlMerges
from spokesdesk.store.monitoring import SqlMonitoring
from spokesdesk.store.outbox import SqlOutbox
from spokesdesk.store.paper_history import SqlPaperHistory
from spokesdesk.store.papers import SqlPapers
from spokesdesk.store.people import SqlPeople
from spokesdesk.store.portal_files import SqlPortalFiles
from spokesdesk.store.press import SqlPress
from spokesdesk.store.privacy import SqlPrivacy
from spokesdesk.store.province import SqlProvince
from spokesdesk.store.public_lists import SqlPublicLists
from spokesdesk.store.rebuttals import SqlRebuttals
from spokesdesk.store.replicas import SqlReplicas
from spokesdesk.store.requests import SqlRequests
from spokesdesk.store.seals import Seals
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.senders import SqlSenders
from spokesdesk.store.sending import SqlSendings
from spokesdesk.store.settings import SqlSettings
from spokesdesk.store.signing import SqlSignatures
from spokesdesk.store.spokespeople import SqlSpokespeople
from spokesdesk.store.tables import article, claim, contact, paper, paper_signature
from spokesdesk.store.tables_cases import evidence
from spokesdesk.store.tables_incidents import incident_step
from spokesdesk.store.tables_library import law_entry
from spokesdesk.store.tables_monitoring import news, page_capture
from spokesdesk.store.tables_rebuttals import article_text, recapture, round_step
from spokesdesk.store.watching import SqlWatching


class SqlUnit:
    """Every noun over one open transaction."""

    def __init__(self, connection: Connection, keys: DeviceKeys | None = None) -> None:
        self.settings = SqlSettings(connection)
        self.search = SqlSearch(connection)
        self.chain = SqlChain(connection)
        self.people = SqlPeople(connection, self.settings, self.search)
        self.spokespeople = SqlSpokespeople(connection, self.chain, self.search)
        self.press = SqlPress(connection, self.chain, self.search)
        self.merges = SqlMerges(connection, self.search)
        self.journal = SqlJournal(connection, self.chain, self.search)
        self.coverage = SqlCoverage(connection, self.chain, self.search)
        self.rebuttals = SqlRebuttals(connection, self.chain)
        self.watching = SqlWatching(connection)
        self.monitoring = SqlMonitoring(connection, self.chain, self.search)
        self.kept_pages = SqlKeptPages(connection, self.chain)
        self.evidence = SqlEvidence(connection, self.chain)
        self.cases = SqlCases(connection, self.chain, self.search, self.evidence)
        self.incidents = SqlIncidents(connection, self.chain, self.search)
        self.counters = SqlCounters(connection)
        self.papers = SqlPapers(connection, self.chain, self.search)
        self.paper_history = SqlPaperHistory(connection, self.chain)
        self.signatures = SqlSignatures(connection, self.chain)
        self.sendings = SqlSendings(connection, self.chain)
        self.requests = SqlRequests(connection, self.chain, self.search)
        self.day_ends = SqlDayEnds(connection, self.chain)
        self.imports = SqlImports(connection, self.chain, self.search, self.people)
        self.holdings = SqlHoldings(connection, self.chain)
        self.library = SqlLibrary(connection, self.chain, self.search)
        self.drafts = SqlDrafts(connection)
        self.privacy = SqlPrivacy(connection, self.chain, self.search)
        self.access = SqlAccess(connection, self.chain)
        self.checkpoints = SqlCheckpoints(connection)
        self.outbox = SqlOutbox(connection)
        self.public_lists = SqlPublicLists(connection)
        self.elsewhere = SqlElsewhere(connection)
        self.province = SqlProvince(connection, self.chain, self.search)
        self.door = SqlDoor(connection)
        self.accounts = SqlAccounts(connection)
        self.backups = SqlBackups(connection)
        self.seals = Seals(connection, keys)
        self.replicas = SqlReplicas(connection, self, self.seals)
        self.agency_keys = SqlAgencyKeys(connection, self.seals, self.replicas)
        self.portal_files = SqlPortalFiles(connection)
        self.carried = SqlCarried(connection, self.seals)
        self.sent = LedgerList(connection)
        self._connection = connection

    @property
    def senders(self) -> SqlSenders:
        """Keys by which the province is believed."""
        return SqlSenders(self._connection, self.search)

    @property
    def erased_files(self) -> SqlErasedFiles:
        """Files of erased data."""
        return SqlErasedFiles(self._connection)

    def files_named(self, *, shared: bool = False) -> tuple[str, ...]:
        """Give the hash of every file that a record names; the integrity check reads them.

        Args:
            shared: without the evidence of cases, whose files stay on the desks (sync.md T29).
        """
        return tuple(sorted(self.file_names(shared=shared)))

    def file_names(self, *, shared: bool = False) -> dict[str, str]:
        """Give the same files with the names by which they were attached."""
        named: dict[str, str] = {}
        columns = (
            contact.c.attachments,
            article.c.snapshot,
            article_text.c.snapshot,
            claim.c.files,
            recapture.c.file,
            round_step.c.file,
            paper.c.docx,
            paper.c.pdf,
            paper_signature.c.file,
            evidence.c.file,
            law_entry.c.file,
            news.c.files,
            page_capture.c.file,
        )
        for column in columns:
            if shared and column.table is evidence:
                continue
            for value in self._connection.scalars(select(column).where(column.is_not(None))):
                found = value if isinstance(value, list) else [value]
                # An item of evidence that was erased names none.
                named.update((item["sha256"], item.get("name", "")) for item in found if item["sha256"])
        of_incidents = func.json_extract(incident_step.c.detail, "$.files").is_not(None)
        for detail in self._connection.scalars(select(incident_step.c.detail).where(of_incidents)):
            named.update((item["sha256"], item.get("name", "")) for item in detail["files"])
        return named


def unit_maker(
    transaction: Callable[[], AbstractContextManager[Connection]],
    grown: Callable[[Link], None] | None = None,
    keys: DeviceKeys | None = None,
) -> Callable[[], AbstractContextManager[SqlUnit]]:
    """Give a function that opens a Unit over a fresh transaction (reading or writing).

    Args:
        grown: told the last link after a transaction that joined entries to the chain was kept.
        keys: secrets of this device, among them the agency's keys.
    """

    @contextmanager
    def unit() -> Iterator[SqlUnit]:
        with transaction() as connection:
            made = SqlUnit(connection, keys)
            yield made
        if grown is not None and made.chain.joined is not None:
            grown(made.chain.joined)

    return unit
