"""What somebody typed for a code in; the code out: itself, or its name in any language, however it was typed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from coverage_census.words.catalogue import LANGS, Words, entries

INDICATOR = "indicator.{}.label"
"""Where the catalogue has the names of indicators."""
_BETWEEN = re.compile(r"([,，、;；])")


def indicators() -> tuple[str, ...]:
    """The codes of all indicators, as far as they have a name."""
    return tuple(key.removesuffix(".label") for key in entries("indicator") if key.endswith(".label"))


def code_of(said: str, codes: Iterable[str], key: str) -> str | None:
    """The code that `said` names; `key` is where the catalogue has its names, as in `indicator.{}.label`."""
    return _spellings(codes, key).get(plain(said))


def several(said: Iterable[str], codes: Sequence[str], key: str) -> list[str]:
    """The names and codes that stand in some texts, separated by 、，; or blanks; a name that has these itself
    (`Large, not built`) is one."""
    return [part for text in said for part in _parts(_BETWEEN.split(text), codes, key)]


def _parts(pieces: Sequence[str], codes: Sequence[str], key: str) -> Iterator[str]:
    """`pieces`: what stands between separators, and the separators. The longest name goes first."""
    while pieces:
        joined = ((end, "".join(pieces[:end])) for end in range(len(pieces), 0, -1))
        taken, name = next(((end, text) for end, text in joined if code_of(text, codes, key)), (1, ""))
        yield from [name] if name else [] if _BETWEEN.fullmatch(pieces[0]) else pieces[0].split()
        pieces = pieces[taken:]


def nearest_of(said: str, codes: Sequence[str], key: str, words: Words, most: int = 3) -> list[str]:
    """Those that were most likely meant, each as `总体组建率（overall_rate）`; empty where nothing is near."""
    spellings = _spellings(codes, key)
    near = get_close_matches(plain(said), spellings, n=most, cutoff=0.5)
    return [both(code, key, words) for code in dict.fromkeys(spellings[each] for each in near)]


def nearest_code(said: str, codes: Iterable[str], key: str) -> str:
    """The one code whose code or name is nearest, however far."""
    spellings = _spellings(codes, key)
    return spellings[get_close_matches(plain(said), spellings, n=1, cutoff=0)[0]]


def both(code: str, key: str, words: Words) -> str:
    """Name and code: 总体组建率（overall_rate）."""
    return words("console.name_and_code", name=words(key.format(code)), code=code)


def plain(said: str) -> str:
    """Without blanks, capitals, full-width signs and dashes for underscores."""
    return "".join(unicodedata.normalize("NFKC", said).split()).casefold().replace("-", "_")


def _spellings(codes: Iterable[str], key: str) -> Mapping[str, str]:
    """Everything that a code may be called → the code."""
    found: dict[str, str] = {}
    for code in codes:
        for name in (code, *(Words(lang)(key.format(code)) for lang in LANGS)):
            found.setdefault(plain(name), code)
    return found
