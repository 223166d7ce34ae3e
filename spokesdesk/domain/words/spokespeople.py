"""Wording of what the records of spokespeople and authorisations refuse."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "authorisation_days": _("Ngày hết hạn phải từ ngày bắt đầu trở đi. Nội dung đã gõ vẫn còn."),
    "decision_in_future": _("Lúc ký quyết định ở tương lai. Hãy xem lại ngày giờ; nội dung đã gõ vẫn còn."),
    "authorisation_needs_decision": _(
        "Người phát ngôn thường xuyên được giao nhiệm vụ bằng quyết định. Hãy ghi số quyết định."
    ),
    "authorisation_needs_moment": _(
        "Hãy ghi ngày giờ ký quyết định: thời hạn công bố người phát ngôn tính từ lúc đó."
    ),
    "authorisation_needs_giver": _("Hãy ghi người đứng đầu đã ủy quyền hoặc phân công."),
    "authorisation_needs_scope": _("Ủy quyền phát ngôn chỉ cho vụ việc cụ thể. Hãy ghi vụ việc đó."),
    "authorisation_needs_end": _("Ủy quyền phát ngôn phải có thời hạn. Hãy ghi ngày hết hạn."),
    "authorised_by_self": _("{name} không thể tự ủy quyền cho mình ({law})."),
    "redelegation": _(
        "{name} đang phát ngôn theo ủy quyền hoặc được giao nên không được ủy quyền tiếp cho người khác ({law}). "
        "Hãy ghi người đứng đầu đã ủy quyền."
    ),
    "letter_not_needed": _(
        "Giấy ủy quyền chỉ soạn cho người được ủy quyền hoặc cấp phó được phân công; người này phát ngôn theo "
        "quyết định hoặc theo chức vụ."
    ),
    "authorisation_ended": _("Mục này đã kết thúc trước đó. Không có gì thay đổi."),
    "authorisation_corrected": _("Mục này đã được đính chính bằng mục khác. Hãy mở mục mới hơn."),
    "ending_before_start": _("Ngày kết thúc phải từ ngày bắt đầu trở đi. Không có gì thay đổi."),
    "published_before_decision": _("Lúc công bố phải sau lúc ký quyết định và không ở tương lai."),
}
