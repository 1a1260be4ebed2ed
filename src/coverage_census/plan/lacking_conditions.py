"""What a sheet says of itself in free text; whether conditions for a mass organisation of its own are lacking, out.

Most remarks of that kind are about the Party organisation (“不具备单独组建党支部的条件”): these say nothing here.
"""

import re
from collections.abc import Iterable

from coverage_census.model.plans.mass import MassKind

_CLAUSE = re.compile(r"[，。；,;\n]")
_CONDITIONS = "条件"
_LACKING = re.compile("不具备|未具备|不符合|未符合|不成熟|未成熟|不够|不足|不允许|未达到|达不到|缺乏|缺少|欠缺|无|没有")
_NAMED: dict[MassKind, re.Pattern[str]] = {
    "union": re.compile("工会|群团|工青妇"),
    "league": re.compile("团组织|共青团|团支部|团委|建团|团员|群团|工青妇"),
    "women": re.compile("妇女|妇联|妇委|妇组织|群团|工青妇"),
}
_PARTY = "党"


def lacking(kind: MassKind, texts: Iterable[str | None], *, joint: bool) -> bool:
    """`joint`: it is in a joint Party branch, so that a clause that names nobody cannot be about its Party
    organisation."""
    clauses = [clause for text in texts if text for clause in _CLAUSE.split(text)]
    return any(_about(kind, clause, joint) for clause in clauses if _CONDITIONS in clause and _LACKING.search(clause))


def _about(kind: MassKind, clause: str, joint: bool) -> bool:
    named = [each for each, words in _NAMED.items() if words.search(clause)]
    return kind in named if named else joint and _PARTY not in clause
