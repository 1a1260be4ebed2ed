"""The path of a heading in (党员情况 > 正式); what it means by the synonym table `headings.toml` out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from coverage_census.ingest.cells import choices
from coverage_census.ingest.headings import grammar, slots, vocabulary
from coverage_census.ingest.privacy import persons
from coverage_census.ingest.privacy.persons import HeadingAsks
from coverage_census.model.choices import OrgForm
from coverage_census.model.organisation import about
from coverage_census.model.register import BODY, COVERS

OPTION_FIELDS = frozenset([
    "kind",
    "subtype",
    "org_form",
    "org_level",
    "not_built_reason",
    "operating_status",
    "coverage",
    "responsibility",
    "mass_orgs",
])
"""Fields whose options may be columns of their own, ticked with √ (企业类型{私营企业, 外商投资企业})."""

_CODE = re.compile(r"(?<![a-z\d])([a-j]|\d)[.、:=\-)]?([\u4e00-\u9fff]{1,12})")
_LEGEND = re.compile(r"\(?(?:(?<![a-z\d])(?:[a-j]|\d)[.、:=\-)]?[\u4e00-\u9fff]{1,12}[,、;;/]?){2,10}\)?$")
_TAIL_BRACKET = re.compile(r"\(([^()]*)\)$")
_MOMENT = re.compile(
    r"[（(]?(?:截[至止]到?)?(?:19|20)\d\d(?!\d)(?:年度?(?:\d{1,2}月(?:\d{1,2}[日号])?)?|(?:[.\-/]\d{1,2}){1,2})?[末底初止]?[）)]?"
)
_NUMBER = re.compile("(?:总|人|个)?数(?:目|量|额)?|总量|总计")
_SMALL = re.compile("目前|现有|实有|在册|其中|中共|总共|共有|现|共|的|之")
_BRACKET = re.compile(r"\(([^()]*)\)")
_OF_ORGANISATION = re.compile("党的?组织|党支部|党建|组建|组织覆盖|两个覆盖")
_NO_OPTION = re.compile(r"名称|时间|日期|人数|数量|数$|原因|情况|单位|是否|有无|指导员|联络员")
_FLAG_OPTIONS = frozenset(["是", "否", "有", "无", "已建", "未建", "已建立", "未建立"])


@dataclass(frozen=True)
class Meaning:
    """What a heading can mean: candidate fields (the values choose where there are several), or why it is not read."""

    fields: tuple[str, ...] = ()
    option: str | None = None  # a column of one option; its label
    personal: bool = False
    open: bool = False  # personal unless its values are numbers or answers: 书记, with no word of what is asked
    many: bool = False  # asks for persons by their number; names in it make it personal: 党务工作者
    instructor: bool = False  # the name of an instructor: dropped, but it proves that there is one
    ignored: bool = False  # recognised, and the census has no field for it
    lumped: bool = False
    hint: str = ""  # what stood in brackets: 万元, 是/否
    office: bool = False  # the office's own word: nothing else decides
    unknown: str = ""  # the word of the heading that nothing explains
    other: str = ""  # the word by which the heading is about somebody else, a plan or a part
    asks: bool = False  # it asks for something (数, 时间, 是否), understood or not
    mended: bool = False  # understood with one character put right
    legend: tuple[tuple[str, str], ...] = ()  # （1是 2否）: what a code in a cell stands for
    beside: bool = False  # one of 党委 | 总支 | 支部 beside each other, with how many there are of each
    refused: str = ""  # the field that the office named for a personal heading: a text would keep what is personal

    @property
    def known(self) -> bool:
        return bool(self.fields) or self.personal or self.ignored


def meaning(path: tuple[str, ...], office: Mapping[str, str] | None = None) -> Meaning:
    """What the path says, the leaf first; `office` is the office's own map and wins."""
    keys = tuple(vocabulary.key(part) for part in path)
    if own := _own(path, keys, office or {}):
        return _decided(own, keys[-1], keys[:-1], _hint(keys))
    found, many = _usual(keys)
    if found is None and (plain := undated(path)) != path:
        found = meaning(plain, office)
    if found is None and (codes := legend(keys[-1])):
        asked = meaning((*path[:-1], _LEGEND.sub("", keys[-1])), office)
        chosen = all(each in OPTION_FIELDS or about()[each].holds in ("flag", "choice") for each in asked.fields)
        found = replace(asked, legend=codes) if asked.fields and chosen and asked.option is None else None
    if found is None:
        read = grammar.understood(keys)
        found = Meaning(hint=_hint(keys), unknown=read.unknown, other=read.other, asks=read.asks)
    return replace(found, many=True) if many else found


def legend(key: str) -> tuple[tuple[str, str], ...]:
    """The codes that a heading explains, one after the other from the first: 组建形式（A单独 B联合 C挂靠）."""
    match = _LEGEND.search(key)
    found = tuple(_CODE.findall(match[0])) if match else ()
    row = "".join(code for code, _ in found)
    return found if len(found) > 1 and row and any(row in order for order in ("0123456789", "abcdefghij")) else ()


@lru_cache(maxsize=8192)  # thousands of files of one form ask for the same headings
def _usual(keys: tuple[str, ...]) -> tuple[Meaning | None, bool]:
    """What the words themselves say, and whether they ask for persons by their number."""
    hint, leaf, parents = _hint(keys), keys[-1], keys[:-1]
    if found := _option(leaf, parents, hint) or _personal(leaf, parents):
        return found, False
    asked = persons.about(keys)
    found = _field(leaf, parents, hint) or (Meaning(ignored=True, hint=hint) if asked is HeadingAsks.FACT else None)
    return found or (Meaning(personal=True) if persons.misprinted(leaf) else None), asked is HeadingAsks.MANY


def _hint(keys: tuple[str, ...]) -> str:
    return ",".join(_BRACKET.findall("".join(keys)))


def _decided(own: str, leaf: str, parents: tuple[str, ...], hint: str) -> Meaning:
    """What the office wrote down; only no text of a person, whoever wrote it."""
    if own == BODY:  # our own word alone, never an office's: 纳税人名称 asks for an organisation
        return Meaning((own,), hint=hint, office=True)
    if own == COVERS:
        return _personal(leaf, parents) or Meaning((own,), hint=hint, office=True)
    if own not in about():
        return Meaning(ignored=True, hint=hint)
    if about()[own].holds == "text" and (found := _personal(leaf, parents)):
        return replace(found, refused=own)
    return Meaning((own,), hint=hint, office=True)


def undated(path: tuple[str, ...]) -> tuple[str, ...]:
    """从业人员 > 2019年末 as 从业人员, 2020年6月底党员数 as 党员数; of a path that is only a year, the path."""
    plain = (_MOMENT.sub("", vocabulary.tidy(part)) for part in path)
    return tuple(part for part in plain if part) or path


@lru_cache(maxsize=20_000)  # a name is asked for as a heading, as a label and as a title
def strength(text: str) -> int:
    """How much a cell looks like a heading: 2 a known one, 1 a group or an option, 0 anything else."""
    if len(text) > 45:
        return 0
    word = vocabulary.key(text)
    known = vocabulary.load()
    if not word or word in ("是", "否", "有", "无"):
        return 0
    if any(
        each in known.words
        or each in known.lumped
        or each in known.ignored
        or each in known.ambiguous
        or each in known.roster_names
        for each in vocabulary.forms(word)
    ):
        return 2
    if len(word) <= 20 and grammar.is_heading(word):
        return 2
    if word.endswith(("公司", "厂", "店", "镇", "乡", "街道")):
        return 0
    if len(word) <= 20 and persons.labels(word):
        return 2
    return 1 if word in known.generic or word in known.crosstab or re.search(r"(情况|状况|信息|概况)$", word) else 0


def nearest(path: tuple[str, ...], least: int = 0) -> str | None:
    """The field whose heading is written most like this one, None if nothing comes near (of 100, at least `least`)."""
    from rapidfuzz import fuzz, process

    words, asked = vocabulary.load().words, vocabulary.key(path[-1])
    found = process.extractOne(
        asked, list(words), scorer=fuzz.ratio, score_cutoff=max(least, 50 if len(asked) < 4 else 60)
    )
    name = words[found[0]] if found else None
    return name if name in about() else None


def means(path: tuple[str, ...], field: str) -> bool:
    """Whether a heading says exactly what a known one of `field` says, in other small words: 党员总数目."""
    said = _plain(vocabulary.key(path[-1]))
    return any(name == field and _plain(word) == said for word, name in vocabulary.load().words.items())


def _plain(word: str) -> str:
    return _SMALL.sub("", _NUMBER.sub("数", word))


def _own(path: tuple[str, ...], keys: tuple[str, ...], office: Mapping[str, str]) -> str | None:
    if not office:
        return None
    wanted = _keyed(tuple(office.items()))
    return wanted.get(">".join(keys)) or wanted.get(vocabulary.key(path[-1]))


@lru_cache(maxsize=8)
def _keyed(office: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return {">".join(vocabulary.key(part) for part in heading.split(">")): name for heading, name in office}


def _option(leaf: str, parents: tuple[str, ...], hint: str) -> Meaning | None:
    """A column of one option under its group: 未建原因 > 没有党员."""
    if not parents:
        return None
    foreign = grammar.understood((*parents, leaf)).foreign
    if not foreign and (found := _option_of_org(leaf, parents, hint)):
        return found
    above = _field(parents[-1], parents[:-1], hint)
    if above is None or leaf == parents[-1]:
        return None
    label = _TAIL_BRACKET.sub("", leaf)
    words = vocabulary.load().words
    own_words = {words[form] for form in vocabulary.forms(leaf) if form in words}
    own_read = grammar.understood((leaf,))
    if own_read.asks and own_read.fields and not set(own_read.fields) & set(above.fields):
        return None  # 组建方式 > 联合组建单位数量
    for name in above.fields:
        if name in own_words:  # 经营情况 > 经营状态: the heading itself, no option of it
            return None
        if name in ("not_built_reason", "subtype") or (name in OPTION_FIELDS and _is_option(name, label)):
            own = _field(leaf, (), "") if name == "subtype" else None
            return Meaning((name,), option=label, hint=hint) if own is None else None
        if label in _FLAG_OPTIONS and about().get(name) and (about()[name].holds == "flag" or name == "instructors"):
            return Meaning((name,), option=label, hint=hint)
    return None


def _option_of_org(leaf: str, parents: tuple[str, ...], hint: str) -> Meaning | None:
    """Below 是否建立党组织, 组建方式, 党组织组建情况: 单独组建 and 未建立 each have a column to be ticked."""
    label = _TAIL_BRACKET.sub("", leaf)
    group = next((parent for parent in reversed(parents) if parent != leaf), "")
    asks = any(each.fills("asked") for each in slots.cut(label))  # 建没建
    if not group or len(label) > 10 or asks or _NO_OPTION.search(label):
        return None
    above = _field(group, (), "")
    of_party = set(above.fields) & {"has_org", "org_form", "coverage"} if above else set[str]()
    if not of_party and not _OF_ORGANISATION.search(group):
        return Meaning(("mass_orgs",), option=label, hint=hint) if _denies_all(above, label) else None
    if "coverage" in of_party and choices.coverage(label) in ("org", "work", "both", "none"):
        return None
    if isinstance(choices.org_form(label), OrgForm):
        return Meaning(("org_form",), option=label, hint=hint)
    built = choices.built(label)
    return Meaning(("has_org",), option=label, hint=hint) if built is False or (built and of_party) else None


def _denies_all(above: Meaning | None, label: str) -> bool:
    """未建 below 群团组织."""
    return above is not None and above.fields == ("mass_orgs",) and choices.built(label) is False


def _is_option(name: str, label: str) -> bool:
    if label in ("其他", "其它"):
        return True
    parsers = {
        "kind": choices.kind,
        "org_form": choices.org_form,
        "org_level": choices.org_level,
        "coverage": choices.coverage,
        "operating_status": choices.operating_status,
        "responsibility": choices.responsibility,
    }
    read = parsers.get(name)
    return read is not None and isinstance(read(label), str) and not re.search(r"名称|时间|日期|数$|人数", label)


_STANDING = re.compile("党员|兼任|是否(?:为|是|任|担任)?党组织书记$|两代表一委员|人大代表|政协委员|党代表")
"""A yes or no, or a one, about a single person: 负责人是否党员 is his own political standing (domain.md, 3.3)."""
_OF_MANY = re.compile("成员中|股东中|人数|委员数")


def _personal(leaf: str, parents: tuple[str, ...]) -> Meaning | None:
    """Asks for a person; or for what its group, a person, makes no fact of an organisation (法定代表人 > 党员数)."""
    known = vocabulary.load()
    told = leaf in known.words or leaf in known.lumped or bool(grammar.understood((leaf,)).fields)
    plain = leaf in known.ignored or (not persons.opens(parents) and told)
    asked = HeadingAsks.NOTHING if plain else persons.about((*parents, leaf))
    if asked in (HeadingAsks.PERSON, HeadingAsks.ROLE):
        instructor = bool(re.search("指导员|联络员|联系员", leaf + "".join(parents)))
        named = instructor and bool(re.search("姓名|名字", leaf))
        return Meaning(personal=True, open=asked is HeadingAsks.ROLE, instructor=named)
    if (
        asked is HeadingAsks.FACT
        and not _OF_MANY.search(leaf)
        and (persons.under_one(parents) or _STANDING.search(leaf))
    ):
        return Meaning(personal=True)
    return Meaning(ignored=True) if asked is HeadingAsks.FACT and persons.of(leaf) is not HeadingAsks.FACT else None


def _field(leaf: str, parents: tuple[str, ...], hint: str) -> Meaning | None:
    """The table says what no grammar could (irregular); a group that changes the meaning is left to the grammar."""
    read = grammar.understood((*parents, leaf))
    by_grammar = Meaning(read.fields, lumped=read.lumped, hint=hint, mended=read.mended) if read.fields else None
    joined = vocabulary.load().words.get((parents[-1] if parents else "") + leaf)
    if read.foreign:
        return by_grammar or (Meaning((joined,), hint=hint) if joined else None)
    if by_grammar and parents and grammar.understood((leaf,)).fields != read.fields:
        return by_grammar
    if found := _under(leaf, parents, hint) or _in_table(leaf, hint):
        return found
    return by_grammar or (Meaning((joined,), hint=hint) if joined and parents else None)


def _under(leaf: str, parents: tuple[str, ...], hint: str) -> Meaning | None:
    """A short heading that means something only under its group."""
    for parent in reversed(parents):
        for under, words in vocabulary.load().contexts:
            name = (
                next((words[each] for each in _plainer(leaf) if each in words), None) if under.search(parent) else None
            )
            if name == "ignored":
                return Meaning(ignored=True, hint=hint)
            if name is not None:
                return Meaning((name,), lumped=name == "members_total" and "预备" in parent, hint=hint)
    return None


def _in_table(leaf: str, hint: str) -> Meaning | None:
    known, leaves = vocabulary.load(), _plainer(leaf)
    if name := next((known.lumped[each] for each in leaves if each in known.lumped), None):
        return Meaning((name,), lumped=True, hint=hint)
    for each in leaves:
        if each in known.ambiguous:
            return Meaning(known.ambiguous[each], hint=hint)
        if each in known.words:
            return Meaning((known.words[each],), hint=hint)
        if each in known.ignored:
            return Meaning(ignored=True, hint=hint)
    return None


def _plainer(leaf: str) -> tuple[str, ...]:
    """The heading, then with less of it unless that makes another one of it: 党员数（退休）, 去年职工人数."""
    if slots.changed(leaf):
        return (leaf,)
    plain = _BRACKET.sub("", leaf)  # 组建方式（Formation mode）: the brackets say nothing
    if plain and plain != leaf:
        return (leaf, *_plainer(plain))
    return (leaf,) if grammar.understood((leaf,)).other else tuple(vocabulary.forms(leaf))
