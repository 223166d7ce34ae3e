"""Outlets whole, spokespeople and authorisations, merged records."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_OUTLET_TEXTS = ("licence_number", "licence_by", "remit", "periodicity", "head_name", "channels")


def upgrade() -> None:
    """Add the columns and the tables; what was known before stays as it was."""
    _widen_outlets()
    _widen_journalists()
    _make_authorisations()
    _make_authorisation_steps()
    _make_offices()
    _make_checklists()
    _make_merges()


def _widen_outlets() -> None:
    for name in _OUTLET_TEXTS:
        op.add_column("outlet", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("outlet", sa.Column("licence_on", sa.Date(), nullable=True))
    op.add_column("outlet", sa.Column("merged_into", sa.LargeBinary(16), nullable=True))
    op.create_index("ix_outlet_merged_into", "outlet", ["merged_into"], unique=False)


def _widen_journalists() -> None:
    for name in ("zalo", "resident_decision"):
        op.add_column("journalist", sa.Column(name, sa.Text(), server_default="", nullable=False))
    for name in ("resident_from_on", "resident_until_on"):
        op.add_column("journalist", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("journalist", sa.Column("merged_into", sa.LargeBinary(16), nullable=True))
    op.create_index("ix_journalist_merged_into", "journalist", ["merged_into"], unique=False)


def _make_authorisations() -> None:
    op.create_table(
        "authorisation",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=False),
        sa.Column("member_id", sa.LargeBinary(16), nullable=True),
        sa.Column("post", sa.Text(), server_default="", nullable=False),
        sa.Column("decision_number", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_at", sa.Integer(), nullable=True),
        sa.Column("issuing_body", sa.Text(), server_default="", nullable=False),
        sa.Column("authorised_by", sa.Text(), server_default="", nullable=False),
        sa.Column("authorised_by_post", sa.Text(), server_default="", nullable=False),
        sa.Column("scope", sa.Text(), server_default="", nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("corrects", sa.LargeBinary(16), nullable=True),
        sa.Column("corrected_by", sa.LargeBinary(16), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_authorisation_author_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_authorisation_member_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_authorisation")),
        sa.UniqueConstraint("id", name=op.f("uq_authorisation_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_authorisation_name_fold", "authorisation", ["name_fold"], unique=False)


def _make_authorisation_steps() -> None:
    op.create_table(
        "authorisation_step",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("authorisation_id", sa.LargeBinary(16), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("happened_at", sa.Integer(), nullable=True),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("paper_id", sa.LargeBinary(16), nullable=True),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_authorisation_step_author_id")),
        sa.ForeignKeyConstraint(
            ["authorisation_id"], ["authorisation.id"], name=op.f("fk_authorisation_step_authorisation_id")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_authorisation_step_paper_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_authorisation_step")),
        sa.UniqueConstraint("id", name=op.f("uq_authorisation_step_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_authorisation_step_authorisation_id", "authorisation_step", ["authorisation_id"], unique=False
    )


def _make_offices() -> None:
    op.create_table(
        "outlet_office",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("outlet_id", sa.LargeBinary(16), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("head", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("decision", sa.Text(), server_default="", nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_outlet_office_outlet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet_office")),
    )
    op.create_index("ix_outlet_office_outlet_id", "outlet_office", ["outlet_id"], unique=False)


def _make_checklists() -> None:
    op.create_table(
        "outlet_checklist",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("outlet_id", sa.LargeBinary(16), nullable=False),
        sa.Column("outlet_name", sa.Text(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_outlet_checklist_author_id")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_outlet_checklist_outlet_id")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_outlet_checklist")),
        sa.UniqueConstraint("id", name=op.f("uq_outlet_checklist_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outlet_checklist_outlet_id", "outlet_checklist", ["outlet_id"], unique=False)


def _make_merges() -> None:
    op.create_table(
        "record_merge",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("kept", sa.LargeBinary(16), nullable=False),
        sa.Column("merged", sa.LargeBinary(16), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("followers", sa.Text(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.Integer(), nullable=True),
        sa.Column("undone_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_record_merge_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_merge")),
    )
    op.create_index("ix_record_merge_kept", "record_merge", ["kept"], unique=False)
    op.create_index("ix_record_merge_merged", "record_merge", ["merged"], unique=False)
    op.create_table(
        "record_distinct",
        sa.Column("one", sa.LargeBinary(16), nullable=False),
        sa.Column("other", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.LargeBinary(16), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_record_distinct_author_id")),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_record_distinct")),
    )
