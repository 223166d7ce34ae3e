"""Pictures of every screen: ``python -m tests.gui.gallery [FOLDER]``; looked at, never committed."""
