"""A fact and its column's style in; the cell as a clerk writes it, and what a perfect reader gets from it, out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from coverage_census.sample.layouts import MASS, Column, choice_words
from coverage_census.sample.unit import Cell, Day, Inexact, Unit


@dataclass(frozen=True)
class Told:
    """What a cell tells about a field."""

    value: Any
    qualifier: str | None = None
    bounds: tuple[int, int | None] | None = None


Written = tuple[Cell | Day, dict[str, Told]]
Style = Callable[[Unit, Column, Random], Written]

_FLAGS = {
    "是否": ("是", "否"),
    "有无": ("有", "无"),
    "已建": ("已建", "未建"),
    "已建立": ("已建立", "未建立"),
    "√×": ("√", "×"),
}
_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_SMALL = "零一二三四五六七八九十"
_MASS_WORDS = {"has_union": "工会", "has_league": "共青团", "has_women_org": "妇联"}
YES_AT_LEAST_ONE = Told(1, "at_least", (1, None))


def write(unit: Unit, column: Column, rng: Random) -> Written:
    """The cell of `unit` in `column`, and the fields a perfect reader gets from it."""
    if column.style in _FLAGS:
        return _flag(unit, column)
    return STYLES[column.style](unit, column, rng)


def _tell(column: Column, value: Any) -> dict[str, Told]:
    return {} if value is None or column.field is None else {column.field: Told(value)}


def _fact(unit: Unit, column: Column) -> Any:
    return unit.get(column.field) if column.field else None


def _text(unit: Unit, column: Column, rng: Random) -> Written:
    value = _fact(unit, column)
    if value is None and column.field in {"org_name", "remarks", "not_built_reason"}:
        return rng.choice((None, None, None, "无", "—", "/")), {}
    return value, _tell(column, value)


def _spaced(unit: Unit, column: Column, rng: Random) -> Written:
    value = str(_fact(unit, column))
    return rng.choice((value, value, f" {value}", f"{value} ", f"{value[:3]} {value[3:]}")), _tell(column, value)


def _code(unit: Unit, column: Column, rng: Random) -> Written:
    if unit.written_code is None:
        return _fact(unit, column), _tell(column, _fact(unit, column))
    if unit.written_code.startswith("9.1"):  # a code that Excel took for a number: its digits are lost
        return float(unit.written_code), {}
    return unit.written_code, {"code": Told(unit.written_code)}


def _word(unit: Unit, column: Column, rng: Random) -> Written:
    value = _fact(unit, column)
    if value is None or column.field is None:
        return None, {}
    return rng.choice(choice_words(column.field, value)), _tell(column, value)


def _box(unit: Unit, column: Column, rng: Random) -> Written:
    """One box of a ticked group: √ in the one that holds."""
    ticked = _fact(unit, column) == column.option
    return ("√" if ticked else None), (_tell(column, column.option) if ticked else {})


def _flag(unit: Unit, column: Column) -> Written:
    value = _fact(unit, column)
    yes, no = _FLAGS[column.style]
    if value is None:
        return None, {}
    if column.field == "instructors":  # 是/否 under a count: at least one, or none
        return (yes, {"instructors": YES_AT_LEAST_ONE}) if value else (no, {"instructors": Told(0)})
    return (yes if value else no), _tell(column, value)


def _number(unit: Unit, column: Column, rng: Random) -> Written:
    value = _fact(unit, column)
    return value, _tell(column, value)


def _with_unit(word: str) -> Style:
    def style(unit: Unit, column: Column, rng: Random) -> Written:
        value = _fact(unit, column)
        return (None if value is None else f"{value}{word}"), _tell(column, value)

    return style


def _wide(unit: Unit, column: Column, rng: Random) -> Written:
    value = _fact(unit, column)
    return (None if value is None else str(value).translate(_DIGITS)), _tell(column, value)


def _mixed(unit: Unit, column: Column, rng: Random) -> Written:
    """Counts as they come: 3, "3", 3名, ３, 三名, 无; dates in any notation."""
    value = _fact(unit, column)
    if value is None:
        return None, {}
    if isinstance(value, str):
        return rng.choice((_dot, _iso, _slash, _han, _compact, _serial))(unit, column, rng)
    shapes: list[Cell] = [value, value, str(value), f"{value}名", f"{value}人", str(value).translate(_DIGITS)]
    if value == 0:
        shapes += ["无", "0名"]
    elif value <= 10:
        shapes.append(f"{_SMALL[value]}名")
    return rng.choice(shapes), _tell(column, value)


def _loose(unit: Unit, column: Column, rng: Random) -> Written:
    found = unit.inexact.get(column.field or "")
    if found is None:
        return _mixed(unit, column, rng)
    return found.text, _tell_inexact(column, found)


def _tell_inexact(column: Column, found: Inexact) -> dict[str, Told]:
    assert column.field is not None
    return {column.field: Told(found.value, found.qualifier, (found.low, found.high))}


def _lumped(unit: Unit, column: Column, rng: Random) -> Written:
    value = _fact(unit, column)
    return value, ({} if value is None else {"members_total": Told(value, "lumped")})


def _plus(unit: Unit, column: Column, rng: Random) -> Written:
    """2+1, 2正1预: formal and probationary in one cell."""
    formal, new, total = (unit.get(f"members_{part}") for part in ("formal", "probationary", "total"))
    if found := unit.inexact.get("members_total"):
        return found.text, {"members_total": Told(found.value, found.qualifier, (found.low, found.high))}
    if total is None:
        return None, {}
    if formal is None or (total == 0 and rng.random() < 0.5):
        return total, {"members_total": Told(total)}
    text = rng.choice((f"{formal}+{new}", f"{formal}正{new}预"))
    parts = {"members_formal": Told(formal), "members_probationary": Told(new)}
    return text, parts | {"members_total": Told(total, "derived")}


def _coverage(unit: Unit, column: Column, rng: Random) -> Written:
    """覆盖情况: by a Party organisation, by work (an instructor at least), or not at all."""
    if unit.get("has_org"):
        return "组织覆盖", {"has_org": Told(True)}
    if unit.get("instructors"):
        return "工作覆盖", {"has_org": Told(False), "instructors": YES_AT_LEAST_ONE}
    return "未覆盖", {"has_org": Told(False)}


def _mass_list(unit: Unit, column: Column, rng: Random) -> Written:
    built = [_MASS_WORDS[name] for name in MASS if unit.get(name)]
    told = {name: Told(bool(unit.get(name))) for name in MASS}
    return ("、".join(built) or "无"), told


def _dated(form: Callable[[tuple[str, ...]], Cell | Day], precision: int) -> Style:
    """A date written by `form`, which shows at most `precision` parts of year, month, day."""

    def style(unit: Unit, column: Column, rng: Random) -> Written:
        value = _fact(unit, column)
        if value is None:
            return None, {}
        parts = tuple(str(value).split("-")[:precision])
        return form(parts), _tell(column, "-".join(parts))

    return style


def _as_serial(parts: tuple[str, ...]) -> Cell:
    if len(parts) < 3:
        return ".".join(parts)
    return (date.fromisoformat("-".join(parts)) - date(1899, 12, 30)).days


def _as_day(parts: tuple[str, ...]) -> Cell | Day:
    return Day("-".join(parts)) if len(parts) == 3 else ".".join(parts)


def _unpadded(separator: str) -> Callable[[tuple[str, ...]], str]:
    return lambda parts: separator.join(str(int(part)) for part in parts)


_dot = _dated(_unpadded("."), 2)
_slash = _dated(_unpadded("/"), 3)
_iso = _dated("-".join, 3)
_compact = _dated("".join, 2)
_han = _dated(lambda parts: "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False)), 2)
_serial = _dated(_as_serial, 3)


def _placeholder(*shapes: Cell) -> Style:
    return lambda unit, column, rng: (rng.choice(shapes), {})


STYLES: Mapping[str, Style] = {
    "text": _text,
    "place": _text,
    "merged": _text,
    "spaced": _spaced,
    "ditto": _text,
    "code": _code,
    "word": _word,
    "box": _box,
    "number": _number,
    "money": _number,
    "star": _number,
    "digits": _with_unit(""),
    "ming": _with_unit("名"),
    "ren": _with_unit("人"),
    "wide": _wide,
    "mixed": _mixed,
    "loose": _loose,
    "lumped": _lumped,
    "plus": _plus,
    "coverage": _coverage,
    "list": _mass_list,
    "dot": _dot,
    "slash": _slash,
    "iso": _iso,
    "compact": _compact,
    "han": _han,
    "serial": _serial,
    "excel": _dated(_as_day, 3),
    "year": _dated(lambda parts: int(parts[0]), 1),
    # columns that no field belongs to; whatever would be personal is a placeholder that can be nobody's
    "seq": _placeholder(None),
    "reporter": _placeholder(None),
    "person": _placeholder("某某", "某某某", None),
    "phone": _placeholder("00000000000", "0000-0000000", None),
    "politics": _placeholder("群众", "中共党员"),
    "member": _placeholder("是", "否"),
    "young": _placeholder(2, 3, 5, 8),
    "tax": _placeholder(1.2, 3.5, 12, 0.8),
    "office": _placeholder("县民政局"),
}
