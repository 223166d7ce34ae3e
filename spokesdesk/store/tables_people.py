"""Around the address book: who may speak for the agency, offices of outlets, checklists, merged records.

Authorisations, what became of them, and filled checklists are entries of the journal: written once, in the chain.
"""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text

from spokesdesk.store.columns import Json, UtcTime, UuidBlob, author_columns, text_column
from spokesdesk.store.tables import metadata

authorisation = Table(
    "authorisation",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_fold", Text, nullable=False),
    Column("member_id", UuidBlob, ForeignKey("member.id")),
    text_column("post"),
    text_column("decision_number"),
    Column("decided_at", UtcTime),
    text_column("issuing_body"),
    text_column("authorised_by"),
    text_column("authorised_by_post"),
    text_column("scope"),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    text_column("phone"),
    text_column("email"),
    text_column("note"),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Column("corrects", UuidBlob),
    Column("corrected_by", UuidBlob),
    Index("ix_authorisation_name_fold", "name_fold"),
    sqlite_autoincrement=True,
)

# What became of an authorisation: ended, withdrawn, its holder published, a letter drafted.
authorisation_step = Table(
    "authorisation_step",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("authorisation_id", UuidBlob, ForeignKey("authorisation.id"), nullable=False),
    Column("step", Text, nullable=False),
    Column("on_day", Date),
    Column("happened_at", UtcTime),
    text_column("remark"),
    Column("paper_id", UuidBlob, ForeignKey("paper.id")),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Index("ix_authorisation_step_authorisation_id", "authorisation_id"),
    sqlite_autoincrement=True,
)

outlet_office = Table(
    "outlet_office",
    metadata,
    Column("id", UuidBlob, primary_key=True),
    Column("outlet_id", UuidBlob, ForeignKey("outlet.id"), nullable=False),
    Column("address", Text, nullable=False),
    text_column("head"),
    text_column("phone"),
    text_column("email"),
    text_column("decision"),
    Column("from_on", Date),
    Column("until_on", Date),
    text_column("note"),
    Index("ix_outlet_office_outlet_id", "outlet_id"),
)

outlet_checklist = Table(
    "outlet_checklist",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", UuidBlob, nullable=False, unique=True),
    Column("outlet_id", UuidBlob, ForeignKey("outlet.id"), nullable=False),
    Column("outlet_name", Text, nullable=False),
    Column("criteria", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("answers", Json, nullable=False),
    text_column("note"),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Index("ix_outlet_checklist_outlet_id", "outlet_id"),
    sqlite_autoincrement=True,
)

# Two records that turned out to be one. Entries keep the id they were written with; ``merged_into`` leads on.
record_merge = Table(
    "record_merge",
    metadata,
    Column("id", UuidBlob, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("kept", UuidBlob, nullable=False),
    Column("merged", UuidBlob, nullable=False),
    Column("before", Json, nullable=False),
    Column("after", Json, nullable=False),
    Column("followers", Json, nullable=False),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
    Column("undone_at", UtcTime),
    text_column("undone_by"),
    Index("ix_record_merge_kept", "kept"),
    Index("ix_record_merge_merged", "merged"),
)

# Two records that look alike and are not the same: the desk does not ask again.
record_distinct = Table(
    "record_distinct",
    metadata,
    Column("one", UuidBlob, primary_key=True),
    Column("other", UuidBlob, primary_key=True),
    Column("at", UtcTime, nullable=False),
    *author_columns(),
)
