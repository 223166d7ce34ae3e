"""A parser that says in Vietnamese what is wrong with a command line."""

import argparse
import json
import sys
from typing import NoReturn

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.usage import in_vietnamese

USAGE = 2


class Parser(argparse.ArgumentParser):
    """argparse's parser with Vietnamese errors; its subcommands are parsed by the same class."""

    wants_json = False

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with exit code 2."""
        said = in_vietnamese(message)
        if Parser.wants_json:
            print(json.dumps({"error": "usage", "field": None, "message": said}, ensure_ascii=False))
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{_('Lỗi')}: {said}. {_('Xem cách dùng')}: {self.prog} --help\n")
