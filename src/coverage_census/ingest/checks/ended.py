"""Remarks of a table in; 已注销, 党支部已撤销 and the like beside cells that say the opposite, each reported, out.

The reader changes no answer for a remark: it asks.
"""

import re
from collections.abc import Callable, Sequence

from coverage_census.ingest.cells.clean import bare
from coverage_census.ingest.grid import Cell
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.records.facts import Facts
from coverage_census.model.choices import OperatingStatus
from coverage_census.model.organisation import about
from coverage_census.model.reading import Level

_CLAUSE = re.compile(r"[，。；,;\n]")
_ENDS = "注销|吊销|撤销|取缔|停业|停产|歇业|关闭|关停|关门|倒闭|破产|解散|搬迁|搬走|迁出|外迁|迁走"
# What an organisation has of its own: without it there is none. 吊销营业执照 is 吊销, 安全生产许可证 is something else.
_OWN = re.compile(
    r"(?:企业|工商|法人|统一)?(?:营业执照|(?<!旧)(?<!原)执照|(?:法人|社团)?登记证书?|证照)|"
    r"(?:法人|主体)资格|(?:工商|法人|注册|设立|社团|民办非企业单?位?)?登记"
)
_REVOKED = re.compile(
    r"(吊销)(?:后|但|且|而)?(?:尚|还|并|仍)?未(?:办理|作|做)?注销"
)  # 吊销未注销 is a state of its own
_WHEN = r"(?:\d{4}[年.\-/]?(?:年?底|年?初)?|\d{1,2}月(?:份|底|初|[上中下]旬)?|[.\-/月]\d{1,2}[日号]?)"
_UNIT = "该?(?:单位|企业|公司|组织|协会|商会|厂子?|店)"
_ENDED = re.compile(
    rf"已(?:经|被.{{0,10}}?|全部|于.{{1,12}}?|.{{0,6}}?办理|完成|办[结完]|简易|宣告|[往前]*)?(?:工商)?(?:{_ENDS})"
    rf"|{_WHEN}(?:已|被.{{0,10}}?|简易|办理)?(?:{_ENDS})|被.{{0,10}}?(?:吊销|撤销|注销|取缔|关停|关闭|责令解散)"
    rf"|(?:{_ENDS})(?:手续)?(?:已|均|全部)*(?:办[结完]|完成|完毕)|办[结完理]了?(?:{_ENDS})(?:手续)?(?:了|$)"
    rf"|(?:早已|常年|长期|多年)(?:停业|停产|歇业|关门|关停)|^(?:{_UNIT})?已关了?$"
    rf"|^(?:{_UNIT})?(?:{_ENDS})了?$|^(?:{_UNIT})?(?:已|早)(?:已|经)?消失|查无(?:此|该)?(?:户|单位|企业|公司|组织)|人去楼空"
    r"|(?:搬迁?|迁)[往到至去](?:外|邻|别|其他)"
)
_GONE = re.compile(r"不(?:复)?存在了?|不在了")
_NOT = re.compile(
    r"未|没有|不|拟|待|将|正在|准备|计划|申请|预计|可能|如|若|是否|原|旧|前身|分公司|子公司|分店|分支|分厂|门店|账户|账号|"
    r"税务|党籍|团籍|证|执照|商标|处分|处罚|工会|共青团|团组织|团支部|妇联|换证|换照|换发|重新|更名|变更|改为|转为|改制|恢复|"
    r"复工|复产|建议|决定|公示|公告|异常|许可|资质|名下|另一|另有|整顿|办理中|(?:销|续|停|迁)中|(?:人|员|代表|老板|户口|户籍|关系)[^,]{0,3}[搬迁]|(?:至|到|入)(?:本|我|新|园区)"
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
    f"已|{_ENDS}|消失|[搬迁][往到至去]|撤并|撤消|取消|查无.{{0,3}}$|人去楼空|{_BRANCH}"
)  # between them a person may be named
_QUICK = re.compile(f"{_ENDS}|撤|查无|人去|取消|不存在|不在|[搬迁][往到至去]|已关")


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
    plain = bare(text)
    ended = dissolved = None
    for clause in _CLAUSE.split(plain.replace("(", ",").replace(")", ",")):
        if match := _DISSOLVED.search(clause):
            dissolved = dissolved or (None if _NOT_DISSOLVED.search(clause) else match[0])
        elif (match := _ENDED.search(own := _own(clause))) and not _NOT.search(own):
            ended = ended or match[0]
    return None if _AFTERWARDS.search(plain) else ended, dissolved


def _own(clause: str) -> str:
    """The clause without its own licence and registration, and with what is not (不存在) as something that is."""
    return _OWN.sub("", _GONE.sub("消失", _REVOKED.sub(r"\1", clause)))


def _is_free(column: Column) -> bool:
    """Remarks, reasons, names, and what the ledger does not keep; no column of choices or of persons."""
    if column.dropped or column.label is not None or column.field == "superior_org":
        return False
    return column.field is None or (column.field in about() and about()[column.field].holds == "text")


def _ask(facts: Facts, code: str, column: Column, row: int, field: str, found: str) -> None:
    quoted = "".join(_QUOTED.findall(found)).replace("消失", "不存在")
    facts.report(code, Level.WARNING, facts.at(column.index, row), field, heading=column.heading, found=quoted)
