"""PINs of the people at the desk, hashed slowly so that a copied file does not give them away."""


class SlowPins:
    """Argon2id with the second recommended option of RFC 9106 (64 MiB, 3 passes)."""

    def hash(self, pin: str) -> str:
        """Give the hash to keep: salt and cost are inside."""
        from argon2 import PasswordHasher

        return PasswordHasher(memory_cost=65_536, time_cost=3, parallelism=4).hash(pin)

    def matches(self, pin: str, hashed: str) -> bool:
        """Tell whether this PIN made that hash; an unreadable hash matches nothing."""
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return PasswordHasher().verify(hashed, pin)
        except (VerificationError, InvalidHashError):
            return False
