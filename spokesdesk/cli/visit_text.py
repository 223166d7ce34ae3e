"""How `visit` says an entry: as text for people, as values for scripts."""

from spokesdesk.cli.answer import plain
from spokesdesk.domain.answers import answers_by_question
from spokesdesk.domain.backups import size_words
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.journal import Contact, ContactRow
from spokesdesk.domain.journal_words import channel_name, file_kind_name, given_form_name
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.verification import Verification, VerificationResult


def entry_value(entry: Contact) -> dict[str, object]:
    """Give the entry for scripts: the result of the verification stands on top, where they look first."""
    value: dict[str, object] = plain(entry)
    return value | {
        "result": entry.verification.result.value,
        "reasons": list(entry.verification.reasons),
        "may_not_demand": list(entry.verification.may_not_demand),
        "late": entry.is_late,
    }


def row_text(row: ContactRow) -> str:
    """Give one line of a list."""
    result = VerificationResult(row.result).wording
    others = _("và {n} người").format(n=row.others) if row.others else ""
    who = " – ".join(
        part for part in (" ".join(p for p in (row.journalist, others) if p), row.outlet) if part
    )
    late = f"  [{_('ghi muộn')}]" if row.late else ""
    return f"{row.id}  {to_vn(row.received_at):%d/%m/%Y %H:%M}  {who}  {row.topic}  [{result}]{late}"


def entry_text(entry: Contact) -> str:
    """Give a whole entry."""
    occasion = f" – {entry.occasion}" if entry.occasion else ""
    late = f"  [{_('ghi muộn quá 24 giờ')}]" if entry.is_late else ""
    lines = [
        f"{entry.id}",
        f"{to_vn(entry.received_at):%d/%m/%Y %H:%M}  {entry.topic}",
        f"{channel_name(entry.channel)}{occasion}",
        f"{_('Ghi vào sổ lúc')} {to_vn(entry.entered_at):%d/%m/%Y %H:%M}{late}",
        " – ".join(ref.name for ref in (entry.journalist, entry.outlet) if ref),
        *_checked(entry.verification),
    ]
    for companion in entry.companions:
        lines += [f"+ {companion.name}", *_checked(companion.verification)]
    return "\n".join([*lines, *_said(entry), *_around(entry)])


def _checked(checked: Verification) -> list[str]:
    return [
        f"{checked.result.wording}",
        *(f"  {reason}" for reason in checked.reasons),
        *(f"  {_('Không được yêu cầu')}: {item}" for item in checked.may_not_demand),
    ]


def _said(entry: Contact) -> list[str]:
    lines = []
    answered = answers_by_question(entry.questions, entry.answers)
    for question, answers in zip(entry.questions, answered, strict=True):
        lines.append(f"? {question}")
        for each in answers:
            when = f"{to_vn(each.answered_at):%d/%m/%Y %H:%M}"
            lines.append(f"  → {each.text} ({', '.join(part for part in (each.answered_by, when) if part)})")
        lines += [] if answers else [f"  → {_('chưa trả lời')}"]
    lines += [f"{_('Trả lời câu hỏi trước')}: {each.asked} → {each.text}" for each in entry.replies]
    lines += [f"{_('Người trả lời')}: {entry.answered_by}"] if entry.answered_by else []
    for given in entry.all_givens:
        lines.append(f"{_('Đã cung cấp')}: {given.text} ({given_form_name(given.form).lower()})")
    return lines


def _around(entry: Contact) -> list[str]:
    lines = [f"{_('Có ghi âm, ghi hình, đã báo trước')}"] if entry.recorded else []
    if entry.due:
        lines.append(f"{_('Thời hạn')}: {entry.due.wording} – {entry.due.citation}")
    lines += [f"{_('Tiếp nối mục')}: {entry.follows}"] if entry.follows else []
    lines += [f"{_('Đính chính mục')}: {entry.corrects}"] if entry.corrects else []
    lines += [f"{_('Đã được đính chính bởi')}: {entry.corrected_by}"] if entry.corrected_by else []
    return lines + [
        f"{_('Tệp')}: {item.name} ({file_kind_name(item.kind).lower()}, {size_words(item.size)}, {item.sha256[:12]}…)"
        for item in entry.attachments
    ]
