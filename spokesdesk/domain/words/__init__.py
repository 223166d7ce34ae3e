"""Wording of errors: code → Vietnamese sentence; each area keeps its own table beside this file."""

import importlib
import pkgutil
from functools import cache

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.labels import label, value_label
from spokesdesk.domain.language import gettext as _


@cache
def _all_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for module in pkgutil.iter_modules(__path__):
        table: dict[str, str] = importlib.import_module(f"{__name__}.{module.name}").WORDS
        words.update(table)
    return words


def known_codes() -> frozenset[str]:
    """Give every error code that has a sentence."""
    return frozenset(_all_words())


def word(error: DeskError) -> str:
    """Say an error to a person, in Vietnamese.

    Args:
        error: any error of the hierarchy.

    Returns:
        One to three sentences: what happened, what is safe, what to do. An unknown code is shown as it is.
    """
    sentence = _all_words().get(error.code)
    if sentence is None:
        return str(error)
    params = {name: value_label(name, value) for name, value in error.params.items()}
    return _(sentence).format_map(_Params(params | {"field": label(error.field or "")}))


class _Params(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"
