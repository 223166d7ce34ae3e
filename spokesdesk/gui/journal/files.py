"""The attachments of a contact: kept on the work lane, so that a large file never holds up what is being saved."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTemporaryDir
from PySide6.QtGui import QImage

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.drop import DropArea


class Files(DropArea):
    """Attachments with progress, that know when one of them could not be kept."""

    @property
    def has_failed(self) -> bool:
        """Whether some file could not be kept; its reason stands beside it."""
        return any(item.error for item in self._items)

    @property
    def is_empty(self) -> bool:
        """Whether no file was given, kept or not."""
        return not self._items

    def _take_picture(self, image: QImage) -> bool:
        if self._pasted is None:
            self._pasted = QTemporaryDir()
        path = Path(self._pasted.filePath(_("anh-dan-{n}.png").format(n=len(self._items) + 1)))
        if not image.save(str(path)):
            return False
        self.add(path)
        return True

    def _start_keeping(self, item: Any) -> None:
        if self._keep is None or item.path is None or item.attachment is not None:
            return
        path, item.path, item.error = item.path, None, ""
        self._courier.run(
            partial(self._keep, path),
            owner=self,
            ok=partial(self._kept, item),
            fail=partial(self._not_kept, item, path),
            lane="work",
            label=_("Đang cất tệp {name}").format(name=item.name),
        )
