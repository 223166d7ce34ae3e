"""Asks for the folder of a stick, or one that several desks see."""

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_folder(parent: QWidget, title: str, start: str, then: Callable[[str], object]) -> QFileDialog:
    """Show the dialog; ``then`` gets the path that was chosen."""
    dialog = QFileDialog(parent.window(), title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(then)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
