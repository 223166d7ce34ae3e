"""Make and sign a pack of rules: ``.venv/bin/python installer/sign_rules.py new-key|sign …``.

``new-key KEY.pem --public resources/rules/keys/YEAR.pem`` makes the publisher's key; the private half stays with the
publisher, never in the repository. ``sign --key KEY.pem --version 2026.12.1 --out PACK.toml`` joins the rule files of
``resources/rules`` to one pack and signs its canonical content (Ed25519); the desk takes it by ``rules import``.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120

from installer.environment import ROOT

NAME = "Bộ quy định báo chí"
NOT_PACK = frozenset({"desk.toml", "routing.toml", "offences.toml"})


def main(argv: list[str] | None = None) -> int:
    """Carry out one of the two commands."""
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = top.add_subparsers(required=True)
    new = commands.add_parser("new-key")
    new.add_argument("key", type=Path)
    new.add_argument("--public", type=Path, required=True)
    new.set_defaults(run=lambda given: new_key(given.key, given.public))
    sign = commands.add_parser("sign")
    sign.add_argument("--key", type=Path, required=True)
    sign.add_argument("--version", required=True)
    sign.add_argument("--out", type=Path, required=True)
    sign.add_argument("--rules", type=Path, default=ROOT / "resources" / "rules")
    sign.set_defaults(run=lambda given: sign_pack(given.key, given.version, given.out, given.rules))
    given = top.parse_args(argv)
    given.run(given)
    return 0


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

    from spokesdesk.domain.rules.packs import canonical

    private = load_pem_private_key(key, None)
    assert isinstance(private, Ed25519PrivateKey)
    value = private.sign(canonical(tomllib.loads(text))).hex()
    return f'{text.rstrip()}\n\n[signature]\nvalue = "{value}"\n'


if __name__ == "__main__":
    sys.exit(main())
