"""Signing with a token (PKCS#11). A PIN is tried once: three wrong ones lock the token for good."""

from collections.abc import Callable
from typing import Any

from spokesdesk.domain.errors import AccessError, OutsideError, UserError
from spokesdesk.domain.signing import SignAsk
from spokesdesk.outside.signing.waiting import in_reach
from spokesdesk.typeset.sign import SigningKey, Stamping, sign

LONGEST_S = 600.0


class Pkcs11Signer:
    """A token in its reader.

    Args:
        library: path of the driver.
        token: the token's label; "" for the only one there is.
        key: label of the key; "" for the only one there is.
        key_id: hex, the key of the certificate with this id; "" for any.
        ask_pin: asked once for each signature, forgotten at once; None when the token asks for itself.
        stamping: where time stamps come from.
    """

    adapter = "pkcs11"

    def __init__(
        self,
        library: str,
        token: str = "",
        key: str = "",
        ask_pin: Callable[[], str] | None = None,
        stamping: Stamping | None = None,
        key_id: str = "",
    ) -> None:
        self._library, self._token, self._key = str(library), token, key
        self._key_id = bytes.fromhex(key_id)
        self._ask_pin, self._stamping = ask_pin, stamping

    def sign(self, pdf: bytes, ask: SignAsk) -> bytes:
        """Give the signed PDF; the session with the token is closed at once.

        Raises:
            UserError: ``token_library``, ``token_missing``, ``token_ambiguous``, ``token_key_missing``.
            AccessError: ``token_pin_wrong``, ``token_locked``, ``token_last_try``: it would be the last one allowed.
            OutsideError: ``token_failed``.
            WaitError: cancelled, or the driver did not answer for ten minutes.
        """
        return in_reach(lambda: self._sign(pdf, ask), ask.cancelled, LONGEST_S)

    def _sign(self, pdf: bytes, ask: SignAsk) -> bytes:
        import pkcs11

        try:
            found = self._found()
            _check_tries(found)
            pin = self._ask_pin() if self._ask_pin else pkcs11.PROTECTED_AUTH
            with found.open(user_pin=pin) as session:
                return sign(pdf, self._signing_key(session, pin), ask, self._stamping)
        except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange) as error:
            raise AccessError("token_pin_wrong", field="pin") from error
        except pkcs11.PinLocked as error:
            raise AccessError("token_locked", field="pin") from error
        except pkcs11.PKCS11Error as error:
            raise OutsideError("token_failed", detail=type(error).__name__) from error

    def _found(self) -> Any:
        import pkcs11

        try:
            library = pkcs11.lib(self._library)
        except (RuntimeError, OSError, pkcs11.PKCS11Error) as error:
            raise UserError("token_library", field="pkcs11_library", path=self._library) from error
        present = [
            token for token in library.get_tokens() if pkcs11.TokenFlag.TOKEN_INITIALIZED in token.flags
        ]
        found = [token for token in present if not self._token or token.label.strip() == self._token]
        if not found:
            raise UserError("token_missing", field="token", token=self._token)
        if len(found) > 1:
            raise UserError("token_ambiguous", field="token", found="; ".join(token.label for token in found))
        return found[0]

    def _signing_key(self, session: Any, pin: Any) -> SigningKey:
        from pkcs11 import Attribute, ObjectClass

        wanted: dict[Any, Any] = {Attribute.CLASS: ObjectClass.PRIVATE_KEY} | (
            {Attribute.LABEL: self._key} if self._key else {}
        )
        if self._key_id:
            wanted[Attribute.ID] = self._key_id
        held = {
            bytes(one[Attribute.ID]): bytes(one[Attribute.VALUE])
            for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
        }
        for key in session.get_objects(wanted):
            own = held.pop(bytes(key[Attribute.ID]), None)
            if own is not None:
                return SigningKey(own, tuple(held.values()), lambda data, key=key: _signed(key, data, pin))  # type: ignore[misc]
        raise UserError("token_key_missing", field="token", token=self._token)


def _check_tries(token: Any) -> None:
    from pkcs11 import TokenFlag

    if TokenFlag.USER_PIN_LOCKED in token.flags:
        raise AccessError("token_locked", field="pin")
    if TokenFlag.USER_PIN_FINAL_TRY in token.flags:
        raise AccessError("token_last_try", field="pin")


def _signed(key: Any, data: bytes, pin: Any) -> bytes:
    from hashlib import sha256

    from pkcs11 import Attribute, KeyType, Mechanism
    from pkcs11.util.ec import encode_ecdsa_signature

    # Some tokens want the PIN again for the signature itself; it is the one just given, not another try.
    again = {"pin": pin} if isinstance(pin, str) and _asks_again(key) else {}
    if key[Attribute.KEY_TYPE] == KeyType.RSA:
        return bytes(key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS, **again))
    return bytes(encode_ecdsa_signature(key.sign(sha256(data).digest(), mechanism=Mechanism.ECDSA, **again)))


def _asks_again(key: Any) -> bool:
    from pkcs11 import Attribute, PKCS11Error

    try:
        return bool(key[Attribute.ALWAYS_AUTHENTICATE])
    except (PKCS11Error, NotImplementedError, KeyError):
        return False
