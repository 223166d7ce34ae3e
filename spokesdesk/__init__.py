"""SpokesDesk: the desk of the people who speak to the press for a state agency (bàn người phát ngôn)."""

__version__ = "0.1.0"
