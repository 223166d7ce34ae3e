"""Take tables of people and past contacts in, and take a whole import back."""

from spokesdesk.services.imports.check import check, write_faulty
from spokesdesk.services.imports.look import Plan, Preview, look, remember
from spokesdesk.services.imports.run import run
from spokesdesk.services.imports.undo import runs, undo

__all__ = ["Plan", "Preview", "check", "look", "remember", "run", "runs", "undo", "write_faulty"]
