"""A fact and its column's style in; the cell as a clerk writes it, and what a perfect reader gets from it, out."""

from collections.abc import Mapping
from random import Random

from coverage_census.sample.sheets import counts, dates
from coverage_census.sample.sheets.layouts import MASS, SampleColumn, choice_words
from coverage_census.sample.sheets.style import CellTells, Style, Written, fact, tell
from coverage_census.sample.units.unit import Cell, SampleUnit

FLAGS = {
    "是否": ("是", "否"),
    "有无": ("有", "无"),
    "已建": ("已建", "未建"),
    "已建立": ("已建立", "未建立"),
    "√×": ("√", "×"),
}
_MASS_WORDS = {"has_union": "工会", "has_league": "共青团", "has_women_org": "妇联"}
YES_AT_LEAST_ONE = CellTells(1, "at_least", (1, None))


def write(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
    """The cell of `unit` in `column`, and the fields a perfect reader gets from it."""
    if column.style in FLAGS:
        return _flag(unit, column)
    return STYLES[column.style](unit, column, rng)


def _text(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
    value = fact(unit, column)
    if value is None and column.field in {"org_name", "remarks", "not_built_reason"}:
        return rng.choice((None, None, None, "无", "—", "/")), {}
    return value, tell(column, value)


def _spaced(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
    value = str(fact(unit, column))
    return rng.choice((value, value, f" {value}", f"{value} ", f"{value[:3]} {value[3:]}")), tell(column, value)


def _code(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
    if unit.written_code is None:
        return fact(unit, column), tell(column, fact(unit, column))
    if unit.written_code.startswith("9.1"):  # a code that Excel took for a number: its digits are lost
        return float(unit.written_code), {}
    return unit.written_code, {"code": CellTells(unit.written_code)}


def _word(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
    value = fact(unit, column)
    if value is None or column.field is None:
        return None, {}
    return rng.choice(choice_words(column.field, value)), tell(column, value)


def _box(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
    """One box of a ticked group: √ in the one that holds."""
    ticked = fact(unit, column) == column.option
    return ("√" if ticked else None), (tell(column, column.option) if ticked else {})


def _flag(unit: SampleUnit, column: SampleColumn) -> Written:
    value = fact(unit, column)
    yes, no = FLAGS[column.style]
    if value is None:
        return None, {}
    if column.field == "instructors":  # 是/否 under a count: at least one, or none
        return (yes, {"instructors": YES_AT_LEAST_ONE}) if value else (no, {"instructors": CellTells(0)})
    return (yes if value else no), tell(column, value)


def _coverage(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
    """覆盖情况: by a Party organisation, by work (an instructor at least), or not at all."""
    if unit.get("has_org"):
        return "组织覆盖", {"has_org": CellTells(True)}
    if unit.get("instructors"):
        return "工作覆盖", {"has_org": CellTells(False), "instructors": YES_AT_LEAST_ONE}
    return "未覆盖", {"has_org": CellTells(False)}


def _mass_list(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
    """已建群团组织: those that are listed exist; 无 says that none does."""
    built = [name for name in MASS if unit.get(name)]
    if not built:
        return "无", {name: CellTells(False) for name in MASS}
    return "、".join(_MASS_WORDS[name] for name in built), {name: CellTells(True) for name in built}


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
    "number": counts.number,
    "money": counts.number,
    "star": counts.number,
    "digits": counts.with_unit(""),
    "ming": counts.with_unit("名"),
    "ren": counts.with_unit("人"),
    "wide": counts.wide,
    "mixed": counts.mixed,
    "loose": counts.loose,
    "lumped": counts.lumped,
    "plus": counts.plus,
    "coverage": _coverage,
    "list": _mass_list,
    "dot": dates.dot,
    "slash": dates.slash,
    "iso": dates.iso,
    "compact": dates.compact,
    "han": dates.han,
    "serial": dates.serial,
    "excel": dates.excel,
    "year": dates.year,
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
