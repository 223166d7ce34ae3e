"""A WordPress site as a place to publish: posts and media through its REST interface, with an application password.

A post is known by its slug, which is made from the record's id, a file by one made from its hash: the same thing asked
twice, after an answer that was lost, finds what is there.
"""

import html
from typing import TYPE_CHECKING, Any, BinaryIO

from spokesdesk.domain.elsewhere import ElsewherePlace, Item, Receipt
from spokesdesk.domain.errors import AccessError, OutsideError, UserError, WaitError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.text import safe_file_name
from spokesdesk.outside.portaladdress import checked_address, is_loopback
from spokesdesk.services.ports.elsewhere import Opened

if TYPE_CHECKING:
    import httpx

ANSWER_S, CONNECT_S = 60, 10
ANSWER_BYTES = 8 * 1024**2
_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_NEEDED = ("publish_posts", "edit_published_posts", "delete_published_posts", "upload_files", "delete_posts")


class WordPress:
    """A site at one address, spoken to as one account."""

    def __init__(self, place: ElsewherePlace, password: str) -> None:
        self._address = checked_address(place.address)
        self._account, self._password = place.account, password
        self._client: httpx.Client | None = None

    def check(self) -> None:
        """See that the site knows the account and lets it publish.

        Raises:
            AccessError: ``wordpress_refused``, ``wordpress_rights``.
            OutsideError: ``elsewhere_unreachable``, ``elsewhere_failed``.
        """
        told = self._call("GET", "/users/me", params={"context": "edit"})
        rights = told.get("capabilities", {}) if isinstance(told, dict) else {}
        missing = [name for name in _NEEDED if not rights.get(name)]
        if missing:
            raise AccessError("wordpress_rights", field="account", rights=", ".join(missing))

    def publish(self, item: Item, files: Opened, remote: str) -> Receipt:
        """Publish a release, or bring the post that is there up to date."""
        media = {
            kind: self._media(one, kind, item, files)
            for one, kind in ((item.pdf, "pdf"), (item.docx, "docx"))
        }
        post = {
            "title": item.title,
            "slug": _slug(item),
            "status": "publish",
            "date_gmt": item.released_at.strftime("%Y-%m-%dT%H:%M:%S"),
            "content": _content(item, {kind: str(one["source_url"]) for kind, one in media.items()}),
            "comment_status": "closed",
            "ping_status": "closed",
        }
        there = self._find("/posts", _slug(item))
        told = self._call("POST", f"/posts/{there['id']}" if there else "/posts", json=post)
        if told.get("status") != "publish":
            return Receipt("accepted", remote=str(told.get("id", "")))
        return Receipt("published", str(told.get("link", ""))[:500], str(told["id"]))

    def withdraw(self, item: Item, remote: str) -> Receipt:
        """Take the post and its files down; what is gone already is as good."""
        there = self._find("/posts", _slug(item))
        if there:
            self._call("DELETE", f"/posts/{there['id']}", may_miss=True)
        for one in (item.pdf, item.docx):
            if (media := self._find("/media", _media_slug(one, item))) is not None:
                self._call("DELETE", f"/media/{media['id']}", params={"force": "true"}, may_miss=True)
        return Receipt("withdrawn", remote=remote)

    def receipt(self, item: Item, wanted: str, remote: str) -> Receipt | None:
        """Ask whether a post that waited for an editor is public by now."""
        there = self._find("/posts", _slug(item))
        if there is None or there.get("status") != "publish":
            return None
        return Receipt("published", str(there.get("link", ""))[:500], str(there["id"]))

    def close(self) -> None:
        """Let the connections go."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _media(self, one: Attachment, kind: str, item: Item, files: Opened) -> dict[str, Any]:
        slug = _media_slug(one, item)
        if (there := self._find("/media", slug)) is not None:
            return there
        name = safe_file_name(one.name, otherwise=f"thong-cao.{kind}")
        with files(one.sha256) as source:
            made: dict[str, Any] = self._call(
                "POST",
                "/media",
                params={"slug": slug, "title": name},
                content=source,
                headers={
                    "content-type": _TYPES[kind],
                    "content-length": str(one.size),
                    # The name that people see is the title; the file's own must be plain and cannot be guessed.
                    "content-disposition": f'attachment; filename="{slug}.{kind}"',
                },
            )
        return made

    def _find(self, kind: str, slug: str) -> dict[str, Any] | None:
        asked = {"slug": slug, "context": "edit", "status": "inherit" if kind == "/media" else "any"}
        found = self._call("GET", kind, params=asked)
        return found[0] if isinstance(found, list) and found and isinstance(found[0], dict) else None

    def _call(
        self,
        method: str,
        path: str,
        *,
        params: dict[str, str] | None = None,
        json: object | None = None,
        content: BinaryIO | None = None,
        headers: dict[str, str] | None = None,
        may_miss: bool = False,
    ) -> Any:
        import httpx

        try:
            with self._open().stream(
                method,
                f"{self._address}/wp-json/wp/v2{path}",
                params=params,
                json=json,
                content=iter(lambda: content.read(256 * 1024), b"") if content else None,
                headers=headers,
            ) as answer:
                data = bytearray()
                for piece in answer.iter_bytes():
                    data += piece
                    if len(data) > ANSWER_BYTES:
                        raise OutsideError("elsewhere_failed", status=answer.status_code)
        except httpx.HTTPError as error:
            raise OutsideError("elsewhere_unreachable", place=self._address) from error
        status = answer.status_code
        if may_miss and status in {404, 410}:
            return {}
        if status // 100 != 2:
            raise _fault(status)
        return _decoded(bytes(data), status)

    def _open(self) -> "httpx.Client":
        import ssl
        from urllib.parse import urlsplit

        import httpx

        if self._client is None:
            self._client = httpx.Client(
                auth=(self._account, self._password),
                verify=ssl.create_default_context(),
                timeout=httpx.Timeout(ANSWER_S, connect=CONNECT_S),
                follow_redirects=False,
                trust_env=not is_loopback(urlsplit(self._address).hostname or ""),
                headers={"user-agent": "SpokesDesk"},
            )
        return self._client


def _fault(status: int) -> AccessError | OutsideError | UserError | WaitError:
    if status == 401:
        return AccessError("wordpress_refused", field="account")
    if status == 403:
        return AccessError("wordpress_rights", field="account", rights="")
    if status in {429, 503}:
        return WaitError("portal_busy")
    if status in {400, 413, 415}:
        return UserError("elsewhere_refused")
    return OutsideError("elsewhere_failed", status=status)


def _decoded(data: bytes, status: int) -> Any:
    import json

    try:
        return json.loads(data)
    except ValueError as error:
        raise OutsideError("elsewhere_failed", status=status) from error


def _slug(item: Item) -> str:
    return f"thong-cao-{item.record.hex}"


def _media_slug(one: Attachment, item: Item) -> str:
    return f"tep-{item.record.hex[-12:]}-{one.sha256[:32]}"


def _content(item: Item, links: dict[str, str]) -> str:
    facts = (
        f"Số {item.mark} · {item.agency}, ngày {item.date_on.day}/{item.date_on.month}/{item.date_on.year}"
    )
    parts = [f"<p><em>{html.escape(facts)}</em></p>"]
    parts += [f"<p>{html.escape(text)}</p>" for text in item.text]
    parts += [
        f'<p><a href="{html.escape(links[kind], quote=True)}">{said}</a></p>'
        for kind, said in (("pdf", "Bản chính thức (PDF)"), ("docx", "Bản Word (.docx)"))
    ]
    return "\n".join(parts)
