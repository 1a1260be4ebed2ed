"""No regular expression backtracks beyond linear, whatever a sender writes: each is fed its own worst inputs.

The patterns are collected from the syntax trees of the package (calls of `re`), from its modules once they are
imported, and from what these make once and keep; the few that are made of what somebody sent are named here, and
another one fails the test until it is. From each one's parse the places are taken where it may repeat without end;
there the input repeats, and ends in what fits nowhere. A linear pattern needs less than a millisecond for it, a
quadratic one some hundred: the limit lies far from both.
"""

import ast
import dataclasses
import functools
import importlib
import inspect
import pkgutil
import random
import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import coverage_census
from coverage_census.ingest.checks import breakdowns
from coverage_census.privacy import numbers

ROOT = Path(coverage_census.__file__).parent
CALLS = ("compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer")
LENGTHS, SECONDS = (24, 2_000, 12_000), 0.1
MOST = 60  # repeats of one pattern that are tried: of the vocabulary's there are hundreds, all alike
LONG, QUICK = 2_000, 0.001  # seconds that a linear one takes at most for so many characters
LEAST = 40  # a repeat with a smaller bound multiplies by no more than that
# Modules that pass over longer texts before they look: their patterns need no more than to be quick on those.
BOUNDED = {"coverage_census.ingest.cells.counts": 400, "coverage_census.ingest.fill.lines": 400}
# Where words of a file become patterns that are kept.
KEPT = [
    "ingest/cells/choices.py", "ingest/cells/polarity.py", "ingest/headings/vocabulary.py",
    "ingest/layout/row_names.py", "ingest/sheets/export.py", "privacy/door.py",
]  # fmt: skip
NOWHERE = "\x07\ue0ff\n"


def calls(within: type[ast.AST] = ast.Module) -> Iterator[tuple[Path, ast.expr, str]]:
    """Every pattern with which `re` is called; what it is asked."""
    for path in sorted(ROOT.rglob("*.py")):
        outer = [each for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(each, within)]
        for node in (each for one in outer for each in ast.walk(one)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            of = node.func.value
            if isinstance(of, ast.Name) and of.id == "re" and node.func.attr in CALLS:
                yield path, node.args[0], node.func.attr if node.func.attr in ("match", "fullmatch") else "finditer"


def literals() -> Iterator[tuple[str, Any, str]]:
    """Patterns that are written where they are used, of words that their module knows."""
    for path, node, asked in calls():
        if (pattern := told(path, node)) is not None:
            yield f"{path.relative_to(ROOT)}:{node.lineno}", pattern, asked


def told(path: Path, first: ast.expr) -> Any:
    module = importlib.import_module(".".join(path.relative_to(ROOT.parent).with_suffix("").parts))
    try:
        return eval(ast.unparse(first), dict(vars(module)))  # noqa: S307
    except (NameError, AttributeError):
        return None


def held(value: object, depth: int = 4) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        for each in [*value, *value.values()]:
            yield from held(each, depth - 1)
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from held(each, depth - 1)
    elif depth and dataclasses.is_dataclass(value) and not isinstance(value, type):
        for entry in dataclasses.fields(value):
            yield from held(getattr(value, entry.name), depth - 1)
    elif depth and inspect.isfunction(value):  # a parser keeps its own in a closure
        for cell in value.__closure__ or ():
            yield from held(cell.cell_contents, depth - 1)


def compiled() -> Iterator[tuple[str, Any, str]]:
    """Patterns that modules hold, or make once and keep, however they were put together."""
    for module in pkgutil.walk_packages([str(ROOT)], "coverage_census."):
        loaded = importlib.import_module(module.name)
        for name, value in list(vars(loaded).items()):
            kept = isinstance(value, functools._lru_cache_wrapper) and value.__module__ == module.name
            if kept and not inspect.signature(value).parameters:
                value = value()
            for pattern in held(value):
                yield f"{module.name}:{name}", pattern.pattern, "finditer"


def of_what_was_sent() -> dict[str, list[Any]]:
    """By file: patterns that are put together as they are needed, with what could stand in them."""
    return {
        "ingest/checks/breakdowns.py": [pattern for _, patterns in breakdowns._PARTS for pattern in patterns],
        "ingest/checks/duplicates.py": ["[纔麵]"],
        "ingest/fill/sums.py": [rb'(<c r="' + b"AB12" + rb'"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)'],
        "privacy/numbers.py": [
            each.pattern.removesuffix("$") for each in vars(numbers).values() if isinstance(each, re.Pattern)
        ],
    }


def every() -> dict[tuple[Any, str], str]:
    """Each pattern and how it is asked, with where it stands."""
    found: dict[tuple[Any, str], str] = {}
    made = ((where, pattern, "finditer") for where, patterns in of_what_was_sent().items() for pattern in patterns)
    for where, pattern, asked in (*compiled(), *literals(), *made):
        found.setdefault((pattern, asked), where)
    return found


def test_every_pattern_is_found() -> None:
    """One that no module knows is made in a function: of a file of words and kept, or of what somebody sent."""
    kept = {pattern for _, pattern, _ in compiled()}
    assert len(kept) > 400
    unknown = {str(path.relative_to(ROOT)) for path, node, _ in calls(ast.FunctionDef) if told(path, node) is None}
    assert unknown == {*of_what_was_sent(), *KEPT}


def char(charset: Iterable[tuple[Any, Any]]) -> str:
    """One that a set holds."""
    said = list(charset)
    for op, value in said:
        if op is sre.LITERAL:
            return chr(value)
        if op is sre.RANGE:
            return chr(value[0])
        if op is sre.CATEGORY and "NOT" not in str(value):
            return {"DIGIT": "1", "SPACE": " ", "WORD": "a"}[str(value).rsplit("_", 1)[1]]
    return next(c for c in "x一1 ,#-" if re.match(_class(said), c))


def _class(said: list[tuple[Any, Any]]) -> str:
    names = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}
    text = ""
    for op, value in said:
        if op is sre.NEGATE:
            text += "^"
        elif op is sre.LITERAL:
            text += re.escape(chr(value))
        elif op is sre.RANGE:
            text += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        else:
            kind = names[str(value).rsplit("_", 1)[1]]
            text += "\\" + (kind.upper() if "NOT" in str(value) else kind)
    return f"[{text}]"


def texts(tree: Any, pick: int = 0) -> str:
    """The shortest text that fits, of alternatives the `pick`th."""
    made = ""
    for op, value in tree:
        if op is sre.LITERAL:
            made += chr(value)
        elif op is sre.NOT_LITERAL:
            made += "x" if value != ord("x") else "y"
        elif op is sre.ANY:
            made += "x"
        elif op is sre.IN:
            made += char(value)
        elif op in REPEATS:
            made += texts(value[2], pick) * value[0]
        elif op is sre.ASSERT:
            made += texts(value[1], pick)
        elif op is sre.BRANCH:
            made += texts(value[1][pick % len(value[1])], pick)
        elif op in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
            made += texts(value[-1] if op is sre.SUBPATTERN else value, pick)
    return made


REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def pumps(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """For each repeat that may go on: what leads to it, and what it repeats (each alternative of it)."""
    for index, (op, value) in enumerate(tree):
        lead = before + texts(tree[:index])
        if op in REPEATS:
            if value[1] >= LEAST:
                for pick in range(4):
                    yield lead, texts(value[2], pick) or "x"
                yield lead, "".join(texts(value[2], pick) for pick in range(3)) or "x"
                if value[0] == 0:
                    yield lead, lead[-3:] or " "
            yield from pumps(value[2], lead)
        elif op is sre.BRANCH:
            for branch in value[1]:
                yield from pumps(branch, lead)
        elif op is sre.SUBPATTERN:
            yield from pumps(value[-1], lead)
        elif op is sre.ATOMIC_GROUP:
            yield from pumps(value, lead)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from pumps(value[1], lead)
    # what stands at the start of a pattern that is searched for, again and again
    whole = texts(tree)
    if before == "" and whole:
        yield "", whole[: max(len(whole) - 1, 1)]
        yield "", whole


def attacks(lead: str, pump: str, length: int) -> set[str]:
    """What leads there once and then the repeat; the repeat alone; both over and over."""
    body = pump * (length // len(pump))
    found = {lead + body + NOWHERE, body + NOWHERE}
    return found | {(lead + pump * n) * (length // (len(lead) + n * len(pump))) + NOWHERE for n in (3, 100)}


def slowest(pattern: Any, asked: str = "finditer", bound: int = 12_000) -> tuple[float, str]:
    """Growing, so that an exponential one is told before it takes for ever; what is quick when short is not grown."""
    rule = re.compile(pattern)
    worst, shown = 0.0, ""
    going = list(pumps(parser.parse(pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern)))
    going = random.Random(7).sample(every := list(dict.fromkeys(going)), min(len(every), MOST))
    for length in [min(each, bound) for each in LENGTHS]:
        slow = []
        for pump in going:
            spent = 0.0
            for text in attacks(*pump, length):
                given: Any = text.encode("latin-1", "replace") if isinstance(pattern, bytes) else text
                one = _timed(rule, given, asked)
                if one > SECONDS:
                    one = min(one, _timed(rule, given, asked))  # the first time counts what Python did besides
                spent = max(spent, one)
                if one > worst:
                    worst, shown = one, f"{text[:30]!r}…"
                if worst > SECONDS:
                    return worst, shown
            if length < LONG or spent > QUICK:
                slow.append(pump)
        going = slow
    return worst, shown


def _timed(rule: re.Pattern[Any], text: Any, asked: str) -> float:
    start = time.process_time()
    if asked == "finditer":
        for _ in rule.finditer(text):
            pass
    else:
        getattr(rule, asked)(text)
    return time.process_time() - start


def test_every_pattern_is_linear() -> None:
    slow = {}
    for (pattern, asked), where in every().items():
        spent, text = slowest(pattern, asked, BOUNDED.get(where.partition(":")[0], LENGTHS[-1]))
        if spent > SECONDS:
            slow[where] = f"{spent:.2f} s: {pattern!r} on {text}"
    assert not slow, "\n".join(f"{where}: {said}" for where, said in slow.items())


@pytest.mark.parametrize("pattern", [r"\s*x", r"(a|b)*c|(a+)+$", r"<f/>\s*(?:<v/>)?\s*</c>", r"\(.*\)$", r"[a-z]+\d+!"])
def test_the_test_finds_what_is_not_linear(pattern: str) -> None:
    assert slowest(pattern)[0] > SECONDS / 4  # one that is linear takes a hundredth


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s*+x|^a*b", r"\((?>[^()]*)\)", r"(?<!\d)\d{3,}+x", r"[^,]{0,12}y"])
def test_the_test_passes_what_is_linear(pattern: str) -> None:
    assert slowest(pattern)[0] <= SECONDS
