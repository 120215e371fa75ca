"""Codes and keys of classes. They are no draws of the model: nobody may foresee them."""

import secrets

LETTERS = "BCDFGHJKMNPQRSTVWXZ23456789"  # no vowels, so no words; nothing that looks like something else
CODE_LENGTH = 6  # 27**6, some 390 million: with forty classes one guess in ten million meets one


def new_code() -> str:
    """Return a code to read aloud."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def new_key() -> str:
    """Return a key that is only ever copied."""
    return secrets.token_urlsafe(12)


def as_code(text: object) -> str:
    """Read a code as people type it: in small letters, with blanks or dashes; empty if it cannot be one."""
    code = "".join(letter for letter in str(text)[:40].upper() if letter not in " -\t")
    return code if len(code) == CODE_LENGTH and all(letter in LETTERS for letter in code) else ""
