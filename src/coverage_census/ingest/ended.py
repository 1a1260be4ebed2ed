"""Remarks of a table in; 已注销, 党支部已撤销 and the like beside cells that say the opposite, each reported, out.

The reader changes no answer for a remark: it asks.
"""

import re
from collections.abc import Callable, Sequence

from coverage_census.ingest.cleaning import bare, simplified
from coverage_census.ingest.columns import Column
from coverage_census.ingest.facts import Facts
from coverage_census.ingest.grid import Cell
from coverage_census.model.choices import OperatingStatus
from coverage_census.model.organisation import about
from coverage_census.model.reading import Level

_CLAUSE = re.compile(r"[，。；,;\n]")
_ENDS = "注销|吊销|撤销|停业|停产|歇业|关闭|关停|关门|倒闭|破产|解散|搬迁|搬走|迁出|外迁|迁走"
_ENDED = re.compile(
    rf"已(?:经|被.{{0,10}}?|全部|于.{{1,12}}?|.{{0,6}}?办理|完成)?(?:工商)?(?:{_ENDS})"
    rf"|\d{{1,2}}月(?:份|底|初|[上中下]旬|\d{{1,2}}[日号])?(?:被.{{0,10}}?|办理)?(?:{_ENDS})|被.{{0,8}}?(?:局|部门|机关)(?:{_ENDS})"
    rf"|^(?:该?(?:单位|企业|公司|厂|店))?(?:{_ENDS})了?$|查无(?:此|该)?(?:户|单位|企业|公司|组织)|人去楼空"
)
_NOT = re.compile(
    r"未|没有|不|拟|待|将|正在|准备|计划|申请|预计|可能|如|若|是否|原|旧|前身|分公司|子公司|分店|分支|分厂|门店|账户|账号|"
    r"税务|党籍|团籍|证|执照|商标|处分|工会|共青团|团组织|团支部|妇联|换证|换照|重新|更名|变更|改为|转为|改制|恢复|复工|复产|"
    r"(?:至|到|入)(?:本|我|新|园区)"
)
_AFTERWARDS = re.compile(
    r"现(?:已)?(?:更名|改名|变更|恢复|正常)|重新(?:登记|注册|开业|办理)|换证|换照|复工|复产|恢复(?:生产|营业|经营)"
)
_BRANCH = "党组织|党支部|联合支部|支部|党总支|总支|党委"
_DISSOLVED = re.compile(
    rf"(?:{_BRANCH}).{{0,10}}(?:撤销|撤消|解散|撤并|注销|取消)|(?:撤销|撤消|解散|撤并|取消)了?(?:{_BRANCH})"
)
_NOT_DISSOLVED = re.compile(r"未|没有|不|拟|待|将|正在|准备|计划|申请|是否|原|旧|重新|恢复|上级|处分|党籍")
_QUOTED = re.compile(
    f"已|{_ENDS}|撤并|撤消|取消|查无.{{0,3}}$|人去楼空|{_BRANCH}"
)  # between them a person may be named
_QUICK = re.compile(f"{_ENDS}|撤|查无|人去|取消")


def check(facts: Facts, columns: Sequence[Column], cells: Callable[[int], Sequence[Cell]]) -> None:
    """Every text that a township wrote freely; one question a row."""
    status, built = facts.of("operating_status"), facts.of("has_org")
    asked = set[int]()
    for column in columns:
        if not _is_free(column):
            continue
        texts = cells(column.index)
        telling = {text: said(text) for text in set(texts) if isinstance(text, str) and _QUICK.search(text)}
        for row, text in enumerate(texts) if any(map(any, telling.values())) else ():
            ended, dissolved = telling.get(text, (None, None)) if isinstance(text, str) else (None, None)
            if ended and row not in asked and status[row] in (None, OperatingStatus.OPERATING):
                asked.add(row)
                _ask(facts, "remark_says_ended", column, row, "operating_status", ended)
            if dissolved and row not in asked and built[row] is True:
                asked.add(row)
                _ask(facts, "remark_says_dissolved", column, row, "has_org", dissolved)


def said(text: str) -> tuple[str | None, str | None]:
    """The words by which a remark says that the organisation is no more, and that its branch is."""
    plain = simplified(bare(text))
    ended = dissolved = None
    for clause in _CLAUSE.split(plain.replace("(", ",").replace(")", ",")):
        if match := _DISSOLVED.search(clause):
            dissolved = dissolved or (None if _NOT_DISSOLVED.search(clause) else match[0])
        elif (match := _ENDED.search(clause)) and not _NOT.search(clause):
            ended = ended or match[0]
    return None if _AFTERWARDS.search(plain) else ended, dissolved


def _is_free(column: Column) -> bool:
    """Remarks, reasons, names, and what the ledger does not keep; no column of choices or of persons."""
    if column.dropped or column.label is not None or column.field == "superior_org":
        return False
    return column.field is None or (column.field in about() and about()[column.field].holds == "text")


def _ask(facts: Facts, code: str, column: Column, row: int, field: str, found: str) -> None:
    quoted = "".join(_QUOTED.findall(found))
    facts.report(code, Level.WARNING, facts.at(column.index, row), field, heading=column.heading, found=quoted)
