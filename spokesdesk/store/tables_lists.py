"""How many rows of a long list fall into each week, counted by the database itself as rows come and go.

Thus the length of a list of a million rows and a mark for every week of it are read as fast as those of a short one.
"""

from sqlalchemy import DDL, Column, Integer, Table, Text, event

from spokesdesk.store.tables import contact, metadata

SPAN_US = 7 * 24 * 3600 * 1_000_000
# Whole numbers are divided towards zero: times before 1970 are moved above it first.
SHIFT_US = SPAN_US * 104_000

list_span = Table(
    "list_span",
    metadata,
    Column("list", Text, primary_key=True),
    Column("span", Integer, primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)


def span_triggers(table: str, time: str) -> tuple[str, str]:
    """Give the SQL of the triggers that count the rows of a table by the week of a time."""
    span = f"({{row}}.{time} + {SHIFT_US}) / {SPAN_US}"
    into, out_of = span.format(row="NEW"), span.format(row="OLD")
    return (
        f"CREATE TRIGGER {table}_span_in AFTER INSERT ON {table} BEGIN "
        f"INSERT INTO list_span(list, span, n) VALUES ('{table}', {into}, 1) "
        "ON CONFLICT(list, span) DO UPDATE SET n = n + 1; END",
        f"CREATE TRIGGER {table}_span_out AFTER DELETE ON {table} BEGIN "
        f"UPDATE list_span SET n = n - 1 WHERE list = '{table}' AND span = {out_of}; END",
    )


for _statement in span_triggers("contact", "received_at"):
    event.listen(contact, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]
