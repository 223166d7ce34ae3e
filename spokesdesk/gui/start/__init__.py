"""Before the desk: the first-run pages and the unlock page."""
