"""``python -m spokesdesk.server serve …``: the portal without the desk's program."""

import sys

from spokesdesk.server.commands import main

sys.exit(main(sys.argv[1:]))
