"""Words of Qt itself (menus of text fields, file dialogs, usual buttons): Qt ships none in Vietnamese."""

from functools import cache

from PySide6.QtCore import QTranslator

from spokesdesk.domain.language import gettext as _


class QtWords(QTranslator):
    """Says in the window's language what Qt would say in English; what is not in the table stays as it is."""

    def isEmpty(self) -> bool:
        """Never: the words are in the table, not in a file."""
        return False

    def translate(
        self,
        context: str | bytes,
        text_of_qt: str | bytes,
        disambiguation: str | bytes | None = None,
        n: int = -1,
    ) -> str:
        """Give the word for one of Qt's; None leaves Qt's own."""
        text = text_of_qt.decode() if isinstance(text_of_qt, bytes) else text_of_qt
        return _table().get(text)  # type: ignore[return-value]  # None is what lets Qt go on asking


@cache
def _table() -> dict[str, str]:
    return _editing() | _buttons() | _files() | _printing()


def _editing() -> dict[str, str]:
    return {
        "&Undo": _("&Hoàn tác"),
        "&Redo": _("&Làm lại"),
        "Cu&t": _("Cắ&t"),
        "&Copy": _("&Sao chép"),
        "Copy &Link Location": _("Sao chép địa chỉ &liên kết"),
        "&Paste": _("&Dán"),
        "Delete": _("Xóa"),
        "Select All": _("Chọn tất cả"),
        "Insert Unicode control character": _("Chèn ký tự điều khiển Unicode"),
    }


def _buttons() -> dict[str, str]:
    return {
        "OK": _("Đồng ý"),
        "Cancel": _("Hủy"),
        "Close": _("Đóng"),
        "Save": _("Lưu"),
        "Open": _("Mở"),
        "&Yes": _("&Có"),
        "&No": _("&Không"),
        "&OK": _("Đồn&g ý"),
        "&Cancel": _("&Hủy"),
        "&Close": _("Đón&g"),
        "&Save": _("&Lưu"),
        "&Open": _("&Mở"),
    }


def _files() -> dict[str, str]:
    return {
        "Look in:": _("Tìm trong:"),
        "File &name:": _("&Tên tệp:"),
        "Files of type:": _("Loại tệp:"),
        "Directory:": _("Thư mục:"),
        "&Choose": _("&Chọn"),
        "Back": _("Lùi lại"),
        "Forward": _("Tiến tới"),
        "Parent Directory": _("Lên một cấp"),
        "Create New Folder": _("Tạo thư mục mới"),
        "&New Folder": _("Thư mục &mới"),
        "New Folder": _("Thư mục mới"),
        "List View": _("Xem danh sách"),
        "Detail View": _("Xem chi tiết"),
        "All Files (*)": _("Mọi tệp (*)"),
        "Directories": _("Thư mục"),
        "Name": _("Tên"),
        "Size": _("Cỡ"),
        "Type": _("Loại"),
        "Kind": _("Loại"),
        "Date Modified": _("Ngày sửa"),
        "Computer": _("Máy này"),
        "My Computer": _("Máy này"),
        "Folder": _("Thư mục"),
        "Show &hidden files": _("Hiện tệp &ẩn"),
        "&Rename": _("Đổ&i tên"),
        "&Delete": _("&Xóa"),
        "Remove": _("Bỏ"),
        "%1 already exists.\nDo you want to replace it?": _("Đã có %1.\nThay tệp đó?"),
        "%1\nFile not found.\nPlease verify the correct file name was given.": _(
            "%1\nKhông tìm thấy tệp.\nHãy xem lại tên tệp."
        ),
        "%1\nDirectory not found.\nPlease verify the correct directory name was given.": _(
            "%1\nKhông tìm thấy thư mục.\nHãy xem lại tên thư mục."
        ),
    }


def _printing() -> dict[str, str]:
    return {
        "Print": _("In"),
        "&Print": _("&In"),
        "Printer": _("Máy in"),
        "&Name:": _("&Tên:"),
        "P&roperties": _("T&huộc tính"),
        "Location:": _("Vị trí:"),
        "Type:": _("Loại:"),
        "Preview": _("Xem trước"),
        "Output &file:": _("&Tệp ra:"),
        "&Options >>": _("Tù&y chọn >>"),
        "&Options <<": _("Tù&y chọn <<"),
        "Print to File (PDF)": _("In ra tệp (PDF)"),
        "Print To File ...": _("In ra tệp…"),
        "Copies": _("Số bản"),
        "Print all": _("In tất cả"),
        "Print range": _("Phạm vi in"),
    }
