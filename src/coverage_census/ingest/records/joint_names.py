"""The column 联合单位名称 in; how many organisations it names, and whether 等4家 agrees with the figures, out."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from coverage_census.ingest.cells import counts
from coverage_census.ingest.cells.choices import text_of
from coverage_census.ingest.cells.clean import NONE_WORDS, NOTHING, bare
from coverage_census.ingest.grid import Cell
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.privacy import redact
from coverage_census.ingest.records import column_values
from coverage_census.ingest.records.facts import Facts
from coverage_census.model.choices import OrgForm, Qualifier
from coverage_census.model.reading import Level
from coverage_census.model.register import BETWEEN, COVERS

MOST = 5  # more organisations than this in one joint branch are doubtful
_AND_OTHERS = re.compile(r"等(?:共)?(\d{1,3}|[一二两三四五六七八九十]{1,3})[家户个]")
_BARE_NUMBER = re.compile(r"^(?:共)?(\d{1,3}|[一二两三四五六七八九十]{1,3})[家户个]?(?:单位|企业|社会组织)?$")
_BETWEEN = re.compile(r"[、,;；，。\n/]+|\s{2,}|(?<=[厂司店社会所园])和")


_ITEM = re.compile(r"[①-⑳]|(?<!\d)\d{1,2}\s{0,2}[.．、)）](?!\d)")
_SPACE = re.compile(r"(?<=[\u4e00-\u9fff)）])[ \t\u3000]+(?=[\u4e00-\u9fff])")
_BESIDE = re.compile(r"[(（][^()（）]{0,30}(?:负责人|联系人|电话|手机|法人|经营者)[^()（）]{0,30}[)）]")
"""What stands beside a name in a list: 1. and ①, blanks between names, （负责人：…）."""


def stated(text: str) -> int | None:
    """晨曦电子厂等4家企业 → 4."""
    match = _AND_OTHERS.search(text)
    return counts.number(match[1]) if match else None


def named(value: Any) -> int | None:
    """How many organisations a cell names; None where that is not known."""
    text = text_of(value)
    if not text or text.lower() in NOTHING or text in NONE_WORDS:
        return None
    if (others := stated(text)) is not None:
        return others
    if match := _BARE_NUMBER.match(text):
        return counts.number(match[1])
    if re.search(r"等(?:单位|企业|$)", text):  # and others, without saying how many
        return None
    parts = {bare(part) for part in _BETWEEN.split(str(value)) if len(bare(part)) > 1}
    return len(parts) or None


def put_names(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """The number of names, a derived one, where no column gives it."""
    held = list(facts.of("joint_units"))
    found = column_values.answers(facts, column, cells, named)
    for row, number in enumerate(found):
        if held[row] is None and number is not None:
            held[row] = number
            facts.qualify("joint_units", row, Qualifier.DERIVED)
    facts.put("joint_units", held, column.index)


def put_covered(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """The names themselves (of a register only), and their number where no column gives it; a name that is a person's
    goes, as everywhere."""
    put_names(facts, column, cells)
    found = column_values.answers(facts, column, cells, covered)
    facts.put(COVERS, [BETWEEN.join(names) if names else None for names in found], column.index)
    held = facts.of("joint_units")
    counts = [max(held[row] or 0, len(names or ())) or held[row] for row, names in enumerate(found)]
    derived = facts.qualifiers.get("joint_units", {})
    facts.put("joint_units", [counts[row] if row in derived else held[row] for row in range(len(held))])


def covered(value: Any) -> tuple[str, ...]:
    """晨曦电子厂、星星幼儿园等4家 → the two that are named."""
    text = _AND_OTHERS.sub("、", text_of(value)) if value is not None else ""
    if not text or text.lower() in NOTHING or text in NONE_WORDS or _BARE_NUMBER.match(text):
        return ()
    listed = _SPACE.sub("、", _ITEM.sub("、", _BESIDE.sub("", _AND_OTHERS.sub("、", str(value)))))
    parts = (bare(part).removesuffix("等").strip() for part in _BETWEEN.split(listed))
    named_ = dict.fromkeys(part for part in parts if len(part) > 1)
    return tuple(each for each in named_ if redact.redact_of("name", each) is None)


def check(facts: Facts) -> None:
    """Organisations of one joint branch: as many as its name says, at least two, at most five."""
    names, numbers = facts.of("org_name"), facts.of("joint_units")
    members: dict[str, list[int]] = defaultdict(list)
    for row, (name, form) in enumerate(zip(names, facts.of("org_form"), strict=True)):
        if name and (form is OrgForm.JOINT or "联合" in name):
            members[name].append(row)
    for name, rows in members.items():
        said = stated(bare(name))
        for row in rows:
            units = numbers[row]
            if said is not None and units is not None and units != said:
                _report(facts, "words_disagree", row, stated=said, found=units, other=facts.cell("joint_units", row))
        if said is not None and 1 < len(rows) != said and numbers[rows[0]] is None:
            _report(facts, "joint_rows_disagree", rows[0], stated=said, found=len(rows))
        elif len(rows) > MOST:
            _report(facts, "joint_too_many", rows[MOST], found=len(rows), limit=MOST)
    alone = [rows[0] for rows in members.values() if len(rows) == 1 and (numbers[rows[0]] or 0) < 2]
    if alone and len(facts.rows) > 1:
        place = facts.cell("org_name", alone[0])
        facts.report("joint_alone", Level.NOTE, place, "org_name", count=len(alone))


def _report(facts: Facts, code: str, row: int, **values: Any) -> None:
    facts.report(code, Level.WARNING, facts.cell("org_name", row), "org_name", **values)
