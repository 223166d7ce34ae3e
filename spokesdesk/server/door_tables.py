"""The tables of the journalists' door; what belongs to an agency has a key that begins with its journal."""

import sqlalchemy as sa

from spokesdesk.server.tables import Moment, metadata

# Of a question that no desk has said to have: nobody took it yet, or one did.
WAITING, TAKEN = "waiting", "taken"

# An account: pending until the administrator has verified it, refused with a reason, blocked. ``email`` lower case.
journalist = sa.Table(
    "journalist",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("email", sa.String(254), nullable=False, unique=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("outlet", sa.String(200), nullable=False),
    sa.Column("card", sa.String(60), nullable=False),
    sa.Column("phone", sa.String(30), nullable=False),
    sa.Column("pass_hash", sa.String(200), nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("reason", sa.String(500), nullable=False),
    sa.Column("made_at", Moment(), nullable=False),
    sa.Column("decided_at", Moment()),
    sa.Index("ix_journalist_state_made_at", "state", "made_at"),
)

# Who is signed in: only the hash of what the cookie holds.
journalist_session = sa.Table(
    "journalist_session",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("journalist", sa.Uuid(), sa.ForeignKey("journalist.id"), nullable=False),
    sa.Column("made_at", Moment(), nullable=False),
    sa.Column("expires_at", Moment(), nullable=False),
    sa.Index(None, "journalist"),
)

# The portal's own secret, made with the database: it seals what is handed to a desk.
door_secret = sa.Table(
    "door_secret",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("secret", sa.LargeBinary, nullable=False),
)

# What was asked of an agency. ``journalist`` NULL: the account was erased. ``taken_by``: the desk that answers for it;
# until ``told_at`` (the desk says that it has it) another one may take it over. ``due_at``: as the desk reckoned it.
question = sa.Table(
    "question",
    metadata,
    sa.Column("journal", sa.Uuid(), sa.ForeignKey("journal.id"), primary_key=True),
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("journalist", sa.Uuid(), sa.ForeignKey("journalist.id")),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("thread", sa.Uuid()),
    sa.Column("topic", sa.String(250), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("asked_at", Moment(), nullable=False),
    sa.Column("wanted_at", Moment()),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("taken_by", sa.Uuid()),
    sa.Column("taken_at", Moment()),
    sa.Column("told_at", Moment()),
    sa.Column("due_at", Moment()),
    sa.Column("due_said", sa.String(500), nullable=False),
    sa.Column("citation", sa.String(500), nullable=False),
    sa.Column("promised_at", Moment()),
    sa.Column("closed_at", Moment()),
    sa.Column("level", sa.String(10), nullable=False),
    sa.Column("remark", sa.String(1000), nullable=False),
    sa.Column("rated_at", Moment()),
    sa.Column("rating_kept_at", Moment()),
    sa.Index("ix_question_journal_state", "journal", "state"),
    sa.Index("ix_question_journalist_asked_at", "journalist", "asked_at"),
)

# What an agency said of a question, word by word; ``id`` is that of the operation's record.
door_reply = sa.Table(
    "door_reply",
    metadata,
    sa.Column("journal", sa.Uuid(), sa.ForeignKey("journal.id"), primary_key=True),
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("question", sa.Uuid(), nullable=False),
    sa.Column("what", sa.String(20), nullable=False),
    sa.Column("at", Moment(), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("paper", sa.Uuid()),
    sa.Column("meeting", sa.String(10), nullable=False),
    sa.Column("meeting_at", Moment()),
    sa.Index("ix_door_reply_journal_question", "journal", "question"),
)

# Complaints about obstruction, for the province; the agency they are about never sees them here.
complaint = sa.Table(
    "complaint",
    metadata,
    sa.Column("journal", sa.Uuid(), sa.ForeignKey("journal.id"), primary_key=True),
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("journalist", sa.Uuid(), sa.ForeignKey("journalist.id")),
    sa.Column("happened_on", sa.Date, nullable=False),
    sa.Column("place", sa.String(200), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("made_at", Moment(), nullable=False),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("answered_at", Moment()),
    sa.Index("ix_complaint_made_at", "made_at"),
    sa.Index("ix_complaint_journalist", "journalist"),
)
