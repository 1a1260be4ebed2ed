"""An office, a region and a number in; a made-up 统一社会信用代码 (GB 32100-2015) with both check characters out."""

from random import Random

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PLACE = {character: place for place, character in enumerate(ALPHABET)}
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

# No register issues organisation codes that begin with YY, so that a made-up code never meets a real organisation.
_INVENTED = "YY"


def make(prefix: str, region: str, number: int) -> str:
    """The code of the `number`-th invented organisation; `prefix` is office and kind (91, 92, 93, 51, 52, 53)."""
    body = ""
    for _ in range(6):
        number, digit = divmod(number, len(ALPHABET))
        body = ALPHABET[digit] + body
    return close(prefix + region, _INVENTED + body)


def close(head: str, body: str) -> str:
    """Office, kind and region, then eight characters of the organisation: both check characters added."""
    code = head + body + _organisation_check(body)
    total = sum(_PLACE[character] * weight for character, weight in zip(code, _WEIGHTS, strict=True))
    return code + ALPHABET[-total % 31]


def spoil(code: str) -> str:
    """The same code with a wrong last character, as a slip of the pen leaves it."""
    return code[:-1] + ALPHABET[(_PLACE[code[-1]] + 1) % 31]


def old_number(region: str, rng: Random) -> str:
    """A fifteen-digit business number of before 2015, beginning with the region; its last digit is not computed."""
    return region + "9" + "".join(str(rng.randrange(10)) for _ in range(8))


def _organisation_check(body: str) -> str:
    values = (int(character, 36) for character in body)
    total = sum(value * weight for value, weight in zip(values, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[(11 - total % 11)]
