"""The portal's tables; every key of a journal's data begins with the journal, so that they can be spread."""

from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware UTC time; SQLite keeps it without its zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time as UTC; a time without a zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the stored time with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _journal(*, primary: bool = True) -> "sa.Column[UUID]":
    return sa.Column("journal", sa.Uuid(), sa.ForeignKey("journal.id"), primary_key=primary, nullable=False)


portal = sa.Table(
    "portal",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("uid", sa.Uuid(), nullable=False),
    sa.Column("made_at", Moment(), nullable=False),
)

# One row a journal; ``seq`` is its counter, locked before anything of the journal is written (sync.md D2).
journal = sa.Table(
    "journal",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("agency", sa.String(200), nullable=False, unique=True),
    sa.Column("epoch", sa.String(32), nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("chain", sa.LargeBinary, nullable=False),
    sa.Column("floor", sa.BigInteger, nullable=False),
    sa.Column("quota", sa.BigInteger, nullable=False),
    sa.Column("made_at", Moment(), nullable=False),
    sa.Column("moved_at", Moment()),  # when it last grew
)

device = sa.Table(
    "device",
    metadata,
    _journal(),
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("name", sa.String(120), nullable=False),
    sa.Column("public_key", sa.String(64), nullable=False),
    sa.Column("enrolled_at", Moment(), nullable=False),
    sa.Column("revoked_seq", sa.BigInteger),
    sa.Column("revoked_at", Moment()),
    sa.Column("revoked_dseq", sa.BigInteger),
    # Public keys that the agency's keys are handed over to, and the device's signature over them.
    sa.Column("box_key", sa.String(64)),
    sa.Column("recovery_key", sa.String(64)),
    sa.Column("box_proof", sa.String(128)),
)

# How a device that was signed in stays so: ``number`` of the renewal token that is good now, ``key`` seals them all.
device_session = sa.Table(
    "device_session",
    metadata,
    _journal(),
    sa.Column("device", sa.Uuid(), primary_key=True),
    sa.Column("family", sa.Uuid(), nullable=False),
    sa.Column("key", sa.LargeBinary, nullable=False),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("asked_again", sa.Boolean, nullable=False),
    sa.Column("renewed_at", Moment(), nullable=False),
    sa.Column("ends_at", Moment(), nullable=False),
)

# Tokens good for some minutes, as hashes; those that are over go when the next is given.
access_token = sa.Table(
    "access_token",
    metadata,
    _journal(),
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("device", sa.Uuid(), nullable=False),
    sa.Column("expires_at", Moment(), nullable=False),
    sa.Index(None, "journal", "device"),
)

# Accounts of agencies for signing desks in through a browser, and the codes of sign-ins under way.
agency_login = sa.Table(
    "agency_login",
    metadata,
    _journal(),
    sa.Column("login", sa.String(60), primary_key=True),
    sa.Column("secret_hash", sa.String(64), nullable=False),
    sa.Column("made_at", Moment(), nullable=False),
    sa.UniqueConstraint("login"),
)

login_code = sa.Table(
    "login_code",
    metadata,
    sa.Column("code_hash", sa.String(64), primary_key=True),
    _journal(primary=False),
    sa.Column("challenge", sa.String(43), nullable=False),
    sa.Column("redirect", sa.String(200), nullable=False),
    sa.Column("expires_at", Moment(), nullable=False),
)

enrol_code = sa.Table(
    "enrol_code",
    metadata,
    sa.Column("code_hash", sa.String(64), primary_key=True),
    _journal(primary=False),
    sa.Column("expires_at", Moment(), nullable=False),
    sa.Column("used_at", Moment()),
)

# Wrong codes, counted by address (hashed) and hour, so that codes cannot be guessed; shared by all workers.
attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("bucket", sa.String(64), primary_key=True),
    sa.Column("slot", sa.BigInteger, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)

# What an administrator did, kept when the journal itself is erased; ``by`` is the account of the machine.
admin_act = sa.Table(
    "admin_act",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("at", Moment(), nullable=False),
    sa.Column("by", sa.String(120), nullable=False),
    sa.Column("act", sa.String(40), nullable=False),
    sa.Column("agency", sa.String(200), nullable=False),
    sa.Column("told", sa.JSON, nullable=False),
    sa.Index(None, "at"),
)

# A record of any noun as the operations made it. ``fver``: version at which a field last changed, 0 for one that never
# may; ``sets``: for each element of a set its version and device; ``writers``: last version written by each device.
record = sa.Table(
    "record",
    metadata,
    _journal(),
    sa.Column("entity", sa.String(40), primary_key=True),
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("ver", sa.BigInteger, nullable=False),
    sa.Column("fields", sa.JSON, nullable=False),
    sa.Column("fver", sa.JSON, nullable=False),
    sa.Column("extra", sa.JSON, nullable=False),
    sa.Column("deleted", sa.Boolean, nullable=False),
    sa.Column("sets", sa.JSON, nullable=False),
    sa.Column("writers", sa.JSON, nullable=False),
    sa.Column("deleted_at", Moment()),
)

# ``effect`` and ``salt`` may be erased; ``commitment`` keeps the chain whole (sync.md §3, T30).
change = sa.Table(
    "change",
    metadata,
    _journal(),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("op_id", sa.Uuid(), nullable=False),
    sa.Column("sig", sa.String(128), nullable=False),
    sa.Column("device", sa.Uuid(), nullable=False),
    sa.Column("dseq", sa.BigInteger, nullable=False),
    sa.Column("actor", sa.String(64), nullable=False),
    sa.Column("rec", sa.Uuid(), nullable=False),
    sa.Column("outcome", sa.String(20), nullable=False),
    sa.Column("effect", sa.Text),
    sa.Column("salt", sa.LargeBinary),
    sa.Column("commitment", sa.LargeBinary, nullable=False),
    sa.Column("chain", sa.LargeBinary, nullable=False),
    sa.Column("at", Moment(), nullable=False),
    sa.UniqueConstraint("journal", "op_id"),
    sa.Index(None, "journal", "rec"),
    sa.Index("ix_change_journal_device_dseq", "journal", "device", "dseq"),
)

# Two values of one field, typed without knowing of each other: the record holds ``current`` until somebody decides.
conflict = sa.Table(
    "conflict",
    metadata,
    _journal(),
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("entity", sa.String(40), nullable=False),
    sa.Column("rec", sa.Uuid(), nullable=False),
    sa.Column("field", sa.String(40), nullable=False),
    sa.Column("base", sa.JSON),
    sa.Column("current", sa.JSON),
    sa.Column("mine", sa.JSON),
    sa.Column("device", sa.Uuid(), nullable=False),
    sa.Column("actor", sa.String(36), nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Index(None, "journal", "rec"),
)

# Which files a journal holds; the bytes lie once on disk, access is by this reference, never by hash alone.
blob = sa.Table(
    "blob",
    metadata,
    _journal(),
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("stored_at", Moment(), nullable=False),
)

# Files on their way up. ``received``: bytes that are safely on the disk; ``lease``: the request that may go on, so that
# a newer one takes over from one that hangs; a finished upload stays until it expires, for who missed the answer.
upload = sa.Table(
    "upload",
    metadata,
    _journal(),
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("received", sa.BigInteger, nullable=False),
    sa.Column("lease", sa.String(32), nullable=False),
    sa.Column("expires_at", Moment(), nullable=False),
    sa.Column("done_at", Moment()),
    sa.Index(None, "journal", "sha256"),
)

# What the public sees: a projection written in the same transaction as the log, never filtered from it.
release = sa.Table(
    "release",
    metadata,
    _journal(),
    sa.Column("rec", sa.Uuid(), primary_key=True),
    sa.Column("public_id", sa.Uuid(), nullable=False, unique=True),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("title", sa.String(500), nullable=False),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("symbol", sa.String(30), nullable=False),
    sa.Column("agency", sa.String(200), nullable=False),
    sa.Column("place", sa.String(100), nullable=False),
    sa.Column("date_on", sa.Date, nullable=False),
    sa.Column("text", sa.JSON, nullable=False),
    sa.Column("search", sa.Text, nullable=False),
    sa.Column("docx_sha256", sa.String(64), nullable=False),
    sa.Column("docx_name", sa.String(120), nullable=False),
    sa.Column("docx_size", sa.BigInteger, nullable=False),
    sa.Column("pdf_sha256", sa.String(64), nullable=False),
    sa.Column("pdf_name", sa.String(120), nullable=False),
    sa.Column("pdf_size", sa.BigInteger, nullable=False),
    sa.Column("published_at", Moment()),
    sa.Column("updated_at", Moment(), nullable=False),
    sa.Column("month", sa.String(7)),  # of ``published_at`` in Vietnam, 2026-11
    sa.Column("corrects", sa.Uuid()),
    sa.Index("ix_release_state_published_at", "state", "published_at"),
    sa.Index("ix_release_state_month", "state", "month"),
    sa.Index("ix_release_journal_corrects", "journal", "corrects"),
)

# Lists that agencies post (spokespeople, resident reporters, offices): the last one of each kind.
public_list = sa.Table(
    "public_list",
    metadata,
    _journal(),
    sa.Column("which", sa.String(20), primary_key=True),
    sa.Column("on_day", sa.Date, nullable=False),
    sa.Column("title", sa.String(300), nullable=False),
    sa.Column("columns", sa.JSON, nullable=False),
    sa.Column("rows", sa.JSON, nullable=False),
    sa.Column("posted_at", Moment(), nullable=False),
)

# What a journal is beside an agency's: the province's (cơ quan quản lý báo chí).
journal_role = sa.Table(
    "journal_role",
    metadata,
    _journal(),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("granted_at", Moment(), nullable=False),
)

# One row a journal: where its inbox ends; locked before anything is laid into it, after the sender's journal.
mailbox = sa.Table(
    "mailbox",
    metadata,
    _journal(),
    sa.Column("n", sa.BigInteger, nullable=False),
    sa.Column("mark", sa.String(64), nullable=False),
)

# What a journal got from others: a projection written with the sender's log, never read off it. ``claimed``: the device
# of the journal that writes a request down.
mail = sa.Table(
    "mail",
    metadata,
    _journal(),
    sa.Column("n", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.Uuid(), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("sender", sa.Uuid(), nullable=False),
    sa.Column("agency", sa.String(200), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("mark", sa.String(64), nullable=False),
    sa.Column("at", Moment(), nullable=False),
    sa.Column("claimed", sa.Uuid()),
    sa.Column("claimed_at", Moment()),
    sa.UniqueConstraint("journal", "id", "kind"),
    sa.Index("ix_mail_sender_id", "sender", "id"),
)
