"""How the journal names its channels, forms of giving and kinds of files, on screens and on paper."""

from spokesdesk.domain.journal import Channel, FileKind, GivenForm
from spokesdesk.domain.labels import value_label
from spokesdesk.domain.language import gettext as _


def channels() -> tuple[tuple[Channel, str], ...]:
    """Give the channels in the order they are offered, with their names; what comes by itself is none of them."""
    return tuple((each, channel_name(each)) for each in Channel if each is not Channel.PROVINCE)


def given_forms() -> tuple[tuple[GivenForm, str], ...]:
    """Give the forms in which information is given, with their names."""
    return (
        (GivenForm.NONE, _("Chưa cung cấp")),
        (GivenForm.ORAL, _("Trả lời trực tiếp")),
        (GivenForm.DOCUMENT, _("Bằng văn bản")),
        (GivenForm.PRESS_RELEASE, _("Thông cáo báo chí")),
        (GivenForm.EMAIL, _("Qua thư điện tử")),
        (GivenForm.INTERVIEW, _("Trả lời phỏng vấn")),
        (GivenForm.ZALO, _("Qua Zalo")),
        (GivenForm.PORTAL, _("Đăng trên cổng thông tin")),
    )


def file_kinds() -> tuple[tuple[FileKind, str], ...]:
    """Give the kinds of files, with their names; identity papers are not among them."""
    return (
        (FileKind.OTHER, _("Tệp khác")),
        (FileKind.PRESS_CARD, _("Ảnh thẻ nhà báo")),
        (FileKind.CARD_QR, _("Mã QR trên thẻ")),
        (FileKind.LETTER, _("Giấy giới thiệu")),
        (FileKind.AUDIO, _("Ghi âm")),
        (FileKind.VIDEO, _("Ghi hình")),
        (FileKind.PHOTO, _("Ảnh")),
        (FileKind.DOCUMENT, _("Tài liệu")),
    )


def channel_name(channel: Channel) -> str:
    """Give the name of a channel."""
    return str(value_label("channel", channel.value))


def given_form_name(form: GivenForm) -> str:
    """Give the name of a form in which information was given."""
    return dict(given_forms())[form]


def file_kind_name(kind: FileKind) -> str:
    """Give the name of a kind of file."""
    return dict(file_kinds())[kind]
