"""Secrets that are handed out once and kept only as keyed hashes: invitation tokens, personal and join codes."""

import hashlib
import hmac
import secrets

from django.conf import settings

# Without signs that are taken for one another on paper: 0 O, 1 I L, 5 S, 8 B, 2 Z, U V.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
CODE_LENGTH = 8
# What people write for signs that the alphabet does not have cannot be mended; spaces and case can.
_SEPARATORS = str.maketrans("", "", " -–.\u00a0")


def new_token() -> str:
    """A token for an address in an e-mail: 256 bits, safe in URLs."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A code that people can write down: 8 signs of 23 (36 bits), to be rate-limited wherever it is asked for."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def code_from(secret: str, purpose: str) -> str:
    """A code like `new_code`, always the same for the same secret, and unknown to whoever has the secret alone."""
    number = int(keyed_hash(secret, purpose), 16)
    signs = []
    for _position in range(CODE_LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)


def spaced(code: str) -> str:
    """A code as it is shown, in two groups of four: `7KPM 3XWD`."""
    return f"{code[:4]} {code[4:]}"


def normalised(code: str) -> str:
    """A typed code as it was made: capitals, without spaces and dashes."""
    return code.translate(_SEPARATORS).upper()


def keyed_hash(secret: str, purpose: str) -> str:
    """The form in which a secret is stored: HMAC-SHA-256 under CODE_HASH_KEY, apart for each purpose."""
    message = f"{purpose}:{secret}".encode()
    return hmac.new(settings.CODE_HASH_KEY.encode(), message, hashlib.sha256).hexdigest()
