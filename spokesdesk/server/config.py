"""The portal's configuration file: what an installed service says in TOML instead of on the command line."""

import tomllib
from pathlib import Path

from spokesdesk.domain.errors import OutsideError, UserError

OPTION = "--config"
EVERYWHERE = ("data", "database")
SERVING = (
    "host",
    "port",
    "url",
    "title",
    "contact",
    "tls_cert",
    "tls_key",
    "metrics_port",
    "rate",
    "files",
    "s3_endpoint",
)


def spread(argv: list[str]) -> list[str]:
    """Put the options of a configuration file in place of ``--config FILE``.

    Args:
        argv: what follows ``portal`` on the command line. What it says itself stands over the file.

    Returns:
        The arguments without ``--config``.

    Raises:
        UserError: ``portal_config_form``: no TOML, or a key that is not known.
        OutsideError: ``portal_config_missing``: it cannot be read.
    """
    if OPTION not in argv[:-1]:
        return argv
    at = argv.index(OPTION)
    path, rest = Path(argv[at + 1]), argv[:at] + argv[at + 2 :]
    asked = (*EVERYWHERE, *SERVING) if rest[:1] == ["serve"] else EVERYWHERE
    added: list[str] = []
    for key, value in _read(path).items():
        option = f"--{key.replace('_', '-')}"
        if key in asked and value != "" and not any(a == option or a.startswith(f"{option}=") for a in rest):
            # Joined, so that a title which begins with a dash stays a value.
            added.append(f"{option}={value}")
    return rest + added


def _read(path: Path) -> dict[str, object]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError("portal_config_form", field="config", path=str(path), detail=str(error)) from error
    except OSError as error:
        detail = error.strerror or ""
        raise OutsideError("portal_config_missing", field="config", path=str(path), detail=detail) from error
    strange = [
        key for key, value in told.items() if key not in (*EVERYWHERE, *SERVING) or isinstance(value, dict)
    ]
    if strange:
        raise UserError("portal_config_form", field="config", path=str(path), detail=", ".join(strange))
    return told
