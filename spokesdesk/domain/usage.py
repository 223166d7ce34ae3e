"""What argparse says of a wrong command line, in Vietnamese."""

import re

from spokesdesk.domain.language import gettext as _

# argparse's own English sentences (Python 3.11–3.13); what is not among them is shown as it is.
_SENTENCES = (
    (r"the following arguments are required: (?P<what>.+)", _("còn thiếu {what}")),
    (r"unrecognized arguments: (?P<what>.+)", _("không có tùy chọn hoặc đối số {what}")),
    (
        r"argument (?P<what>.+?): invalid choice: (?P<given>'.*?'|\".*?\") \(choose from (?P<from>.+)\)",
        _("{what} không nhận {given}; hãy chọn một trong: {from}"),
    ),
    (
        r"argument (?P<what>.+?): invalid int value: (?P<given>.+)",
        _("{what} phải là số nguyên, không phải {given}"),
    ),
    (r"argument (?P<what>.+?): expected one argument", _("{what} cần một giá trị đi kèm")),
    (r"argument (?P<what>.+?): expected at least one argument", _("{what} cần ít nhất một giá trị đi kèm")),
    (
        r"argument (?P<what>.+?): ignored explicit argument (?P<given>.+)",
        _("{what} không nhận giá trị {given}"),
    ),
    (
        r"ambiguous option: (?P<what>.+?) could match (?P<from>.+)",
        _("tùy chọn {what} có thể là: {from}; hãy ghi đủ tên"),
    ),
)


def in_vietnamese(message: str) -> str:
    """Give argparse's message as a Vietnamese sentence without its full stop."""
    for pattern, sentence in _SENTENCES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return _(sentence).format_map({key: value or "" for key, value in found.groupdict().items()})
    return message
