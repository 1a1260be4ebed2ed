"""What stands around a table in; the other office whose register (名册) it is, out.

工会, 共青团, 妇联, 市场监管 and the like keep lists of their own. A list that asks nothing of Party organisations is no
survey of ours: it is compared, and changes nothing; nor is a list (名册) of theirs that has a Party column beside its
own. A survey that such an office sent round, and says so in its title, is a survey as any other.
"""

import re
from collections.abc import Collection, Iterable

from coverage_census.ingest.cells.clean import bare
from coverage_census.model.organisation import about

_REGISTERS = (
    ("union", re.compile(r"总工会|(?:^|[县市区旗镇乡]|街道)工会(?:委员会|联合会|$)|工会(?:组织|会员)?名[册单录]")),
    ("league", re.compile(r"团[县市区旗省]?委|团[\u4e00-\u9fff]{2,6}[县市区旗]委|共青团|青年团|团组织名[册单录]")),
    ("women", re.compile(r"妇联|妇女联合会|妇女组织名[册单录]")),
    ("commerce", re.compile(r"工商联|工商业联合会")),
    ("market", re.compile(r"市场监督管理|市场监管|市监[局所]|工商(?:行政管理|局)")),
    ("civil", re.compile(r"民政[局厅办]")),
    ("tax", re.compile(r"税务[局所总]|[国地]税局")),
    ("social", re.compile(r"社会保险|社保[局中所]|医疗保障|医保局|人力资源和?社会保障|人社[局厅]")),
)
_MASS = frozenset({"union", "league", "women", "commerce"})
"""Of these even a table of no stated kind is a list of their own organisations."""
_SURVEY = re.compile(r"两新|两企|非公|摸底|党建|党组织|党员|普查|调查|排查|台账")
_LIST = re.compile(r"名[册单录]|登记册|登记表")
_PARTY = frozenset({"members", "org", "work"})
_ASKED_BY_US = _PARTY | {"people", "mass", "standing"}
# What only the office that registers them writes down of everybody; one of the first group, two altogether.
_REGISTRAR = re.compile(r"登记(?:管理)?机关|核准(?:日期|时间)|发照|营业期限|经营期限|有效期限")
_PARTICULAR = re.compile(r"注册资[本金]|[认实]缴|登记状态|法定代表人|经营范围|业务范围|住所")
_SOCIAL = re.compile(r"社会组织|登记管理机关|业务主管单位|开办资金")


def register(
    unit: str | None, around: Iterable[str], fields: Collection[str | None], headings: Iterable[str] = ()
) -> str | None:
    """`unit` is who fills in (填报单位), `around` titles, sheet name and file name, `fields` what the columns feed,
    `headings` what stands over them: a list of a registrar is one even where nobody says whose it is."""
    around = list(around)
    office = _office([unit]) if unit else _office(around) or _registrar(around, fields, headings)
    if office is None or not any(_of_party(field) for field in fields if field):
        return office
    title = " ".join(bare(text) for text in around)
    listed = office in _MASS or _LIST.search(title)
    return office if listed and not _SURVEY.search(title) else None


def _registrar(around: list[str], fields: Collection[str | None], headings: Iterable[str]) -> str | None:
    """The office whose particulars (登记机关, 核准日期, 注册资本) fill a list that asks nothing else."""
    said = [bare(heading) for heading in headings]
    own = [heading for heading in said if _REGISTRAR.search(heading)]
    more = [heading for heading in said if _PARTICULAR.search(heading)]
    groups = {about()[field].group for field in fields if field in about()} | set(fields) - about().keys() - {None}
    if not own or len(own) + len(more) < 2 or groups & _ASKED_BY_US or _SURVEY.search(bare(" ".join(around))):
        return None
    return "civil" if any(map(_SOCIAL.search, said)) else "market"


def _of_party(field: str) -> bool:
    note = about().get(field)
    return field in ("coverage", "joint_names") or (note is not None and note.group in _PARTY)


def _office(texts: Iterable[str | None]) -> str | None:
    plain = [bare(text) for text in texts if text]
    return next((office for text in plain for office, pattern in _REGISTERS if pattern.search(text)), None)
