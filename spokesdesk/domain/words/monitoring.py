"""What watching the press says when something does not work."""

from spokesdesk.domain.language import gettext as _

WORDS: dict[str, str] = {
    "web_private": _(
        "Địa chỉ này dẫn vào mạng nội bộ hoặc vào chính máy này ({host}) nên không được tải, để trang lạ không dò được "
        "mạng của cơ quan. Chưa có gì bị thay đổi. Hãy dùng địa chỉ công khai của trang."
    ),
    "web_unreachable": _(
        "Không kết nối được {host}. Những tin đã có vẫn còn nguyên. Hãy xem lại mạng; nguồn sẽ được thử lại sau. Cơ quan ra "
        "mạng qua máy chủ trung gian (proxy) thì khai ở Cài đặt › Phiên bản."
    ),
    "web_unresolved": _(
        "Máy này không tra được địa chỉ của {host}, và máy chủ trung gian (proxy) chỉ được hỏi theo tên với địa chỉ https. "
        "Những tin đã có vẫn còn nguyên. Hãy nhập địa chỉ bắt đầu bằng https://."
    ),
    "web_proxy_away": _(
        "Không kết nối được máy chủ trung gian (proxy) {proxy}. Những tin đã có vẫn còn nguyên; nguồn sẽ được thử lại sau. "
        "Hãy xem lại mạng, hoặc địa chỉ proxy ở Cài đặt › Phiên bản."
    ),
    "web_proxy_login": _(
        "Máy chủ trung gian (proxy) {proxy} đòi tên và mật khẩu. Những tin đã có vẫn còn nguyên. Hãy khai ở Cài đặt › Phiên "
        "bản theo dạng http://tên:mật-khẩu@máy-chủ:cổng."
    ),
    "web_proxy_refused": _(
        "Máy chủ trung gian (proxy) {proxy} không cho đi tới trang này (mã {status}). Những tin đã có vẫn còn nguyên. Hãy hỏi "
        "người quản trị mạng; địa chỉ https thường được cho qua."
    ),
    "web_proxy_form": _(
        "Địa chỉ máy chủ trung gian (proxy) không đọc được: {proxy}. Không có gì được tải. Hãy sửa ở Cài đặt › Phiên bản "
        "theo dạng http://máy-chủ:cổng."
    ),
    "web_certificate": _(
        "Không xác minh được chứng thư bảo mật của {host} nên không tải gì từ đó. Những tin đã có vẫn còn nguyên. "
        "Hãy kiểm tra giờ của máy và địa chỉ đã nhập."
    ),
    "web_late": _(
        "{host} không trả lời trong 20 giây. Những tin đã có vẫn còn nguyên. Nguồn sẽ được thử lại sau, thưa dần."
    ),
    "web_broken": _(
        "{host} trả lời không đúng quy cách của web. Những tin đã có vẫn còn nguyên; nguồn sẽ được thử lại sau."
    ),
    "web_redirects": _(
        "{host} chuyển hướng vòng quanh quá 5 lần. Không có gì được tải. Hãy mở địa chỉ bằng trình duyệt để lấy địa chỉ đúng."
    ),
    "web_status": _(
        "{host} từ chối: mã {status}. Những tin đã có vẫn còn nguyên; nguồn sẽ được thử lại sau, thưa dần."
    ),
    "web_busy": _(
        "{host} đề nghị chờ rồi hãy hỏi lại (mã {status}). Những tin đã có vẫn còn nguyên; sẽ thử lại khi hết thời gian ấy."
    ),
    "web_gone": _(
        "Trang không còn ở địa chỉ này (mã {status}): bài đã bị gỡ, hoặc địa chỉ sai. Những gì đã lưu trước đó vẫn còn. "
        "Nếu cần, hãy dán nội dung hoặc đính kèm ảnh chụp."
    ),
    "web_home": _(
        "Trang đã bị gỡ: {host} dẫn về trang chủ thay vì bài báo. Những gì đã lưu trước đó vẫn còn. "
        "Nếu cần, hãy dán nội dung hoặc đính kèm ảnh chụp."
    ),
    "feed_unreadable": _(
        "Nội dung ở địa chỉ này không phải nguồn tin RSS, Atom hay RDF đọc được. Những tin đã có vẫn còn nguyên. "
        "Hãy kiểm tra lại địa chỉ nguồn."
    ),
    "feed_is_page": _(
        "Đây là một trang web, không phải nguồn tin. Trang này giới thiệu nguồn: {found}. Hãy nhập địa chỉ ấy."
    ),
    "feed_cut": _(
        "Nguồn trả về quá 10 MB hoặc không chịu kết thúc; các tin đọc được đã được lấy. Phần còn lại bị bỏ qua."
    ),
    "feed_mended": _(
        "XML của nguồn có lỗi; các tin đọc được đã được lấy, có thể thiếu tin nằm trong chỗ hỏng."
    ),
    "source_known": _("Nguồn này đã có trong danh sách: {name}. Không có gì bị thay đổi."),
    "phrases_many": _("Một chủ đề có nhiều nhất {limit} cụm từ. Hãy tách thành hai chủ đề."),
    "item_not_judged": _(
        "Chưa phân loại tin này nên chưa khép được. Không có gì bị thay đổi. Hãy chọn một phân loại trước."
    ),
    "item_changed": _("Tin này vừa được {name} xử lý. Không có gì bị ghi đè. Hãy xem lại rồi quyết định."),
    "nothing_to_undo": _("Không có bước nào để hoàn tác ở tin này."),
    "no_address": _("Tin này không có địa chỉ web để chụp. Hãy dán nội dung hoặc đính kèm ảnh chụp."),
}
