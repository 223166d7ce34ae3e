"""The publisher's keys: Ed25519, kept in files that only a passphrase opens."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from securesystemslib.signer import CryptoSigner, SSlibKey

from installer.talk import SetupError

PASSPHRASE = "SPOKESDESK_KEY_PASSPHRASE"
SHORTEST = 16


def asked(file: Path, *, is_new: bool = False) -> str:
    """Give a key's passphrase: of the environment for scripts, else typed, twice for a new key.

    Raises:
        SetupError: too short, or typed differently.
    """
    given = os.environ.get(PASSPHRASE)
    if given is None:
        given = getpass.getpass(f"Cụm mật khẩu của {file.name}: ")
        if is_new and getpass.getpass("Gõ lại: ") != given:
            raise SetupError("Hai lần gõ không giống nhau; chưa tạo khóa.")
    if is_new and len(given) < SHORTEST:
        raise SetupError(f"Cụm mật khẩu cần ít nhất {SHORTEST} ký tự; chưa tạo khóa.")
    return given


def make(file: Path, passphrase: str) -> Path:
    """Make a key.

    Args:
        file: receives the private half, closed by the passphrase; readable by its owner only.

    Returns:
        The file of the public half, beside it.

    Raises:
        SetupError: one of them exists.
    """
    public = file.with_suffix(".pub")
    if file.exists() or public.exists():
        raise SetupError(f"{file} hoặc {public.name} đã có; không ghi đè khóa.")
    key = Ed25519PrivateKey.generate()
    closed = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(closed)
    shown = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    public.write_bytes(shown)
    return public


def opened(file: Path, passphrase: str) -> CryptoSigner:
    """Open a key to sign with.

    Raises:
        SetupError: not a key of ours, or a wrong passphrase.
    """
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), passphrase.encode())
    except (OSError, ValueError, TypeError) as error:
        raise SetupError(f"{file}: không mở được khóa (sai cụm mật khẩu, hoặc tệp khác).") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SetupError(f"{file}: không phải khóa Ed25519.")
    return CryptoSigner(key)


def public(file: Path) -> SSlibKey:
    """Read the public half of a key.

    Raises:
        SetupError: not a public key of ours.
    """
    try:
        key = serialization.load_pem_public_key(file.read_bytes())
    except (OSError, ValueError) as error:
        raise SetupError(f"{file}: không đọc được khóa công khai.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise SetupError(f"{file}: không phải khóa Ed25519.")
    return SSlibKey.from_crypto(key)
