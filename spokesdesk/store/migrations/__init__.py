"""How the workspace's database came to its present shape: one revision per schema number.

To change the schema: edit the tables, add ``versions/rev_NNNN_*.py`` with explicit operations (nothing
imported from the tables: a revision must do the same for ever), raise ``SCHEMA``, and let the tests compare both ways.
"""

SCHEMA = 1
