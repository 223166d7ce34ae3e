"""Asks where a file is to be written; the dialog never holds up the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from spokesdesk.domain.language import gettext as _


def ask_target(
    owner: QWidget,
    title: str,
    name: str,
    then: Callable[[str], object],
    *,
    folder: str = "",
    kinds: str = "",
    ending: str = "",
) -> QFileDialog:
    """Open the dialog.

    Args:
        owner: any widget of the window it belongs to.
        name: proposed for the file.
        then: told the path that was chosen; not called when the person thinks better of it.
        folder: where it begins, "" for the person's own folder.
        kinds: files that are shown, as Qt's filters; "" shows all.
        ending: given to a name that is typed without one.
    """
    proposed = str(Path(folder or QDir.homePath()) / name)
    dialog = QFileDialog(owner.window(), title, proposed, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.selectFile(proposed)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def ask_pdf(
    owner: QWidget, title: str, name: str, then: Callable[[str], object], folder: str = ""
) -> QFileDialog:
    """Open the dialog for a PDF file."""
    return ask_target(owner, title, name, then, folder=folder, kinds=_("Tệp PDF (*.pdf)"), ending="pdf")
