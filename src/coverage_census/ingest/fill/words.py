"""An organisation and a column of a form in; what is to stand in the cell, in the form's own words, out.

Every text is tried with the parser that will read it: what is not read back as what the ledger holds is not written.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cached_property
from typing import Any

from coverage_census.ingest.cells import amounts, choices, counts, dates, parsers
from coverage_census.ingest.cells.clean import Mark
from coverage_census.ingest.headings import vocabulary
from coverage_census.ingest.headings.columns import Column
from coverage_census.model.choices import CHOICES, Qualifier
from coverage_census.model.organisation import Organisation, about
from coverage_census.words.catalogue import Words


class Unfit(Enum):
    """The ledger knows something, and the form has no place for it."""

    UNFIT = "unfit"


UNFIT = Unfit.UNFIT
Written = str | int | float | datetime.date | Unfit | None

_CHINESE = Words("zh")
_BETWEEN = re.compile(r"[、,，/；;|\s]+|或")
_OTHER = ("其他", "其它", "其他原因", "其它原因")
_MASS = (("has_union", "工会"), ("has_league", "共青团"), ("has_women_org", "妇联"))
_STARS = "一二三四五"


class Writer:
    """What one column holds of each organisation; `allowed` are the words of its drop-down, `siblings` the labels of
    the columns that are ticked instead of this one, `is_dated`: its cells show days."""

    def __init__(
        self, column: Column, allowed: Sequence[str] = (), siblings: Sequence[str] = (), is_dated: bool = False
    ) -> None:
        self._column, self._allowed, self._is_dated = column, tuple(allowed), is_dated
        self._siblings = frozenset(map(vocabulary.key, siblings))
        self.field, self.label = column.field or "", column.label
        self.holds = about()[self.field].holds if self.field in about() else self.field
        self._known: dict[tuple[Any, ...], Written] = {}

    def said(self, each: Organisation) -> tuple[Any, ...] | None:
        """What the ledger holds for this column; None where it is silent."""
        if self.field == "uscc":
            code = each.uscc or each.code
            return (code,) if code else None
        if self.field == "org_ended":
            return None  # the ledger keeps no day of dissolution
        if self.field == "coverage":
            return _covering(each)
        if self.field == "mass_orgs":
            held = tuple(getattr(each, name) for name, _ in _MASS)
            return held if any(each is not None for each in held) else None
        name = "joint_units" if self.field == "joint_names" else self.field
        value = getattr(each, name)
        return None if value is None else (value, each.qualifiers.get(name), each.bounds.get(name))

    def of(self, each: Organisation) -> Written:
        """The cell; None where the ledger is silent, and for an option that does not hold."""
        said = self.said(each)
        if said is None:
            return None
        if said not in self._known:
            self._known[said] = self._option(*said) if self._column.label is not None else self._answer(*said)
        return self._known[said]

    @cached_property
    def _words(self) -> tuple[str, ...]:
        """The words that the form itself offers: its drop-down, then what its heading names in brackets."""
        return (*self._allowed, *(part for part in _BETWEEN.split(self._column.meaning.hint) if part))

    @cached_property
    def _heading(self) -> str:
        return vocabulary.key(self._column.path[-1])

    @property
    def _asks_whether(self) -> bool:
        """是否选派指导员: a yes or no, even where the ledger knows how many."""
        return bool(re.search(r"是否|^有无", self._heading)) or {"是", "否"} <= set(self._words)

    def _answer(self, *said: Any) -> Written:
        match self.holds:
            case "count" | "joint_names":
                return self._count(*said)
            case "flag":
                return self._flag(said[0])
            case "choice":
                return self._choice(said[0])
            case "date":
                return self._date(said[0])
            case "number":
                return self._amount(said[0], said[1])
            case "star":
                return self._first(said[0], (f"{_STARS[said[0] - 1]}星级", str(said[0])))
            case "coverage":
                return "组织覆盖、工作覆盖" if said == (True, True) else _coverage(*said)
            case "mass_orgs":
                return _mass(said)
        return self._listed(str(said[0]))

    def _listed(self, text: str) -> str:
        """A text, as the drop-down writes it if it is there."""
        return next((word for word in self._allowed if vocabulary.key(word) == vocabulary.key(text)), text)

    def _first(self, value: Any, usual: Sequence[str]) -> Written:
        """The first word that is read as `value`: the form's own, else the usual ones."""
        parse = parsers.parser(self.field)
        return next((word for word in (*self._words, *usual) if parse(word) == value), UNFIT)

    def _flag(self, value: bool) -> Written:
        usual = [("是", "否")]
        if self._heading.startswith("有无"):
            usual.insert(0, ("有", "无"))
        elif "情况" in self._heading:
            usual.insert(0, ("已建立", "未建立"))
        if any(set(word) & choices.TICKS for word in self._words):
            usual.insert(0, ("√", "×"))
        return self._first(value, [pair[0 if value else 1] for pair in usual])

    def _choice(self, value: Any) -> Written:
        return self._first(value, (_CHINESE(f"term.{self.field}.{value.value}"),))

    def _count(self, value: int, qualifier: Qualifier | None, bounds: tuple[int, int | None] | None) -> Written:
        if self.field == "joint_names":
            return f"{value}家"
        low, high = bounds or (value, value)
        if self.field == "instructors" and self._asks_whether:
            return self._whether(low, high)
        if (low, high) == (value, value):
            return value
        wanted = None if qualifier in (Qualifier.DERIVED, Qualifier.LUMPED) else qualifier
        for text in _qualified(value, low, high):
            read = counts.parse(text)
            if isinstance(read, Mark) or read is None or wanted not in (None, read.qualifier):
                continue
            if (read.value, read.low, read.high) == (value, low, high):
                return text
        return f"{low}-{high}" if high is not None else f"{low}以上"

    def _whether(self, low: int, high: int | None) -> Written:
        if low < 1 and high != 0:
            return None
        yes = low >= 1
        for word in (*self._words, "是" if yes else "否"):
            if choices.flag(word) is yes:
                return word
        return UNFIT

    def _amount(self, value: float, qualifier: Qualifier | None) -> Written:
        parse = parsers.parser(self.field, self._column.meaning.hint)
        unit = parse(1)
        if not isinstance(unit, amounts.Amount) or not unit.value:
            return UNFIT
        number = round(value / unit.value, 8)
        if qualifier is None:
            return int(number) if number == int(number) else number
        text = f"{number:.6f}".rstrip("0").rstrip(".")
        return f"{text}余" if qualifier is Qualifier.AT_LEAST else f"约{text}"

    def _date(self, value: str) -> Written:
        if len(value) == 10 and self._is_dated:
            return datetime.date.fromisoformat(value)
        if "年月" in self._words or {"年", "月"} <= set(self._words):
            return value[:7].replace("-", ".")
        text = value.replace("-", ".")
        return text if dates.parse(text) == value else value

    def _option(self, *said: Any) -> Written:
        """√ where this option holds; under 其他 the text that no other option says."""
        label = self._column.path[-1]
        tick = next((word for word in self._allowed if word in choices.TICKS | {"是"}), "√")
        if self.field in ("not_built_reason", "subtype"):
            return self._text_option(label, str(said[0]), tick)
        if self.field == "org_ended":
            return None  # the ledger keeps no day of dissolution
        if self.field == "coverage":
            here = choices.coverage(label)
            both = said == (True, True) and here in ("org", "work")
            return tick if both or here == choices.coverage(_coverage(*said)) else None
        if self.field == "has_org":
            built = choices.built(label)
            return tick if built == said[0] and (built or re.match("[尚暂均]?[未没无]", label)) else None
        if self.field == "mass_orgs":
            return tick if not any(said) and None not in said else None
        if self.field == "instructors":
            low, high = said[2] or (said[0], said[0])
            yes = choices.flag(label)
            return tick if (yes is True and low >= 1) or (yes is False and high == 0) else None
        return tick if parsers.parser(self.field)(label) == said[0] else None

    def _text_option(self, label: str, text: str, tick: str) -> Written:
        parts = [part for part in text.split("、") if part]
        if vocabulary.key(label) in {vocabulary.key(part) for part in parts}:
            return tick
        rest = [part for part in parts if vocabulary.key(part) not in self._siblings]
        return "、".join(rest) if rest and label in _OTHER else None


def _qualified(value: int, low: int, high: int | None) -> Iterator[str]:
    yield from (f"约{value}", f"近{value}", f"{value}余", f"{value}以上")
    yield from (f"超过{value}", f"不足{value}", f"不超过{value}", f"{low}-{high}")


def _covering(each: Organisation) -> tuple[Any, ...] | None:
    """Whether there is a Party organisation, and whether an instructor; None where neither is known."""
    low, high = each.bounds.get("instructors", (each.instructors or 0, each.instructors or 0))
    sent = None if each.instructors is None or (low < 1 and high != 0) else low >= 1
    if each.has_org or (each.has_org is False and sent is not None):
        return each.has_org, bool(sent)
    return None


def _coverage(has_org: bool, sent: bool) -> str:
    return "组织覆盖" if has_org else "工作覆盖" if sent else "未覆盖"


def _mass(held: tuple[bool | None, ...]) -> str:
    """工会、共青团: what is there, and what is known not to be."""
    if not any(held):
        return "无" if all(each is False for each in held) else "、".join(_denied(held))
    return "、".join([word for (_, word), each in zip(_MASS, held, strict=True) if each] + _denied(held))


def _denied(held: tuple[bool | None, ...]) -> list[str]:
    return [f"未建{word}" for (_, word), each in zip(_MASS, held, strict=True) if each is False]


def agrees(field: str, ours: Organisation, read: Organisation) -> bool:
    """Whether a form that was read back says of a field what the ledger says, as exactly as the form asks."""
    if field == "uscc":
        # a code that was once mistyped stays known beside the valid one, and is not written
        return ours.uscc == read.uscc if ours.uscc else (read.uscc, read.code) == (None, ours.code)
    if field == "coverage":
        return ours.has_org == read.has_org or ours.has_org is None
    if field == "mass_orgs":
        return all(getattr(read, name) in (None, getattr(ours, name)) for name, _ in _MASS)
    name = "joint_units" if field == "joint_names" else field
    mine, theirs = getattr(ours, name), getattr(read, name)
    if mine is None or theirs is None:
        return mine is theirs
    if about()[name].holds == "date":
        return str(mine).startswith(str(theirs))
    if about()[name].holds == "count":
        low, high = ours.bounds.get(name, (mine, mine))
        bottom, top = read.bounds.get(name, (theirs, theirs))
        return bottom <= low and (top is None or (high is not None and high <= top))
    if name in CHOICES or about()[name].holds != "text":
        return bool(mine == theirs)
    if name in ("not_built_reason", "subtype"):
        return set(str(mine).split("、")) == set(str(theirs).split("、"))
    return bool(mine == theirs)
