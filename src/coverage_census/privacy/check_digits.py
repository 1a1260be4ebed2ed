"""The digits that prove a number: of organisations (统一社会信用代码, 注册号), of residents and of bank cards."""

from itertools import cycle
from operator import mul

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
NONE = 255
VALUE = bytes(ALPHABET.find(chr(n)) % 256 for n in range(256))  # 255: not in the alphabet
WEIGHTS = tuple(pow(3, n, 31) for n in range(17))
INNER_VALUE = bytes("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".find(chr(n)) % 256 for n in range(256))
INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_WEIGHTS = tuple(pow(2, 17 - n, 11) for n in range(17))


def uscc(code: str) -> bool:
    """Both check digits (GB 32100-2015): the 18th of the whole, the 17th of the organisation code (positions 9-17)."""
    if not code.isascii() or len(code) != 18:
        return False
    written = code.encode()
    values = written.translate(VALUE)
    if NONE in values or -sum(map(mul, WEIGHTS, values)) % 31 != values[17]:
        return False
    return inner_digit(written[8:16]) == code[16]


def inner_digit(body: bytes) -> str:
    """The check digit of an organisation code (组织机构代码, GB 11714)."""
    return "0123456789X0"[-sum(map(mul, INNER_WEIGHTS, body.translate(INNER_VALUE))) % 11]


def resident(number: str) -> bool:
    """An identity number of 18 signs (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(map(mul, _RESIDENT_WEIGHTS, map(int, number[:17])))
    return "10X98765432"[total % 11] == number[17].upper()


def registration(number: str) -> bool:
    """An old 注册号 of fifteen digits (ISO 7064 MOD 11,10)."""
    rest = 10
    for digit in number[:14]:
        rest = ((int(digit) + rest) % 10 or 10) * 2 % 11
    return (rest + int(number[14])) % 10 == 1


def luhn(number: str) -> bool:
    """A bank card."""
    return sum(sum(divmod(int(digit) * by, 10)) for digit, by in zip(reversed(number), cycle((1, 2)))) % 10 == 0
