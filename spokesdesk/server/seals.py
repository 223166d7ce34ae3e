"""What the signatures of a published PDF are worth, judged by the portal itself and said in words.

A process apart reads the file (``typeset.apart``): one made to crash its reader, to take its memory or to keep it busy
costs that process and not the portal, and no more than a few of them run at once.
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import BoundedSemaphore, Lock

from spokesdesk.domain import verdicts
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.signing import SignatureVerdict, Validity, Verdict

_REMEMBERED = 2000
_AGAIN = timedelta(hours=12)  # a certificate may run out
_LARGEST = 60 * 1024**2
# A page waits for it: a file of three signatures is judged in a second or two, on a busy machine in many more.
SECONDS = 30.0
AT_ONCE = 2
# What a signature covers is never packed away (ISO 32000-2, 12.8.1): a file without these words has none.
_SIGNED = b"/ByteRange"
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


_CARE = _("Hãy thận trọng, đối chiếu với văn bản của cơ quan.")
_SLOW = _("Cổng đã dừng đọc chữ ký của tệp này vì mất quá nhiều thời gian: tệp hỏng, hoặc cố ý làm treo máy.")
_DIED = _("Cổng không đọc được chữ ký của tệp này vì tệp làm hỏng phần đọc: tệp hỏng, hoặc cố ý phá máy.")
_UNREAD = {
    "look_too_slow": Seal("amber", f"{_SLOW} {_CARE}"),
    "look_failed": Seal("amber", f"{_DIED} {_CARE}"),
}


@dataclass(slots=True)
class Seals:
    """Judges files and remembers what it found for half a day; workers share nothing.

    Attributes:
        roots: folder of certificates that the portal trusts (``trust`` in its data folder); it may be missing.
        seconds: how long one file may take.
    """

    roots: Path
    seconds: float = SECONDS
    _known: "OrderedDict[str, tuple[datetime, Seal]]" = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)
    _judging: set[str] = field(default_factory=set)
    _turns: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))

    def of(self, path: Path, sha256: str) -> Seal:
        """Judge a stored PDF.

        Args:
            path: where it lies.
            sha256: the hash that was published.

        Returns:
            What is known; of a file that is just being judged, or while too many are, that it will be.
        """
        now = datetime.now(UTC)
        with self._lock:
            at, known = self._known.get(sha256, (now - 2 * _AGAIN, None))
            if known is not None and now - at < _AGAIN:
                return known
            if sha256 in self._judging or not self._turns.acquire(blocking=False):
                return Seal("amber", _("Cổng đang đọc chữ ký của tệp này; hãy mở lại trang sau ít phút."))
            self._judging.add(sha256)
        try:
            found = self._judged(path, sha256)
            with self._lock:
                self._known[sha256] = (now, found)
                while len(self._known) > _REMEMBERED:
                    self._known.popitem(last=False)
        finally:
            with self._lock:
                self._judging.discard(sha256)
            self._turns.release()
        return found

    def _judged(self, path: Path, sha256: str) -> Seal:
        from spokesdesk.typeset import apart

        unread = Seal("amber", _("Cổng chưa đọc được chữ ký của tệp này; hãy tải tệp về để tự kiểm tra."))
        try:
            if path.stat().st_size > _LARGEST:
                return unread
            data = path.read_bytes()
        except OSError:
            return unread
        if hashlib.sha256(data).hexdigest() != sha256:
            return Seal("red", _("KHÔNG HỢP LỆ: tệp đang lưu khác với tệp đã đăng. Không nên dùng tệp này."))
        if _SIGNED not in data:
            return _in_words(Verdict(()))
        try:
            return _in_words(apart.verdict(data, self._trusted(), self.seconds))
        except UserError as error:
            return _UNREAD.get(error.code, unread)

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
