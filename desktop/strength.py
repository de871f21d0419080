"""How hard a passphrase is to guess, told in words while it is typed."""

from __future__ import annotations

import math
from itertools import pairwise

from desktop.text import _

MINIMUM = 12
_COMMON = ("password", "passphrase", "123456", "qwerty", "letmein", "cliens", "abcdef", "hasło", "contraseña")


def strength(passphrase: str) -> tuple[int, str]:
    """Points from 0 (too weak) to 4 (very strong) with the words for them; under 2 is refused.

    The bits of a random text of these letters, less what repeated and common parts take away: an upper bound, so
    the words stay modest.
    """
    if not passphrase:
        return 0, ""
    if len(passphrase) < MINIMUM or len(set(passphrase)) < 5:
        return 1, _("Too short or too simple.")
    plain = passphrase.lower()
    alphabet = 26 + 26 * (plain != passphrase) + 10 * any(sign.isdigit() for sign in plain)
    alphabet += 20 * any(not sign.isalnum() for sign in plain)
    fresh = len(set(pairwise(plain))) + 1
    bits = fresh * math.log2(alphabet) * 0.55 - 20 * sum(word in plain for word in _COMMON)
    if bits < 35:
        return 1, _("Easy to guess: common words or the same letters again.")
    if bits < 55:
        return 2, _("Fair. Another word makes it strong.")
    return (3, _("Strong.")) if bits < 75 else (4, _("Very strong."))
