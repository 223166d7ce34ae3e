"""Setting up a checkout: interpreter, ``.venv``, locked packages, system libraries. Standard library only."""
