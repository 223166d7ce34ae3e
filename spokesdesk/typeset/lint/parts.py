"""The parts of a letter and how they go together: trích yếu, địa danh, Kính gửi, Nơi nhận, chữ ký, phụ lục, cỡ chữ."""

import re
from collections.abc import Iterator

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter, LetterKind
from spokesdesk.typeset.compose.annexes import roman
from spokesdesk.typeset.compose.head import choose_styles
from spokesdesk.typeset.lint.findings import Finding, finding, is_small, words
from spokesdesk.typeset.nd30 import form

_AS_ABOVE = re.compile(r"\s*[-–]?\s*như trên(?!\w)", re.IGNORECASE)
_LEAD = re.compile(r"\s*[-–•+]\s*")
_ABOUT = re.compile(r"\s*(?:v/v|về việc|về)(?!\w)", re.IGNORECASE)
_ABOUT_TWICE = re.compile(r"\s*(?:v/v\s*)?(về việc|về)\s+", re.IGNORECASE)
_CITY = re.compile(r"(?:tp\.?\s*|t\.p\.?\s*|thành phố\s+)?(?:hồ chí minh|hcm)|tphcm", re.IGNORECASE)
_HCM = "Thành phố Hồ Chí Minh"
_UNIT = re.compile(r"(?:tỉnh|thành phố|tp\.?)\s+", re.IGNORECASE)
_ARCHIVE = re.compile(r"VT(?:, ?\S.*)?")
_UNTITLED = frozenset({LetterKind.BIEN_BAN, LetterKind.GIAY_UY_QUYEN})


def parts(letter: Letter) -> Iterator[Finding]:
    """Give what is missing from a letter's parts, or does not fit together."""
    yield from _subject(letter)
    yield from _place(letter)
    yield from _addressees(letter)
    yield from _recipients(letter)
    yield from _archive(letter)
    yield from _annexes(letter)
    yield from _stamps(letter)
    yield from _sizes(letter)


def _subject(letter: Letter) -> Iterator[Finding]:
    text = letter.subject
    if not text.strip():
        yield finding("TY1", "subject", (0, len(text)), _("Thiếu trích yếu nội dung văn bản"))
        return
    twice = _ABOUT_TWICE.match(text)
    if letter.kind is LetterKind.CONG_VAN and twice:
        message = _("Trích yếu công văn đã có chữ “V/v” in sẵn, không ghi lại “về”")
        yield finding("TY1", "subject", twice.span(1), message, level="warn")
    elif letter.kind is not LetterKind.CONG_VAN and letter.kind not in _UNTITLED and not _ABOUT.match(text):
        yield finding(
            "TY1", "subject", (0, len(text)), _("Trích yếu thường bắt đầu bằng chữ “Về”"), level="hint"
        )
    if re.search(r"(?<!\.)(?<![%s])[.;]\s*$" % _capitals(), text):  # noqa: UP031 - braces and % both mean other things
        at = len(text.rstrip()) - 1
        message = _("Trích yếu là một cụm từ, không có dấu ở cuối")
        yield finding("TY1", "subject", (at, at + 1), message, level="warn")


def _capitals() -> str:
    return "A-ZĐ"


def _place(letter: Letter) -> Iterator[Finding]:
    place = letter.place.strip()
    whole = (0, len(letter.place))
    if letter.kind is LetterKind.BIEN_BAN:
        return
    if not place:
        yield finding("DD", "place", whole, _("Thiếu địa danh"))
    elif _CITY.fullmatch(place) and place != _HCM:
        message = _("Đơn vị hành chính đặt theo tên người ghi tên gọi đầy đủ, không viết tắt")
        yield finding("DD", "place", whole, message, _HCM)
    elif re.search(r"ngày|tháng|năm|\d{4}|,\s*$", place):
        yield finding("DD", "place", whole, _("Chỉ ghi địa danh; dấu phẩy và ngày, tháng, năm được in kèm"))
    elif is_small(place[0]) and not _UNIT.match(place):
        right = place[0].upper() + place[1:]
        yield finding("DD", "place", whole, _("Chữ cái đầu của địa danh viết hoa"), right)
    elif _UNIT.match(place) and place != _HCM:
        message = _("Địa danh thường chỉ ghi tên riêng của tỉnh, thành phố")
        yield finding("DD", "place", whole, message, _UNIT.sub("", place, 1), level="hint")


def _is_addressed(letter: Letter) -> bool:
    return form().kinds[letter.kind].addressees and any(item.strip() for item in letter.addressees)


def _addressees(letter: Letter) -> Iterator[Finding]:
    given = [item for item in letter.addressees if item.strip()]
    if given and not form().kinds[letter.kind].addressees:
        message = _("Loại văn bản này không có “Kính gửi”; ghi các nơi ấy ở “Nơi nhận”")
        yield finding("KG1", "addressees.1", (0, len(letter.addressees[0])), message, level="warn")
    if letter.kind is LetterKind.CONG_VAN and not given:
        yield finding("KG1", "addressees", (0, 0), _("Công văn phải có “Kính gửi” và nơi nhận"))
    seen: set[str] = set()
    for at, text in enumerate(letter.addressees, 1):
        lead = re.match(r"\s*kính gửi\s*:?\s*", text, re.IGNORECASE) or _LEAD.match(text)
        if lead:
            message = _("Chữ “Kính gửi” và gạch đầu dòng được in sẵn, không gõ lại")
            yield finding("KG1", f"addressees.{at}", lead.span(), message)
        elif ";" in text.strip().rstrip(";"):
            mark = text.index(";")
            message = _("Mỗi nơi nhận ở “Kính gửi” ghi trên một dòng riêng")
            yield finding("KG1", f"addressees.{at}", (mark, mark + 1), message, level="warn")
        yield from _repeated("KG1", f"addressees.{at}", text, seen)


def _recipients(letter: Letter) -> Iterator[Finding]:
    above = [at for at, text in enumerate(letter.recipients) if _AS_ABOVE.match(text)]
    addressed = _is_addressed(letter)
    if addressed and not above:
        message = _("Văn bản có “Kính gửi” thì dòng đầu của “Nơi nhận” là “Như trên” (chương trình in thêm)")
        yield finding("NN1", "recipients", (0, 0), message, level="warn")
    for at in above:
        span = (0, len(letter.recipients[at]))
        if not addressed and letter.kind is not LetterKind.CONG_VAN:
            message = _("Văn bản không có “Kính gửi” thì “Nơi nhận” không có dòng “Như trên”")
            yield finding("NN1", f"recipients.{at + 1}", span, message)
        elif at:
            yield finding(
                "NN1", f"recipients.{at + 1}", span, _("“Như trên” phải là dòng đầu của “Nơi nhận”")
            )
    if not addressed and not any(text.strip() for text in letter.recipients):
        yield finding("NN1", "recipients", (0, 0), _("“Nơi nhận” chưa có cơ quan, cá nhân nào"), level="warn")
    yield from _recipient_lines(letter)


def _recipient_lines(letter: Letter) -> Iterator[Finding]:
    seen: set[str] = set()
    for at, text in enumerate(letter.recipients, 1):
        field = f"recipients.{at}"
        lead = _LEAD.match(text)
        if re.match(r"\s*[-–]?\s*lưu\s*:", text, re.IGNORECASE):
            yield finding(
                "NN1", field, (0, len(text)), _("Dòng “Lưu” ghi ở mục Lưu, không ghi trong “Nơi nhận”")
            )
        elif lead:
            yield finding("NN1", field, lead.span(), _("Gạch đầu dòng được in sẵn, không gõ lại"))
        yield from _repeated("NN1", field, text, seen)


def _repeated(rule: str, field: str, text: str, seen: set[str]) -> Iterator[Finding]:
    key = " ".join(text.casefold().split()).rstrip(";.")
    if key and key in seen:
        yield finding(rule, field, (0, len(text)), _("Nơi này đã ghi ở dòng trên"), level="warn")
    seen.add(key)


def _archive(letter: Letter) -> Iterator[Finding]:
    text, whole = letter.archive, (0, len(letter.archive))
    lead = re.match(r"\s*[-–]?\s*lưu\s*:?\s*", text, re.IGNORECASE)
    if not text.strip():
        yield finding("NN1", "archive", whole, _("Dòng cuối của “Nơi nhận” phải là “Lưu: VT, …”"))
    elif lead:
        yield finding("NN1", "archive", lead.span(), _("Chữ “Lưu:” được in sẵn, không gõ lại"))
    elif not _ARCHIVE.fullmatch(text.strip().rstrip(".")):
        message = _("Sau chữ “Lưu:” là “VT”, dấu phẩy, rồi chữ viết tắt đơn vị soạn thảo")
        yield finding("NN1", "archive", whole, message)


def _annexes(letter: Letter) -> Iterator[Finding]:
    several = len(letter.annexes) > 1
    body = re.sub(r"\s+", " ", letter.body.replace("*", ""))
    for at, annex in enumerate(letter.annexes, 1):
        name = f"Phụ lục {roman(at)}" if several else "Phụ lục"
        whole = (0, len(annex.title))
        group = several and re.search(r"các phụ lục|phụ lục [IVX]+ (?:đến|,|và)", body, re.IGNORECASE)
        if not group and not re.search(rf"(?<!\w){name}(?!\w)", body, re.IGNORECASE):
            message = _("Nội dung văn bản chưa có chỉ dẫn về {annex}").format(annex=name)
            yield finding("PL1", f"annexes.{at}.title", whole, message)
        if not annex.body.strip():
            message = _("{annex} chưa có nội dung").format(annex=name)
            yield finding("PL1", f"annexes.{at}.body", (0, len(annex.body)), message, level="warn")


def _stamps(letter: Letter) -> Iterator[Finding]:
    text = letter.circulation.strip()
    whole = (0, len(letter.circulation))
    if re.fullmatch(r"(?:tuyệt |tối )?mật", text, re.IGNORECASE):
        message = _("Dấu độ mật là con dấu khắc sẵn, đóng theo pháp luật về bảo vệ bí mật nhà nước; không in")
        yield finding("LH", "circulation", whole, message, level="error")
    elif text and text.upper() not in words("circulation"):
        message = _("Chỉ dẫn phạm vi lưu hành thường là “LƯU HÀNH NỘI BỘ” hoặc “XEM XONG TRẢ LẠI”")
        yield finding("LH", "circulation", whole, message, level="hint")


def _sizes(letter: Letter) -> Iterator[Finding]:
    """Check that the sizes of head and text belong together (Mục V, chú thích 1)."""
    heads = form().heads
    if letter.size not in heads:
        sizes = ", ".join(str(size) for size in sorted(heads))
        yield finding(
            "SZ", "size", (0, 0), _("Cỡ chữ nội dung phải là {sizes}").format(sizes=sizes), level="error"
        )
    elif choose_styles(form(), letter).country.size != heads[letter.size].motto_country:
        message = _("Địa danh dài nên phần đầu in bộ cỡ chữ nhỏ; chọn cỡ chữ {size} để cả văn bản thống nhất")
        yield finding("SZ", "size", (0, 0), message.format(size=min(heads)), str(min(heads)), level="hint")
