"""The kind of a register in; what its headings mean, for the reader to put before its own words, out.

`vocabulary.toml` writes headings with their variants: (基层|)工会(名称|全称|) is six of them.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path

FILE = Path(__file__).with_name("vocabulary.toml")
_PART = re.compile(r"((?:\\.|[^()\\])+)|\(((?:\\.|[^()\\])*)\)")


@cache
def headings(kind: str) -> Mapping[str, str]:
    """Heading → field of the register's row (`body` and `covers` beside the canonical ones); none of a strange kind."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8")).get(kind, {})
    return {heading: field for field, patterns in raw.items() for each in patterns for heading in variants(each)}


@cache
def kinds() -> tuple[str, ...]:
    """The registers that are known without anybody's settings, in their order."""
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8")))


def variants(pattern: str) -> Iterator[str]:
    """Every heading that a pattern stands for: (a|b|)c gives ac, bc and c; a sign after \\ is itself."""
    parts = [[plain] if plain else choice.split("|") for plain, choice in _PART.findall(pattern)]
    for chosen in product(*parts):
        if heading := re.sub(r"\\(.)", r"\1", "".join(chosen)):
            yield heading
