"""Where this machine keeps what belongs to the person and not to a workspace."""

from pathlib import Path

from spokesdesk import assets

_APP = "SpokesDesk"


def config_folder() -> Path:
    """Give the folder of the machine settings; it need not exist."""
    own = assets.home()
    if own is not None:
        return own / "settings"
    from platformdirs import user_config_path

    return user_config_path(_APP, appauthor=False)


def log_folder() -> Path:
    """Give the folder of the logs; it need not exist."""
    own = assets.home()
    if own is not None:
        return own / "logs"
    from platformdirs import user_log_path

    return user_log_path(_APP, appauthor=False)


def update_folder() -> Path:
    """Give the folder of what is known of the publisher's list of versions; it need not exist."""
    own = assets.home()
    if own is not None:
        return own / "updates"
    from platformdirs import user_data_path

    return user_data_path(_APP, appauthor=False) / "updates"


def default_workspace() -> Path:
    """Give the folder that a first run offers for the workspace; it need not exist.

    Not under Documents: on Windows that folder is often one that OneDrive synchronises.
    """
    own = assets.home()
    if own is not None:
        return own / "workspace"
    from platformdirs import user_data_path

    return user_data_path(_APP, appauthor=False) / "workspace"
