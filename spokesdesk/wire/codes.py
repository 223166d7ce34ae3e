"""One-time codes as people type them (mã ghi danh)."""

# Crockford's alphabet: no letter that can be taken for a digit when a code is read over the telephone.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_CHARS = 16
_LOOKALIKES = str.maketrans("OIL", "011", "- ")


def read_code(typed: str) -> str:
    """Give a code as it was made, from how somebody typed it."""
    return typed.upper().translate(_LOOKALIKES)


def is_code(read: str) -> bool:
    """Say whether something that was read can be a code of a portal at all."""
    return len(read) == CODE_CHARS and all(letter in CODE_ALPHABET for letter in read)
