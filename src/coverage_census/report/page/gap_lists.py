"""Decisions in; the gap lists of the page out: one list a class, the most severe first, one row an organisation."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from coverage_census.model.decision import Citation, Decision, Gap, Verdict
from coverage_census.model.organisation import about
from coverage_census.report import figures
from coverage_census.report.figures import Share
from coverage_census.words.catalogue import Words
from coverage_census.words.irregular import irregular
from coverage_census.words.labels import field_label


@dataclass(frozen=True)
class QuotedRule:
    """One rule of the policy as a report quotes it; `code` is what `Decision.rule` says."""

    code: str
    title: str
    citation: Citation


@dataclass(frozen=True)
class CitedRule:
    """依据: a rule under the number by which the page refers to it."""

    number: int
    title: str
    where: str
    text: str


@dataclass(frozen=True)
class FactColumn:
    """A column of facts, headed as the ledger calls it: 正式党员（名）; `long` texts may take several lines."""

    label: str
    numeric: bool
    long: bool


@dataclass(frozen=True)
class GapRow:
    """One organisation in the list of one class."""

    name: str
    township: str
    facts: tuple[str, ...]
    advice: str
    basis: tuple[CitedRule, ...]
    note: str
    owner: str


@dataclass(frozen=True)
class GapClass:
    """缺口类别 with its list. `same` says once what is the same in all rows; `advised`: rows show their advice."""

    code: str
    severity: int
    label: str
    meaning: str
    remedy: str
    basis: tuple[CitedRule, ...]
    same: tuple[str, ...]
    advised: bool
    columns: tuple[FactColumn, ...]
    rows: tuple[GapRow, ...]
    count: int
    organisations: int
    beside: str = ""  # of irregular joint branches: how many they are

    @property
    def share(self) -> Share:
        return Share(self.count, self.organisations)

    @property
    def owned(self) -> bool:
        """Whether rows say whose task they are."""
        return any(row.owner for row in self.rows)

    @property
    def beyond(self) -> int:
        """Organisations of the class that are not in `rows`: a page lists so many, the file of rows has them all."""
        return self.count - len(self.rows)


@dataclass(frozen=True)
class UnknownRow:
    """待核: an organisation on which at least one rule cannot be decided; `suspected` names gaps it may have."""

    name: str
    township: str
    reasons: tuple[str, ...]
    suspected: tuple[str, ...]


CLASSES = tuple(gap for gap in Gap if gap is not Gap.UNCONFIRMED)
"""The classes that are gaps; what is not confirmed is none, and has a list of its own."""

Who = tuple[str, str | None, str | None, str | None]
Owners = Mapping[Who, str]
"""Name, code, county and township of an organisation → the committee that owns what is to be done there."""

LISTED = 30
"""So many rows of a class a page lists where there is a file of rows beside it."""


@dataclass(frozen=True)
class GapCounts:
    """How many organisations have a gap at all, one of each class, are to be confirmed, and both at once; `branches`:
    how many joint branches (个) those of an irregular one are in."""

    with_gap: int
    classes: Mapping[Gap, int]
    to_confirm: int
    both: int
    branches: int = 0


def counted_in(gaps: Iterable[Set[Gap]], branches: int) -> GapCounts:
    """Of the classes that each organisation stands in."""
    every = Counter(map(frozenset, gaps))
    unconfirmed = {found: n for found, n in every.items() if Gap.UNCONFIRMED in found}
    return GapCounts(
        with_gap=sum(n for found, n in every.items() if found - {Gap.UNCONFIRMED}),
        classes={gap: sum(n for found, n in every.items() if gap in found) for gap in CLASSES},
        to_confirm=sum(unconfirmed.values()),
        both=sum(n for found, n in unconfirmed.items() if len(found) > 1),
        branches=branches,
    )


def counted(decisions: Sequence[Decision]) -> GapCounts:
    """The same of decisions that are all there."""
    gaps = [each for each in decisions if each.verdict is Verdict.GAP]
    unknown = [each for each in decisions if each.verdict is Verdict.UNKNOWN]
    classes: dict[Gap, int] = {gap: organisations(each for each in gaps if each.gap is gap) for gap in CLASSES}
    plain = [each.model_copy(update={"gap": None}) for each in (*gaps, *unknown)]
    with_gap, to_confirm = organisations(plain[: len(gaps)]), organisations(plain[len(gaps) :])
    return GapCounts(with_gap, classes, to_confirm, with_gap + to_confirm - organisations(plain))


Facts = Mapping[str, str | int | float | bool | None]

Group = tuple[Decision, ...]
"""The decisions of one list on one organisation."""

ADVISED = CLASSES[: CLASSES.index(Gap.IRREGULAR_JOINT) + 1]
"""The classes that the advice on formation closes; it says nothing about activity or mass organisations."""

LONG = 8
"""From how many characters on a fact may take several lines."""

Numbered = Mapping[tuple[str, Citation], CitedRule]
"""What is quoted, by rule and citation: one rule may cite several texts (its own, a dated number's)."""


def numbered(rules: Sequence[QuotedRule], decisions: Iterable[Decision], words: Words) -> Numbered:
    """Every rule quoted, numbered: those of the policy in their order, then any that only a decision cites."""
    found: dict[tuple[str, Citation], CitedRule] = {}
    titles = {each.code: each.title for each in rules}
    cited = [(each.code, each.citation) for each in rules] + [(each.rule, each.citation) for each in decisions]
    for code, citation in cited:
        if (code, citation) not in found:
            where = words("report.citation", document=citation.document.strip("《》"), article=citation.article)
            text = words("rules.card.paraphrased", text=citation.text) if citation.paraphrased else citation.text
            found[code, citation] = CitedRule(len(found) + 1, titles.get(code, code), where, text)
    return found


def gap_classes(
    decisions: Iterable[Decision],
    places: Sequence[str],
    total: int,
    counts: GapCounts,
    basis: Numbered,
    words: Words,
    owners: Owners | None = None,
) -> tuple[GapClass, ...]:
    """The gap lists in order of severity, empty ones included; rows in the order of `places`. `total`: of all."""
    classes: dict[Gap, list[Decision]] = {gap: [] for gap in CLASSES}
    for each in decisions:
        if each.verdict is Verdict.GAP and each.gap in classes:
            classes[each.gap].append(each)
    return tuple(
        _list(gap, _organisations(found, places), counts, total, basis, owners or {}, words)
        for gap, found in classes.items()
    )


def _beside(gap: Gap, counts: GapCounts, words: Words) -> str:
    if gap is not Gap.IRREGULAR_JOINT or not counts.branches:
        return ""
    return irregular(counts.classes.get(gap, 0), counts.branches, words)


def unknown(decisions: Iterable[Decision], places: Sequence[str], words: Words) -> tuple[UnknownRow, ...]:
    """待核清单: who must be asked again, and about what."""
    groups = _organisations((each for each in decisions if each.verdict is Verdict.UNKNOWN), places)
    return tuple(_unknown_row(group, words) for group in groups)


def organisations(decisions: Iterable[Decision]) -> int:
    """How many organisations these decisions are about."""
    return len(_organisations(decisions, ()))


def _organisations(decisions: Iterable[Decision], places: Sequence[str]) -> list[Group]:
    groups: dict[tuple[object, ...], list[Decision]] = {}
    seen: Counter[tuple[object, ...]] = Counter()
    for each in decisions:
        who = (each.name, each.uscc, each.county, each.township)
        # Two organisations of one name without a code differ only in this: one rule spoke twice.
        seen[who, each.rule, each.gap] += 1
        groups.setdefault((*who, seen[who, each.rule, each.gap]), []).append(each)
    order = {place: at for at, place in enumerate(places)}
    return sorted(map(tuple, groups.values()), key=lambda group: _place(group[0], order))


def _place(each: Decision, order: Mapping[str, int]) -> int:
    """Where its township stands; a table calls it by county and township where two counties have one of that name."""
    whole = f"{each.county or ''}{each.township or ''}"
    return order.get(each.township or "", order.get(whole, len(order)))


def _list(
    gap: Gap, groups: Sequence[Group], counts: GapCounts, total: int, basis: Numbered, owners: Owners, words: Words
) -> GapClass:
    facts = [{name: value for each in group for name, value in each.facts.items()} for group in groups]
    # What is unknown of all of them decided nothing (how a branch was formed where there is none).
    known = dict.fromkeys(name for row in facts for name, value in row.items() if value is not None)
    names = [name for name in about() if name in known] + [name for name in known if name not in about()]
    cells = {name: [_cell(name, row, words) for row in facts] for name in names}
    numeric = {name for name in names if _is_numeric(row.get(name) for row in facts)}
    same = [name for name in names if name not in numeric and len(set(cells[name]) - {""}) == 1]
    shown = [name for name in names if name not in same]
    cited = {each: None for group in groups for each in _cited(group, basis)}
    return GapClass(
        code=gap.value,
        severity=1 + CLASSES.index(gap),
        label=words(f"term.gap.{gap.value}"),
        meaning=words(f"report.gap.{gap.value}.meaning"),
        remedy=words(f"report.gap.{gap.value}.remedy"),
        basis=tuple(sorted(cited, key=lambda each: each.number)),
        same=tuple(_said_once(name, cells[name], words) for name in same),
        advised=gap in ADVISED,
        columns=tuple(
            FactColumn(_label(name, words), name in numeric, max(map(len, cells[name])) > LONG) for name in shown
        ),
        count=counts.classes.get(gap, 0),
        organisations=total,
        beside=_beside(gap, counts, words),
        rows=tuple(
            _row(group, tuple(cells[name][at] for name in shown), basis, owners, words)
            for at, group in enumerate(groups)
        ),
    )


def _cell(name: str, facts: Facts, words: Words) -> str:
    """A fact that the rule did not ask for is left blank; one that it asked for in vain is unknown."""
    return figures.fact(name, facts[name], words) if name in facts else ""


def _said_once(name: str, cells: Sequence[str], words: Words) -> str:
    """`是否建立党组织“否”`; where some rows have no such fact, as much is said."""
    key = "report.list.pair_some" if "" in cells else "report.list.pair"
    return words(key, label=_label(name, words), value=next(filter(None, cells)))


def _row(group: Group, facts: tuple[str, ...], basis: Numbered, owners: Owners, words: Words) -> GapRow:
    first = group[0]
    return GapRow(
        name=first.name,
        township=first.township or words("report.not_stated"),
        facts=facts,
        advice=words(f"term.advice.{first.advice.value}"),
        basis=_cited(group, basis),
        owner=owners.get((first.name, first.uscc, first.county, first.township), ""),
        note="" if first.basis in {None, "formal"} else words(f"report.basis.{first.basis}"),
    )


def _cited(group: Group, basis: Numbered) -> tuple[CitedRule, ...]:
    return tuple(basis[each.rule, each.citation] for each in group)


def _unknown_row(group: Group, words: Words) -> UnknownRow:
    gaps = {each.gap: None for each in group if each.gap not in {None, Gap.UNCONFIRMED}}
    return UnknownRow(
        name=group[0].name,
        township=group[0].township or words("report.not_stated"),
        reasons=tuple(dict.fromkeys(each.reason for each in group)),
        suspected=tuple(words(f"term.gap.{gap.value}") for gap in gaps if gap),
    )


def _is_numeric(values: Iterable[object]) -> bool:
    """One number makes a column of numbers: others in it may be `至少3`."""
    return any(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _label(name: str, words: Words) -> str:
    """The ledger's own label with its unit: 正式党员（名）."""
    note, derived = about().get(name), f"report.derived.{name}"
    key = f"report.measure.{note.unit}" if note else derived
    label = field_label(name, words)
    return words("report.with_unit", label=label, unit=words(key)) if words.has(key) else label
