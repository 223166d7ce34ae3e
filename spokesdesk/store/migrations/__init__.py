"""How the workspace's database came to its present shape: one revision per schema number.

To change the schema: edit the tables, add ``versions/rev_NNNN_*.py`` with explicit operations, raise
``SCHEMA``, and let the tests compare both ways. A revision imports nothing from the tables: it must do the
same for ever.
"""

SCHEMA = 33
