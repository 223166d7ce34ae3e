"""Attachments by dragging, pasting or choosing; each is kept in the workspace as soon as the desk is open."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unicodedata import category

from PySide6.QtCore import QTemporaryDir, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.journal import Attachment, FileKind
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.courier import Courier, Job
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import ElidedLabel, IconButton, IconLabel, LinkButton, clear_layout, label
from spokesdesk.gui.widgets.filedrop import FileDrop

# Both take ``looked``: somebody has looked into the file.
Keep = Callable[..., Attachment]
# The same, told how far it is: gives False when somebody wants no more of it.
WatchedKeep = Callable[..., Attachment]
_LOOK_MS = 200


class Progress:
    """How far a file has been read; plain values, so that the worker may write what the window reads."""

    def __init__(self) -> None:
        self.read = self.size = 0
        self.is_stopped = False

    def told(self, read: int) -> bool:
        """Note how far it is; give whether to go on. Called on the worker."""
        self.read = read
        return not self.is_stopped

    def keep(self, keep: WatchedKeep, path: Path, *, looked: bool = False) -> Attachment:
        """Keep a file (blocking)."""
        with suppress(OSError):
            self.size = path.stat().st_size
        return keep(path, self.told, looked=looked)

    def words(self) -> str:
        """Say how far it is."""
        if not self.size:
            return _("đang cất…")
        return _("đang cất… {percent} %").format(percent=min(99, self.read * 100 // self.size))


@dataclass(slots=True)
class _Item:
    name: str
    path: Path | None = None
    source: Path | None = None
    attachment: Attachment | None = None
    error: str = ""
    progress: Progress | None = None
    job: Job | None = None
    said: QLabel | None = None
    # Its inside cannot be read: somebody is to look into it, and to say so.
    doubt: bool = False
    looked: bool = False


class DropArea(FileDrop):
    """Files that belong to a record.

    Args:
        courier: keeps files on the work lane, so that a large one never holds up what is being saved.
        theme: icons.
        narrow: it stands in a narrow column.

    Emits:
        changed: None, a file came, went or was kept.
        taken: int, so many files were pasted or dropped, perhaps while the area was out of sight.
    """

    changed = Signal(object)
    taken = Signal(int)

    def __init__(
        self, courier: Courier, theme: Theme, parent: QWidget | None = None, *, narrow: bool = False
    ) -> None:
        super().__init__(_("Tệp kèm theo"), _("Chọn tệp kèm theo"), parent)
        self._courier, self._theme = courier, theme
        self._keep: Keep | None = None
        self._watched: WatchedKeep | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._items: list[_Item] = []
        self._pasted: QTemporaryDir | None = None
        self._pictures = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 6)
        column.setSpacing(2)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        column.addLayout(self._list)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(theme, "paperclip", parent=self))
        words = _("Kéo, dán tệp hoặc") if narrow else _("Kéo tệp vào đây, dán (Ctrl+V) hoặc")
        row.addWidget(label(words, "small", self))
        row.addWidget(LinkButton(_("chọn tệp…"), self.choose, self))
        row.addStretch(1)
        column.addLayout(row)

    def keep_with(self, keep: Keep | None) -> None:
        """Say how files are kept (blocking); what waited in memory is kept now."""
        self._keep, self._watched = keep, None
        for item in self._items:
            self._start_keeping(item)

    def keep_watched(self, keep: WatchedKeep | None) -> None:
        """Say how files are kept when large ones come: how far they are is shown, and each can be stopped."""
        self._keep, self._watched = None, keep
        for item in self._items:
            self._start_keeping(item)

    def attachments(self) -> tuple[Attachment, ...]:
        """Give the files that are kept, in order."""
        return tuple(item.attachment for item in self._items if item.attachment is not None)

    @property
    def is_waiting(self) -> bool:
        """Whether some file is still on its way into the workspace, or waits for somebody to look into it."""
        return any(item.attachment is None and (item.doubt or not item.error) for item in self._items)

    @property
    def waiting_words(self) -> str:
        """What is to be done before the record is written while files wait."""
        if any(item.doubt for item in self._items):
            return _("Có tệp không đọc được bên trong: hãy chọn giữ hay bỏ tệp đó rồi bấm lại.")
        return _("Tệp kèm theo đang được lưu, chờ một chút rồi bấm lại.")

    @property
    def has_failed(self) -> bool:
        """Whether some file could not be kept; its reason stands beside it."""
        return any(item.error for item in self._items)

    @property
    def is_empty(self) -> bool:
        """Whether no file was given, kept or not."""
        return not self._items

    def clear(self) -> None:
        """Forget all files of the form; what is on its way is stopped."""
        self._stop_all()
        self._rebuild()

    def add(self, path: Path) -> None:
        """Take a file."""
        item = _Item(path.name, path, path)
        self._items.append(item)
        self._start_keeping(item)
        self._rebuild()

    def values(self) -> list[dict[str, object]]:
        """Give the files for a draft (JSON-able); of one that is not kept yet, where it is."""
        return [_value(item) for item in self._items]

    def restore(self, values: Sequence[Mapping[str, object]]) -> None:
        """Take back the files of a draft."""
        self.set_attachments(tuple(_attachment(value) for value in values if "sha256" in value))
        for value in values:
            if "sha256" not in value and value.get("path"):
                self.add(Path(str(value["path"])))

    def set_attachments(self, attachments: Sequence[Attachment]) -> None:
        """Show these kept files."""
        self._stop_all()
        self._items = [_Item(kept.name, attachment=kept) for kept in attachments]
        self._rebuild()

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Take files that were pasted or dropped, and say how many."""
        self.take_chosen(paths)
        self.taken.emit(len(paths))

    def take_chosen(self, paths: tuple[Path, ...]) -> None:
        """Take files that were chosen in the dialog."""
        for path in paths:
            self.add(path)

    def take_picture(self, picture: QImage) -> bool:
        """Take a picture as a file of its own."""
        if self._pasted is None:
            self._pasted = QTemporaryDir()
        self._pictures += 1
        path = Path(self._pasted.filePath(_("anh-dan-{n}.png").format(n=self._pictures)))
        if not picture.save(str(path)):
            return False
        self.take_files((path,))
        return True

    def _start_keeping(self, item: _Item) -> None:
        if item.path is None or item.attachment is not None:
            return
        path, progress = item.path, Progress()
        if self._watched is not None:
            work = partial(progress.keep, self._watched, path, looked=item.looked)
        elif self._keep is not None:
            work = partial(self._keep, path, looked=item.looked)
        else:
            return
        item.path, item.error, item.progress, item.doubt = None, "", progress, False
        item.job = self._courier.run(
            work,
            owner=self,
            ok=partial(self._kept, item),
            fail=partial(self._not_kept, item, path),
            lane="work",
            label=_("Đang cất tệp {name}").format(name=item.name),
        )
        self._timer.start()

    def _kept(self, item: _Item, attachment: Attachment) -> None:
        item.attachment = attachment
        self._rebuild()

    def _not_kept(self, item: _Item, path: Path, error: DeskError) -> None:
        if item not in self._items:
            return  # stopped on purpose
        # The accessible name is the label of the field that the area stands in.
        named = type(error)(error.code, field=self.accessibleName(), **error.params)
        item.path, item.error, item.doubt = path, words.word(named), error.code == "attachment_unread"
        self._rebuild()

    def _keep_looked(self, item: _Item) -> None:
        """Keep a file that somebody has looked into."""
        item.looked = True
        self._start_keeping(item)
        self._rebuild()

    def _look(self) -> None:
        """Say how far each file is; one stopped from the status line goes."""
        waiting = [item for item in self._items if item.attachment is None and not item.error and item.job]
        for item in waiting:
            if item.job is not None and item.job.cancelled:
                self._remove(item)
            elif item.said is not None and item.progress is not None:
                item.said.setText(item.progress.words())
        if not waiting:
            self._timer.stop()

    def _remove(self, item: _Item) -> None:
        if item in self._items:
            self._stop(item)
            self._items.remove(item)
            self._rebuild()

    def _stop(self, item: _Item) -> None:
        if item.progress is not None and item.attachment is None:
            item.progress.is_stopped = True

    def _stop_all(self) -> None:
        for item in self._items:
            self._stop(item)
        self._items = []

    def _rebuild(self) -> None:
        clear_layout(self._list)
        for item in self._items:
            self._list.addWidget(self._row(item))
        self.changed.emit(None)

    def _row(self, item: _Item) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(ElidedLabel(shown_name(item.name), "", box), 1)
        state = item.error or (size_text(item.attachment.size) if item.attachment else _("đang cất…"))
        item.said = label(state, "error" if item.error else "small", box, wrap=bool(item.error))
        if item.attachment is not None:
            self._add_parts(row, item.attachment, box)
        row.addWidget(item.said, 2 if item.error else 0)
        if item.doubt:
            row.addWidget(LinkButton(_("Đã xem, giữ tệp"), partial(self._keep_looked, item), box))
        is_waiting = item.attachment is None and not item.error
        action = _("Dừng cất tệp {name}") if is_waiting else _("Bỏ tệp {name}")
        remove = IconButton(self._theme, "close", action.format(name=item.name), parent=box)
        remove.clicked.connect(partial(self._remove, item))
        row.addWidget(remove)
        return box

    def _add_parts(self, row: QHBoxLayout, kept: Attachment, box: QWidget) -> None:
        """Put what a form wants to know of a kept file into its row."""

    def _change(self, before: Attachment, after: Attachment) -> None:
        """Keep another saying of the same file."""
        for item in self._items:
            if item.attachment == before:
                item.attachment = after
                self.changed.emit(None)
                return


def _value(item: _Item) -> dict[str, object]:
    kept = item.attachment
    if kept is None:
        return {"name": item.name, "path": str(item.source or "")}
    value: dict[str, object] = {"sha256": kept.sha256, "name": kept.name, "size": kept.size}
    return value | {"kind": kept.kind.value} if kept.kind else value


def _attachment(value: Mapping[str, object]) -> Attachment:
    kind = value.get("kind", "")
    known = FileKind(str(kind)) if kind in list(FileKind) else FileKind.OTHER
    return Attachment(str(value["sha256"]), str(value["name"]), int(str(value["size"])), known)


def shown_name(name: str) -> str:
    """Give a file's name as it is, hidden marks made visible: one that turns the text round hides an ".exe"."""
    return "".join("\ufffd" if category(letter) in ("Cf", "Cc") else letter for letter in name)


def size_text(size: int) -> str:
    """Give a size in bytes as people read it: ``1,4 MB``."""
    for unit, step in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= step:
            return f"{size / step:.1f} {unit}".replace(".", ",")
    return f"{size} B"
