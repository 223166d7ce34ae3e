"""The encrypted workspace database through SQLAlchemy Core; gives and takes frozen records."""
