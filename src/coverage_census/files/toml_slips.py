"""A TOML text that cannot be read and what tomllib says of it (in English) in; the slip behind it, as people make it,
out: the key of a sentence, the line, and the line as it should be."""

import re
from collections.abc import Iterator

from coverage_census.model import stated_day

Slip = tuple[str, dict[str, object]]

_WHERE = re.compile(r"\(at line (\d+), column \d+\)")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"' + r"|'[^']*'")
_CURLY = re.compile(r"[“”„‟＂‘’＇「」『』]")
_WIDE = "＝，、；【】［］｛｝〔〕＃：．－　\u00a0\u200b\ufeff０１２３４５６７８９"
_NARROW = "=,,,[][]{}[]#=.-    0123456789"
_TO_NARROW = str.maketrans(_WIDE, _NARROW)
_BARE_KEY = re.compile(r"[A-Za-z0-9_.\-\s\"']+")
# Names in a row without quotes: townships = 甲镇、乙镇, townships = [甲镇, 乙镇].
_BETWEEN = r"[,，、;；]"
_UNQUOTED = r"[^\"'“”‘’\[\]【】{}=#\d]*"
_BARE_LIST = re.compile(rf"^([\w.\s]+)[=＝]\s*+([\[【]?)((?={_UNQUOTED}[\u4e00-\u9fff]){_UNQUOTED}+)[\]】]?$")
_LIKE_DAY = re.compile(r"\d{4}(?:[.\-/]\d{1,2}|年)")
_NUMBER = re.compile(r"[+-]?0*(\d+)\s*\D{0,4}")
_HEADER = re.compile(r"\[[^\[\]=]+\]")
_LONGEST = 60


def slip(text: str, said: str) -> Slip:
    """The first explanation that fits the line on which the reader stopped."""
    lines = text.splitlines() or [""]
    number = _line(said, lines)
    line = lines[number - 1].strip(" \t\r")  # a full-width blank is a slip itself
    for key, values in _explained(lines, number, line, said):
        return key, {"line": number, "said": line[:_LONGEST], **values}
    return "toml_unclear", {"line": number, "said": line[:_LONGEST]}


def _line(said: str, lines: list[str]) -> int:
    """At the end of the text: the last line that says anything."""
    if match := _WHERE.search(said):
        return min(int(match[1]), len(lines))
    return max((number for number, line in enumerate(lines, 1) if line.strip()), default=1)


def _explained(lines: list[str], number: int, line: str, said: str) -> Iterator[Slip]:
    bare = _STRING.sub('""', line).partition("#")[0]
    open_string = said.startswith(("Illegal character", "Unterminated string"))
    if said.startswith("Unescaped"):
        yield "toml_backslash", {"fixed": _short(line.replace("\\\\", "\\").replace("\\", "/"))}
    if (match := _BARE_LIST.match(line)) and (match[2] or re.search(_BETWEEN, match[3])):
        parts = ", ".join(f'"{each.strip()}"' for each in re.split(_BETWEEN, match[3]) if each.strip())
        yield "toml_bare_text", {"fixed": _short(f"{match[1].strip()} = [{parts}]")}
    if _CURLY.search(line if open_string else bare):
        yield "toml_curly", {"marks": _marks(_CURLY.findall(line)), "fixed": _short(_narrow(_CURLY.sub('"', line)))}
    if wide := [mark for mark in bare if mark in _WIDE]:
        yield "toml_wide", {"marks": _marks(wide), "fixed": _short(_narrow(line))}
    if said.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate")):
        yield "toml_repeated", {"name": _short(bare.partition("=")[0].strip() or line)}
    if open_string:
        yield "toml_open_quote", {}
    if bare.startswith("[") is not bare.rstrip().endswith("]") and "=" not in bare and not said.startswith("Unclosed"):
        yield "toml_header", {"fixed": _short(f"[{bare.strip(' []')}]")}
    if said.startswith("Unclosed"):
        yield from _unclosed(lines, number, bare)
    yield from _statement(line, bare)


def _unclosed(lines: list[str], number: int, bare: str) -> Iterator[Slip]:
    """A bracket that does not close, or two texts in brackets with nothing between them."""
    if re.search(r'""\s*""', bare):
        yield "toml_no_comma", {}
    begun = (at for at in range(number, 0, -1) if re.search(r"=\s*[\[{]", lines[at - 1]))
    at = next(begun, number)
    yield "toml_open_bracket", {"line": at, "said": lines[at - 1].strip()[:_LONGEST]}


def _statement(line: str, bare: str) -> Iterator[Slip]:
    """`key = value` in which one of the three is not as TOML wants it."""
    if _HEADER.fullmatch(bare.strip()) and not _BARE_KEY.fullmatch(bare.strip(" []")):  # [registers.商会]
        parts = (each.strip() for each in line.strip(" []").split("."))
        named = ".".join(each if _BARE_KEY.fullmatch(each) else f'"{each}"' for each in parts)
        yield "toml_bare_key", {"fixed": _short(f"[{named}]")}
    before, equals, value = (part.strip() for part in line.partition("="))
    if not equals:
        if ":" in bare:
            yield "toml_colon", {"fixed": _short(line.replace(":", " =", 1))}
        yield "toml_no_equals", {}
        return
    value = value.partition(" #")[0].strip()
    if not _BARE_KEY.fullmatch(_STRING.sub('""', before)) or (" " in before and '"' not in before):
        yield "toml_bare_key", {"fixed": _short(f'"{before.strip(chr(34))}" = {value}')}
    if not value:
        yield "toml_no_value", {}
    day = stated_day.stated(value)
    if day and not value.isdecimal():
        yield "toml_day", {"fixed": f"{before} = {day}"}
    elif _LIKE_DAY.match(value):
        yield "toml_no_such_day", {"said": value[:_LONGEST], "fixed": f"{before} = 2026-09-30"}
    if match := _NUMBER.fullmatch(value):
        yield "toml_number", {"fixed": f"{before} = {match[1]}"}
    if text := _STRING.match(value):
        yield "toml_rest", {"rest": value[text.end() :].strip()[:_LONGEST]}
    if value[0] not in "[{\"'":
        yield "toml_bare_text", {"fixed": _short(f'{before} = "{value}"')}


def _narrow(line: str) -> str:
    """Half-width signs everywhere but in texts."""
    pieces, at = [], 0
    for match in _STRING.finditer(line):
        pieces += [line[at : match.start()].translate(_TO_NARROW), match[0]]
        at = match.end()
    return "".join((*pieces, line[at:].translate(_TO_NARROW))).strip()


def _marks(found: list[str]) -> str:
    """The signs one by one, blanks by name."""
    return "".join(dict.fromkeys("␣" if mark.isspace() or not mark.isprintable() else mark for mark in found))


def _short(line: str) -> str:
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
