"""A paper's pages for reading on screen: laid out as they are printed, drawn only where they are looked at."""

from spokesdesk.typeset.document import Source
from spokesdesk.typeset.layout.memory import Memory
from spokesdesk.typeset.proof import Leaf, Mark, PrintedLeaf, Shown, printed, proof

__all__ = ["Leaf", "Mark", "Memory", "PrintedLeaf", "Shown", "Source", "printed", "proof"]
