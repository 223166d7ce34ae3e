"""What the signatures of a published PDF are worth, judged by the portal itself and said in words."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from spokesdesk.domain import verdicts
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.signing import SignatureVerdict, Validity, Verdict

_REMEMBERED = 2000
_AGAIN = timedelta(hours=12)  # a certificate may run out
_LARGEST = 60 * 1024**2
_ENDINGS = frozenset({".crt", ".cer", ".pem", ".der"})


@dataclass(frozen=True, slots=True)
class Seal:
    """A verdict in words.

    Attributes:
        tone: green, amber or red.
        said: one sentence.
        signatures: for each signature its label and value pairs.
    """

    tone: str
    said: str
    signatures: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(slots=True)
class Seals:
    """Judges files and remembers what it found for half a day; workers share nothing.

    Attributes:
        roots: folder of certificates that the portal trusts (``trust`` in its data folder); it may be missing.
    """

    roots: Path
    _known: "OrderedDict[str, tuple[datetime, Seal]]" = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, path: Path, sha256: str) -> Seal:
        """Judge a stored PDF.

        Args:
            path: where it lies.
            sha256: the hash that was published.
        """
        now = datetime.now(UTC)
        with self._lock:
            at, known = self._known.get(sha256, (now - 2 * _AGAIN, None))
            if known is not None and now - at < _AGAIN:
                return known
        found = self._judged(path, sha256)
        with self._lock:
            self._known[sha256] = (now, found)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return found

    def _judged(self, path: Path, sha256: str) -> Seal:
        from spokesdesk.typeset.verify import verify

        unread = Seal("amber", _("Cổng chưa đọc được chữ ký của tệp này; hãy tải tệp về để tự kiểm tra."))
        try:
            if path.stat().st_size > _LARGEST:
                return unread
            data = path.read_bytes()
        except OSError:
            return unread
        if hashlib.sha256(data).hexdigest() != sha256:
            return Seal("red", _("KHÔNG HỢP LỆ: tệp đang lưu khác với tệp đã đăng. Không nên dùng tệp này."))
        try:
            return _in_words(verify(data, self._trusted()))
        except UserError:
            return unread

    def _trusted(self) -> tuple[bytes, ...]:
        try:
            found = sorted(one for one in self.roots.iterdir() if one.suffix.lower() in _ENDINGS)
            return tuple(one.read_bytes() for one in found)
        except OSError:
            return ()


def _in_words(verdict: Verdict) -> Seal:
    tone, said = verdicts.headline(verdict)
    if not verdict.signatures:
        said = _("Tệp PDF không có chữ ký số. Hãy đối chiếu với văn bản của cơ quan khi cần.")
    elif tone == "amber":
        told = _(
            "CHƯA XÁC MINH ĐƯỢC NGƯỜI KÝ: nội dung còn nguyên từ lúc ký, nhưng chứng thư số của {who} không thuộc "
            "gốc tin cậy nào mà cổng này biết."
        )
        names = (one.signer or _("người không rõ tên") for one in verdict.signatures if not one.trusted)
        said = told.format(who=", ".join(dict.fromkeys(names)))
    return Seal(tone, said, tuple(_facts(one) for one in verdict.signatures))


def _facts(one: SignatureVerdict) -> tuple[tuple[str, str], ...]:
    worth = verdicts.WORTH[one.certificate]
    if one.certificate is Validity.FOREIGN:
        worth = _("không thuộc gốc tin cậy nào mà cổng này biết")
    whole = _("còn nguyên từ lúc ký") if one.intact else _("BỊ SỬA sau khi ký")
    return (
        (_("Người ký"), one.signer or _("không ghi")),
        (_("Cơ quan ghi trong chứng thư"), one.organisation or _("không ghi")),
        (_("Ký lúc"), verdicts.moment(one.signed_at) if one.signed_at else _("không ghi")),
        (_("Nội dung được ký"), whole),
        (_("Thay đổi sau khi ký"), verdicts.changes(one)),
        (_("Chứng thư số"), worth),
    )
