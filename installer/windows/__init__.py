"""The Windows installer: built on Debian by ``build.py``, tried in wine by ``prove.py``."""
