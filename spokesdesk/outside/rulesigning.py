"""Makes and signs packs of rules: what the publisher does, on a machine of its own.

``rules new-key KEY.pem --public YEAR.pem`` makes the publisher's key; the private half stays with the publisher,
never in the repository, the public half goes to ``resources/rules/keys``. ``rules sign --key KEY.pem --version
2026.12.1 --out PACK.toml`` joins the rule files to one pack and signs its canonical content (Ed25519); a desk takes
it by ``rules import``.
"""

import os
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from spokesdesk.domain.rules.packs import canonical

NAME = "Bộ quy định báo chí"
NOT_PACK = frozenset({"desk.toml", "routing.toml", "offences.toml", "follow_up.toml"})


def new_key(key: Path, public: Path) -> None:
    """Write a new private key, readable by its owner alone, and its public half; keeps a file that is there."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
    )

    made = Ed25519PrivateKey.generate()
    with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def sign_pack(key: Path, version: str, out: Path, rules: Path) -> None:
    """Join the rule files of a folder to one pack and sign it."""
    files = [file for file in sorted(rules.glob("*.toml")) if file.name not in NOT_PACK]
    joined = "\n".join(file.read_text(encoding="utf-8") for file in files)
    body = re.sub(r'(?m)^version = ".*"\n', "", joined)
    today = datetime.now(UTC).date().isoformat()
    head = f'[pack]\nkind = "law"\nname = "{NAME}"\nversion = "{version}"\nissued_on = {today}\n\n'
    out.write_text(signed(head + body, key.read_bytes()), encoding="utf-8", newline="\n")


def signed(text: str, key: bytes) -> str:
    """Give a pack with its signature at the end.

    Args:
        text: TOML without a signature.
        key: Ed25519 private key in PEM.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    private = load_pem_private_key(key, None)
    assert isinstance(private, Ed25519PrivateKey)
    value = private.sign(canonical(tomllib.loads(text))).hex()
    return f'{text.rstrip()}\n\n[signature]\nvalue = "{value}"\n'
