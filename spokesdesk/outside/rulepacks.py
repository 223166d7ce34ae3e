"""Packs of rules from files: checked against the publisher's keys, laid over the program's own law."""

import tomllib
from collections.abc import Sequence
from functools import cache

from spokesdesk import assets
from spokesdesk.domain.errors import AccessError, ConflictError, UserError
from spokesdesk.domain.rules import RulePack, parse_pack
from spokesdesk.domain.rules.packs import (
    SIGNATURE,
    PackHead,
    PackKind,
    canonical,
    head_of,
    is_newer,
    require_whole,
)
from spokesdesk.outside.rulebook import load_pack, shipped_contents

MOST_BYTES = 4_000_000


class RuleShelf:
    """The rules in force at this desk: the program's, or a newer signed pack, with local packs on top.

    Attributes:
        pack: what every deadline is reckoned by; changes when a pack is taken or put away.
    """

    def __init__(self, keys: Sequence[bytes] | None = None) -> None:
        """Begin with what comes with the program.

        Args:
            keys: Ed25519 public keys in PEM that may sign the law; None for those that come with the program.
        """
        self._keys = tuple(keys) if keys is not None else shipped_keys()
        self.pack = load_pack()

    def head(self, file: str, data: bytes) -> PackHead:
        """Give what a pack file says of itself, after its signature was checked.

        Raises:
            UserError: ``pack_unreadable``, ``pack_no_head``, ``rules_malformed``.
            AccessError: ``pack_forged``: the law, but not signed by the publisher.
            ConflictError: ``pack_older``: not newer than the law that comes with the program.
        """
        content = _content(file, data)
        found = head_of(file, content)
        if found.kind is PackKind.LAW:
            self._require_signed(content)
            if not is_newer(found.version, load_pack().version):
                raise ConflictError(
                    "pack_older", field="file", version=found.version, present=load_pack().version
                )
        return found

    def laid(self, law: bytes | None, local: Sequence[bytes]) -> RulePack:
        """Give the rules with these packs, without using them yet.

        Args:
            law: the signed pack that was taken last; older than the program's own it counts for nothing.
            local: local packs.

        Raises:
            UserError: ``rules_malformed``; also where a local rule bears the id of another.
            ConflictError: ``pack_incomplete``.
        """
        files: dict[str, dict[str, object]] = dict(shipped_contents())
        if law is not None:
            content = _content("law", law)
            head = head_of("law", content)
            if is_newer(head.version, load_pack().version):
                files = {"law": {**content, "version": head.version}}
                require_whole(parse_pack(files), load_pack())
        for number, data in enumerate(local, 1):
            content = _content(f"local-{number}", data)
            head_of(f"local-{number}", content)
            files[f"local-{number}"] = {key: value for key, value in content.items() if key != "version"}
        return parse_pack(files)

    def use(self, pack: RulePack) -> None:
        """Reckon by these rules from now on."""
        self.pack = pack

    def _require_signed(self, content: dict[str, object]) -> None:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key

        signed = content.get(SIGNATURE)
        value = signed.get("value") if isinstance(signed, dict) else None
        try:
            signature = bytes.fromhex(value) if isinstance(value, str) else b""
        except ValueError:
            signature = b""
        for pem in self._keys:
            key = load_pem_public_key(pem)
            assert isinstance(key, Ed25519PublicKey)
            try:
                key.verify(signature, canonical(content))
            except InvalidSignature:
                continue
            return
        raise AccessError("pack_forged", field="file")


@cache
def shipped_keys() -> tuple[bytes, ...]:
    """Give the publisher's public keys that come with the program."""
    return tuple(file.read_bytes() for file in sorted(assets.path("rules", "keys").glob("*.pem")))


def _content(file: str, data: bytes) -> dict[str, object]:
    if len(data) > MOST_BYTES:
        raise UserError("pack_unreadable", field="file", file=file)
    try:
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise UserError("pack_unreadable", field="file", file=file) from wrong
