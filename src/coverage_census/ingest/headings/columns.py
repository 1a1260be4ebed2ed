"""Header and values of a table in; for every headed column the field it feeds, or why it is not read, out."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from coverage_census.ingest.cells import choices, parsers, places, polarity
from coverage_census.ingest.cells.clean import NONE_WORDS, NOTHING, UNREADABLE, bare
from coverage_census.ingest.grid import Cell
from coverage_census.ingest.headings import grammar, vocabulary
from coverage_census.ingest.headings import meanings as headings
from coverage_census.ingest.headings.meanings import Meaning
from coverage_census.ingest.privacy import names, redact
from coverage_census.model.choices import OrgForm, OrgLevel
from coverage_census.model.organisation import about
from coverage_census.model.register import BODY

SAMPLE = 300  # distinct values that decide what an ambiguous heading means

_PERSON = re.compile(
    r"^[\u4e00-\u9fff]{2,4}(?:[、,，/ ][\u4e00-\u9fff]{2,4})*$|^[\u4e00-\u9fff]{1,4}·[\u4e00-\u9fff]{1,8}$"
)
_NO_PERSON = re.compile(r"已|未|派|有|无|是|否|名|配备|建|不详|待|指导员|联络员|选|同上|镇|街道|暂|一人|兼")
_FORM_OR_LEVEL = re.compile(
    r"^(?:单独|独立|联合|挂靠|依托|区域|行业|临时|派驻?)?(?:组建|建立|建)?(?:党委|(?:党)?总支|(?:党)?支部|指导员|联络员)?$"
)
_LEVEL = re.compile(r"(?:建立|设立?)?(党委|党?总支|党?支部)(?:部)?(?:个?数量?)?(?:\(个?\))?")
_LIST = re.compile(r"[、,，;；\n]|等\d")
_OF_PARTY = re.compile("党的?组织|党建|组建|组织设置")
_FEW = re.compile(r"\d{1,3}[名人个位]?|[一二两三四五六七八九十][名人个位]")
_PERHAPS_PERSONS = frozenset(["responsible_unit"])  # an exact heading (包联单位) under which somebody may be named
_OF_A_BODY = re.compile(r"^(?:现有)?(?:会|团)员")
_WHETHER_FOUNDED = re.compile(r"^(?:是否|有无|有没有)?(?:已经?)?(?:组?建立?|成立)(?:没[建有成]?(?:立|建)?|与否|否)?$")
_PARTY = re.compile(r"支部|总支|党委|党组织")
_NAMED = re.compile("[镇乡村街道社区县市](?:党委|党?总支|党?支部)")
_SUPERIOR = re.compile(r"(?:党委|党工委|委员会|工委|总支)$|党委")


@dataclass(frozen=True)
class Column:
    """One headed column (or label of a card) as it was understood."""

    index: int
    path: tuple[str, ...]
    meaning: Meaning
    field: str | None = None
    dropped: bool = False  # personal
    by_values: bool = False  # dropped for what stands in it: its heading does not say so
    instructor: bool = False  # a dropped name column that proves an instructor
    older: bool = False  # another column gives the same for a later year

    @cached_property
    def heading(self) -> str:
        # a header that took a row of values with it: no name may pass for a heading
        parts = (
            redact.HIDDEN if self.dropped and names.is_name(part) else redact.hidden(part, heading=True)
            for part in self.path
        )
        return ">".join(parts)

    @property
    def label(self) -> str | None:
        return self.meaning.option


def meanings(paths: Iterable[tuple[str, ...] | None], office: Mapping[str, str]) -> dict[int, Meaning]:
    """Column (from 0) → what its heading path means; `office`: the office's own words, heading → field."""
    found = dict[int, Meaning]()
    whole: tuple[str, ...] = ()  # the heading before a group 其中: 职工总数 | 其中 > 女
    for index, path in enumerate(paths):
        if not path:
            continue
        found[index] = headings.meaning(path, office)
        keys = [vocabulary.key(part) for part in path]
        within = keys[-2:-1] == ["其中"]
        if within and whole and not found[index].known:
            part = headings.meaning((*whole, path[-1]), office)
            found[index] = part if part.fields and part.option is None else found[index]
        within = within or keys[-1].startswith("其中")  # 从业人员 | 其中：女
        if not found[index].known and whole and len(keys[-1]) > 2 and keys[-1].startswith("其中"):
            part = headings.meaning((*whole, keys[-1].removeprefix("其中")), office)
            found[index] = part if part.fields and part.option is None else found[index]
        if not found[index].known and whole:
            found[index] = _told_by_neighbour(whole, path[-1], office) or found[index]
        whole = whole if within else path
    return found


_BODY_OF = {"has_union": "union_members", "has_league": "league_members"}
_MASS = frozenset({"has_union", "has_league", "has_women_org", "union_members", "league_members"})
_OF_ONE = frozenset({
    "name", "uscc", "kind", "subtype", "industry", "address", "township", "village", "zone", "operating_status",
    "above_scale", "revenue_10k", "registered_on",
})  # fmt: skip


def _told_by_neighbour(before: tuple[str, ...], leaf: str, office: Mapping[str, str]) -> Meaning | None:
    """会员数 behind 工会, 人数 behind 企业名称, 建没建 behind neither: the column before says whose it is."""
    fields, word = headings.meaning(before, office).fields, vocabulary.key(leaf)
    if len(fields) == 1 and fields[0] in _BODY_OF and _OF_A_BODY.search(word):
        part = headings.meaning((before[-1], leaf), office)
        return part if part.fields == (_BODY_OF[fields[0]],) else None
    if word in ("人数", "总人数") and fields[:1] and fields[0] in _OF_ONE:
        return Meaning(("employees",))
    asked = grammar.understood((word,))
    if asked.asks and not asked.unknown and _WHETHER_FOUNDED.search(word) and not _MASS & set(fields):
        of_party = headings.meaning(("党组织" + word,), office)
        return of_party if of_party.fields[:1] == ("has_org",) else None
    return None


def name_column(found: Mapping[int, Meaning], sample: Callable[[int], list[Cell]]) -> int | None:
    """The column that names the organisations: a certain heading, else an ambiguous one whose values are no places."""
    certain = [index for index, meaning in found.items() if meaning.fields == ("name",)]
    if certain:
        return max(certain, key=lambda index: (len(set(sample(index))) > 0, -index))
    if bodies := [index for index, meaning in found.items() if meaning.fields == (BODY,)]:
        return bodies[0]
    doubtful = [index for index, meaning in found.items() if "name" in meaning.fields and not meaning.option]
    for index in doubtful:
        texts = [str(value) for value in sample(index) if isinstance(value, str)]
        if (
            texts
            and sum(map(places.is_township, texts)) * 2 < len(texts)
            and not _mostly(_PARTY, texts)
            and not _mostly(_LIST, texts)
        ):
            return index
    return None


def decide(
    paths: tuple[tuple[str, ...] | None, ...],
    found: Mapping[int, Meaning],
    name: int,
    sample: Callable[[int], list[Cell]],
) -> list[Column]:
    """Every headed column with its field; where a heading is ambiguous its values decide."""
    beside = _levels_beside(paths, found, sample)
    ticked = _options_beside(paths, found, sample)
    return [
        Column(index, path, Meaning(("org_level",), beside=True), "org_level")
        if index in beside
        else _decide(index, path, ticked.get(index, found[index]), name, sample)
        for index, path in enumerate(paths)
        if path
    ]


def _options_beside(
    paths: tuple[tuple[str, ...] | None, ...], found: Mapping[int, Meaning], sample: Callable[[int], list[Cell]]
) -> dict[int, Meaning]:
    """单独建 | 联合建 | 未建 beside each other with ticks below and no group that asks: options of one question."""
    runs: list[list[int]] = []
    options = {index: field for index, path in enumerate(paths) if path and (field := _ticks_of(path, found[index]))}
    for index in options:
        together = runs and runs[-1][-1] == index - 1 and (paths[index] or ())[:-1] == (paths[index - 1] or ())[:-1]
        runs[-1].append(index) if together else runs.append([index])
    return {
        index: Meaning((options[index],), option=(paths[index] or ("",))[-1])
        for run in runs
        if len(run) > 1 and _of_party(run, options, paths, found) and _are_ticks(map(sample, run))
        for index in run
    }


def _ticks_of(path: tuple[str, ...], meaning: Meaning) -> str | None:
    """The field that a tick below would feed: a form of Party organisations, or that there is one."""
    label = vocabulary.key(path[-1])
    if meaning.option or meaning.office or meaning.personal or (meaning.known and meaning.fields != ("org_form",)):
        return None
    if len(label) > 8 or grammar.understood(tuple(map(vocabulary.key, path))).foreign:
        return None
    if isinstance(choices.org_form(label), OrgForm) and polarity.words_only(label):
        return "org_form"
    return "has_org" if choices.built(label) is not None else None


def _of_party(
    run: Sequence[int],
    options: Mapping[int, str],
    paths: Sequence[tuple[str, ...] | None],
    found: Mapping[int, Meaning],
) -> bool:
    """已建 | 未建 alone behind 工会 or 活动场所 may be of that one."""
    if "org_form" in (options[index] for index in run) or any("党" in (paths[index] or ("",))[-1] for index in run):
        return True
    before = found.get(run[0] - 1)
    return before is None or not {"has_union", "has_league", "has_women_org", "venue", "mass_orgs"} & set(before.fields)


def _are_ticks(columns: Iterable[list[Cell]]) -> bool:
    said = {bare(value) for column in columns for value in column if value is not None}
    return bool(said & choices.TICKS) and said <= choices.TICKS | choices.CROSSES | NOTHING


def _levels_beside(
    paths: tuple[tuple[str, ...] | None, ...], found: Mapping[int, Meaning], sample: Callable[[int], list[Cell]]
) -> frozenset[int]:
    """党委 | 总支 | 支部 beside each other, numbers below: how many of each; none alone says whether there is one."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for index, path in enumerate(paths):
        if path and not found[index].office and level_asked(path) is not None:
            groups.setdefault(path[:-1], []).append(index)
    return frozenset(
        index
        for group in groups.values()
        if len({level_asked(paths[index] or ()) for index in group}) > 1 and _are_counts(map(sample, group))
        for index in group
    )


def level_asked(path: tuple[str, ...]) -> OrgLevel | None:
    """The level of Party organisations that a column counts: 党支部数, 党组织数（个）> 总支."""
    keys = tuple(vocabulary.key(part) for part in path)
    match = _LEVEL.fullmatch(keys[-1]) if keys else None
    groups = keys[:-1]
    if match is None or not all(map(_OF_PARTY.search, groups)) or grammar.understood(keys).foreign:
        return None
    level = choices.org_level(match[1])
    return level if isinstance(level, OrgLevel) else None


def _are_counts(columns: Iterable[list[Cell]]) -> bool:
    """Whether numbers stand there, and beside them at most blanks and ticks."""
    said = {bare(value) for column in columns for value in column if value is not None}
    numbers = {text for text in said if text.isdecimal()}
    return bool(numbers) and said - numbers <= choices.TICKS | choices.CROSSES | NOTHING


def _decide(
    index: int, path: tuple[str, ...], meaning: Meaning, name: int, sample: Callable[[int], list[Cell]]
) -> Column:
    if meaning.personal and not meaning.open:
        return Column(index, path, meaning, dropped=True, instructor=meaning.instructor)
    held = spelled_out(meaning, sample(index))
    distinct = list[Cell](value for value in dict.fromkeys(held) if value is not None)[:SAMPLE]
    if meaning.personal:
        told = _only_answers(distinct)  # 书记 | 是, 指导人 | 2: who it is stands nowhere
        return Column(index, path, Meaning(ignored=True) if told else meaning, dropped=not told)
    if index == name:
        return Column(index, path, meaning, "name")
    field = _choose(meaning, distinct)
    if _is_of_persons(meaning, field, distinct):
        return Column(index, path, meaning, dropped=True, by_values=True)
    if field is None:
        return Column(index, path, meaning)
    if field == "name":  # a second name column: the first one stands
        return Column(index, path, Meaning(ignored=True))
    if field == "instructors" and _persons(distinct):
        return Column(index, path, meaning, dropped=True, instructor=True)
    if field == "org_form" and not meaning.option and _only_ticks(distinct):  # 单独组建 | 联合组建, with no group above
        return Column(index, path, replace(meaning, option=path[-1]), field)
    if field in about() and about()[field].holds == "text" and not meaning.option and _only_ticks(distinct):
        return Column(index, path, Meaning(ignored=True))
    return Column(index, path, meaning, field)


def spelled_out(meaning: Meaning, cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells with the words for which their codes stand: B, ②, 2 under 组建形式（A单独 B联合）."""
    if not meaning.legend:
        return cells
    words = dict(meaning.legend)
    return [value if value is None else words.get(bare(value).lower(), value) for value in cells]


def _is_of_persons(meaning: Meaning, field: str | None, distinct: list[Cell]) -> bool:
    """Whether the values show a column to be personal whose heading leaves it open; the office's own word does not."""
    if field is None and not meaning.ignored:
        return redact.looks_personal(distinct) or names.look_personal(distinct)
    if field in about() and about()[field].holds == "text" and not meaning.office and names.look_alone(distinct):
        return True  # 三级包保 > 县, 镇, 村: it is asked who, not where
    doubtful = meaning.many or field in _PERHAPS_PERSONS
    return doubtful and not meaning.office and field != "instructors" and names.look_personal(distinct)


def _choose(meaning: Meaning, distinct: list[Cell]) -> str | None:
    if not meaning.fields:
        return None
    candidates = [field for field in meaning.fields if field != "name"]
    if len(meaning.fields) == 1:
        return meaning.fields[0]
    said = [value for value in distinct if bare(value).lower() not in NOTHING and bare(value) not in NONE_WORDS]
    if not said:
        return candidates[0] if candidates else None
    shares = [
        (
            _answers(said, distinct) if field == "has_org" else sum(_fits(field, value) for value in said) / len(said),
            -rank,
            field,
        )
        for rank, field in enumerate(candidates)
    ]
    share, _, field = max(shares, default=(0.0, 0, ""))
    return field if share >= 0.5 else None


def _answers(said: list[Cell], distinct: list[Cell]) -> float:
    """How many values answer 是否建立党组织: yes, no, and beside those a form or level (无, 未建, 联合组建, 党总支)."""
    plain = [value for value in said if isinstance(choices.flag(value), bool)]
    more = [value for value in said if _FORM_OR_LEVEL.match(choices.text_of(value))]
    denied = any(bare(value) in NONE_WORDS for value in distinct)
    return len({*plain, *more}) / len(said) if plain or denied else 0.0


def _fits(field: str, value: Any) -> bool:
    """Whether a value is what a column of that field would hold."""
    text = choices.text_of(value)
    if field == "township":
        return places.is_township(text)
    if field == "superior_org":
        return bool(_SUPERIOR.search(text))
    if field == "org_name":
        return bool(_PARTY.search(text)) and len(text) > 5
    if field in ("org_level", "responsibility") and (len(text) > 7 or _NAMED.search(text)):
        return False  # a name of a Party organisation, not its class
    if field == "subtype":
        return choices.kind(value) is not UNREADABLE and not _PARTY.search(text)
    if field == "kind":
        return not _PARTY.search(text) and choices.kind(value) not in (UNREADABLE, None)
    if field in ("address", "joint_names", "village", "industry"):
        return len(text) > 3 and not text.isdecimal()
    if field in about():
        read = parsers.parser(field)(value)
        return read is not None and read is not UNREADABLE
    return choices.coverage(value) not in (None, UNREADABLE)


def _persons(distinct: list[Cell]) -> bool:
    """Whether the values are names of people."""
    texts = [bare(value) for value in distinct if isinstance(value, str)]
    said = [text for text in texts if text.lower() not in NOTHING and text not in NONE_WORDS]
    hits = sum(1 for text in said if _PERSON.match(text) and not _NO_PERSON.search(text))
    return hits > 0 and hits * 2 >= len(said)


def _only_answers(distinct: list[Cell]) -> bool:
    """Whether the values are numbers of persons or a yes and no, and something is said."""
    said = [value for value in distinct if bare(value).lower() not in NOTHING]
    return bool(said) and all(
        isinstance(choices.flag(value), bool) or bare(value) in NONE_WORDS or _FEW.fullmatch(bare(value))
        for value in said
    )


def _only_ticks(distinct: list[Cell]) -> bool:
    texts = {bare(value) for value in distinct}
    return bool(texts) and texts <= choices.TICKS | choices.CROSSES | {"是", "否", "1", "0"}


def _mostly(pattern: re.Pattern[str], texts: list[str]) -> bool:
    return sum(1 for text in texts if pattern.search(text)) * 2 > len(texts)
