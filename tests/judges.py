"""The outside programs that judge what SpokesDesk makes; a missing one is a failure, never a skip."""

import shutil

import pytest

from installer.system import JUDGES


def judge(program: str) -> str:
    """Give the path of an outside program.

    Args:
        program: name of the executable; one listed in ``installer.system.JUDGES``.

    Returns:
        Its absolute path.
    """
    package = JUDGES[program].split("|")[0]
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin:/usr/local/sbin")
    if found is None:
        pytest.fail(
            f"{program} is missing: apt-get install -y --no-install-recommends {package}", pytrace=False
        )
    return found
