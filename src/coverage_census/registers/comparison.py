"""A register and a state of the ledger in; every row of both in one class, with what links and divides them, out."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from coverage_census.model.choices import is_gone
from coverage_census.model.register import MASS, Compared, RegisterClass, RegisterLine
from coverage_census.names.town_word import without_town_word
from coverage_census.registers import differences, mentions
from coverage_census.registers.matching import match as matching
from coverage_census.registers.matching.sides import Link, Names, NamesMatched, OpenPair, Pair, SaidPairs, Step, Unsure
from coverage_census.registers.mentions import Mentions
from coverage_census.registers.side import Side

Said = Callable[[Names, Names], SaidPairs]
"""Names of the ledger and of the register → what people said of pairs of them."""

WORST_FIRST = (
    RegisterClass.CODE_TWO_NAMES, RegisterClass.NAME_TWO_CODES, RegisterClass.GONE_BUT_LISTED,
    RegisterClass.KIND_DIFFERS, RegisterClass.COUNTS_DIFFER, RegisterClass.DOUBTFUL, RegisterClass.NOT_IN_LEDGER,
    RegisterClass.NOT_IN_REGISTER, RegisterClass.REPEATED, RegisterClass.AGREES,
)  # fmt: skip
"""A row with several lines (a joint union) is in the class of its worst one."""
_RANK = {each: place for place, each in enumerate(WORST_FIRST)}
_UNSURE = {
    Unsure.ONE_CODE_TWO_NAMES: RegisterClass.CODE_TWO_NAMES,
    Unsure.ONE_NAME_TWO_CODES: RegisterClass.NAME_TWO_CODES,
}
"""Any other doubt is 疑似."""


@dataclass(frozen=True)
class Outside:
    """Rows that the comparison does not speak of: of another county, or of a kind that no such register lists."""

    register: tuple[int, ...] = ()
    ledger: tuple[int, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Every line, in the order of the register, then of the ledger; and in which class each row of either side is."""

    register: str
    lines: tuple[RegisterLine, ...]
    register_rows: Mapping[int, RegisterClass]
    ledger_rows: Mapping[int, RegisterClass]
    steps: Mapping[str, int]
    outside: Outside = field(default_factory=Outside)
    nobody: tuple[int, ...] = ()  # rows of the register that name a body and no organisation
    unnamed: int = 0  # organisations that joint bodies only count (等52家)

    @property
    def answered(self) -> int:
        """Lines of which a person has said what holds."""
        return sum(1 for each in self.lines if each.answer is not None)

    @property
    def contradicted(self) -> int:
        """Organisations of which register and sheet say different things on having a union, league or women's
        organisation, and nobody has answered: until then figures take it as unknown."""
        return sum(
            any(each.field in MASS.values() for each in line.differs)
            for line in self.lines
            if line.ledger is not None and line.answer is None
        )

    def counts(self) -> Mapping[RegisterClass, tuple[int, int]]:
        """Class → rows of the register and rows of the ledger in it; every class is there."""
        theirs, ours = Counter(self.register_rows.values()), Counter(self.ledger_rows.values())
        return {each: (theirs[each], ours[each]) for each in RegisterClass}


def compare(register: str, theirs: Side, ours: Side, said: Said) -> Comparison:
    """The register `theirs` against the ledger's state `ours`; `said` gives people's answers on who is who."""
    outside = _outside(register, theirs, ours)
    named = mentions.of(theirs, register)
    far = set(outside.register)
    there = [at for at, row in enumerate(named.row) if row not in far]
    again = _called_alike(register, theirs, named, there)
    there = [at for at in there if at not in again]
    beyond = set(outside.ledger)
    own = [row for row in range(ours.size) if row not in beyond or _of_other_kind(register, ours, row)]
    sides = _ours(ours, own), _theirs(theirs, named, there, _only(ours))
    spoken = said(*sides)
    found = matching.match(*sides, spoken)
    found = replace(found, doubts=tuple(each for each in found.doubts if own[each.ours] not in beyond))
    lines = _Lines(register, theirs, ours, named, beyond).of(found, own, there, again, {*spoken.different})
    met = {line.ledger.row for line in lines if line.ledger is not None}
    outside = replace(outside, ledger=tuple(row for row in outside.ledger if row not in met))
    nobody = tuple(row for row in named.nobody if row not in far)
    every = (*lines, *_bodies(theirs, nobody))
    return Comparison(
        register,
        every,
        _classes((line.register.row, line.kind) for line in every if line.register is not None),
        _classes(
            (line.ledger.row, line.kind)
            for line in every
            if line.ledger is not None and line.kind is not RegisterClass.REPEATED  # the register's own matter
        ),
        {str(step): count for step, count in found.counts.items() if count},
        outside,
        nobody,
        named.unnamed,
    )


def _classes(pairs: Iterable[tuple[int, RegisterClass]]) -> dict[int, RegisterClass]:
    found: dict[int, RegisterClass] = {}
    for row, kind in pairs:
        if row not in found or _RANK[kind] < _RANK[found[row]]:
            found[row] = kind
    return found


def _outside(register: str, theirs: Side, ours: Side) -> Outside:
    """A register speaks for the counties that it names (that of one township for this one), and the ledger for its own;
    of unknown place both may be."""
    known = {each for each in ours.texts("county") if each}
    far = [row for row, each in enumerate(theirs.texts("county")) if known and each and each not in known]
    counties, towns = _spoken(theirs, "county"), _spoken(theirs, "township") if register in MASS else None
    county, town, kind = ours.texts("county"), ours.texts("township"), ours.texts("kind")
    other = [
        row
        for row in range(ours.size)
        if not (_speaks(counties, county[row]) and _speaks(towns, without_town_word(town[row])))
        or not differences.lists(register, kind[row])
    ]
    return Outside(tuple(far), tuple(other))


def _spoken(side: Side, name: str) -> set[str] | None:
    """The places that a side names, if every row names one; None: it may speak of any."""
    said = side.texts(name)
    return {without_town_word(each) or "" for each in said if each} if said and all(said) else None


def _speaks(spoken: set[str] | None, place: str | None) -> bool:
    return spoken is None or place is None or place in spoken


def _of_other_kind(register: str, ours: Side, row: int) -> bool:
    """Whether only its kind keeps it from such a register: if it stands there all the same, that is 类别不符."""
    return not differences.lists(register, ours.column("kind")[row])


def _called_alike(register: str, side: Side, named: Mentions, there: Sequence[int]) -> dict[int, int]:
    """Mention → the first that is called exactly so: of a mass organisation in another of its bodies (a joint union and
    one of its own), else on another list; whom a clerk listed twice on one list of organisations are two."""
    county, town, code = map(side.texts, ("county", "township", "uscc"))
    lists = list(zip(*map(side.texts, ("source_file", "source_sheet")), strict=True))
    towns: dict[tuple[object, ...], set[str]] = {}
    for at in there:
        row = named.row[at]
        towns.setdefault((named.name[at], county[row]), set()).update([town[row] or ""])
    first: dict[tuple[object, ...], int] = {}
    found: dict[int, int] = {}
    for at in there:
        row = named.row[at]
        called = (named.name[at], county[row])
        known = len(towns[called] - {""}) > 1  # 富民超市 in two townships: only the township tells which
        key = (*called, town[row] if known else "", None if named.of_several[at] else code[row])
        other = first.setdefault(key, at)
        if other != at and (register in MASS or lists[row] != lists[named.row[other]]):
            found[at] = other
    return found


def _only(side: Side) -> str | None:
    """The only county that a side names: where one occurs, an unnamed county is that one."""
    counties = {each for each in side.texts("county") if each}
    return counties.pop() if len(counties) == 1 else None


def _ours(side: Side, rows: Sequence[int]) -> Names:
    name, uscc, code, county, township = map(side.texts, ("name", "uscc", "code", "county", "township"))
    uscc, code, county, township = ([column[row] for row in rows] for column in (uscc, code, county, township))
    return Names([name[row] or "" for row in rows], uscc, code, county, township)


def _theirs(side: Side, named: Mentions, there: Sequence[int], only: str | None) -> Names:
    """A row that covers several has a code of its own, not of theirs; who names no county is of the `only` one."""
    uscc, code, county, township = map(side.texts, ("uscc", "code", "county", "township"))
    rows = [named.row[at] for at in there]
    alone = [not named.of_several[at] for at in there]
    return Names(
        name=[named.name[at] for at in there],
        uscc=[uscc[row] if own else None for row, own in zip(rows, alone, strict=True)],
        code=[code[row] if own else None for row, own in zip(rows, alone, strict=True)],
        county=[county[row] or only for row in rows],
        township=[township[row] for row in rows],
        row=rows,
    )


def _bodies(theirs: Side, nobody: Iterable[int]) -> Iterator[RegisterLine]:
    """A body that names no organisation is for a person to look at."""
    return (RegisterLine(RegisterClass.DOUBTFUL, theirs.listed(row), None) for row in nobody)


def _unsure(each: OpenPair) -> RegisterClass:
    return _UNSURE.get(each.why, RegisterClass.DOUBTFUL)


def _worst_first(each: OpenPair) -> tuple[int, float]:
    """A line with several candidates is of the class of its worst; of equal ones the likest comes first."""
    return _RANK[_unsure(each)], -each.score


class _Lines:
    """Links and doubts as lines."""

    def __init__(self, register: str, theirs: Side, ours: Side, named: Mentions, beyond: Collection[int]) -> None:
        self.register, self.theirs, self.ours, self.named, self.beyond = register, theirs, ours, named, beyond

    def of(
        self,
        found: NamesMatched,
        own: Sequence[int],
        there: Sequence[int],
        again: Mapping[int, int],
        apart: Collection[Pair],
    ) -> list[RegisterLine]:
        """`own` and `there`: which rows and mentions the places in `found` are; `again`: who is called as another;
        `apart`: pairs that somebody said to be two."""
        by_mention = {there[each.theirs]: each for each in found.links}
        doubts: dict[int, list[OpenPair]] = {}
        for each in found.doubts:
            doubts.setdefault(there[each.theirs], []).append(each)
        repeated = {there[at]: there[held] for at, held in found.repeated[1].items()}
        again = {mention: repeated.get(held, held) for mention, held in again.items()} | repeated
        more = self._of_one_code(found, own, there, by_mention, apart)
        by_mention |= more
        again |= self._without_code(there, by_mention)
        lines, taken = list[RegisterLine](), set[int]()
        for mention in sorted((*there, *again.keys() - {*there})):
            held = again.get(mention, mention)
            several = self.named.of_several[mention]  # in a joint union it is no repetition
            twice = (mention != held and not several) or mention in more
            if (link := by_mention.get(held)) is not None:
                lines.append(self._linked(mention, own[link.ours], link, again=twice))
                taken.add(own[link.ours])
            else:
                lines.append(self._open(mention, doubts.get(held, ()), own, again=twice))
        asked: dict[int, list[OpenPair]] = {}
        for each in found.doubts:
            asked.setdefault(own[each.ours], []).append(each)
        lines += [
            self._alone(row, asked.get(row, ()), there) for row in own if row not in taken and row not in self.beyond
        ]
        return lines

    def _without_code(self, there: Sequence[int], linked: Mapping[int, Link]) -> dict[int, int]:
        """Who stands there with its code, by which it is known, and once more without: that is the first again."""
        coded: dict[tuple[str | None, ...], int] = {}
        for mention, link in linked.items():
            if link.step is Step.CODE:
                coded.setdefault(self._called(mention), mention)
        bare = (each for each in there if each not in linked and not self._code(each))
        return {each: coded[self._called(each)] for each in bare if self._called(each) in coded}

    def _called(self, mention: int) -> tuple[str | None, ...]:
        row = self.named.row[mention]
        return (self.named.name[mention], *(self.theirs.text(row, each) for each in ("county", "township")))

    def _code(self, mention: int) -> str | None:
        return None if self.named.of_several[mention] else self.theirs.text(self.named.row[mention], "uscc")

    def _of_one_code(
        self,
        found: NamesMatched,
        own: Sequence[int],
        there: Sequence[int],
        linked: Mapping[int, Link],
        apart: Collection[Pair],
    ) -> dict[int, Link]:
        """同一单位 was said of another row of its code: the row that has code and name as the ledger is its too."""
        held = {each.ours for each in linked.values()}
        codes = {self.ours.column("uscc")[own[at]]: at for at in held} if held else {}
        doubted = {each.theirs for each in found.doubts}
        more = {}
        for at, mention in enumerate(there):
            code = self._code(mention)
            if mention in linked or at in doubted or code is None:
                continue
            other = codes.get(code)
            if other is not None and (other, at) not in apart:
                more[mention] = Link(other, at, Step.CODE, (code, code))
        return more

    def _linked(self, mention: int, other: int, link: Link, *, again: bool) -> RegisterLine:
        row, several = self.named.row[mention], self.named.of_several[mention]
        kind, differs = self._judged(row, other, link, several=several)
        if again:
            kind, differs = RegisterClass.REPEATED, ()
        theirs = self.theirs.listed(row)._replace(name=self.named.name[mention])
        return RegisterLine(kind, theirs, self.ours.listed(other), str(link.step), link.on, differs, (), link.score)

    def _judged(self, row: int, other: int, link: Link, *, several: bool) -> tuple[RegisterClass, tuple[Compared, ...]]:
        theirs, ours = self.theirs, self.ours
        if (gone := differences.gone(theirs, row, ours, other)) is not None:
            return RegisterClass.GONE_BUT_LISTED, (gone,)
        if (kind := differences.kind(self.register, theirs, row, ours, other)) is not None:
            return RegisterClass.KIND_DIFFERS, (kind,)
        differs = tuple(differences.of(self.register, theirs, row, ours, other, several=several))
        return (RegisterClass.COUNTS_DIFFER if differs else RegisterClass.AGREES), differs

    def _open(self, mention: int, doubts: Sequence[OpenPair], own: Sequence[int], *, again: bool) -> RegisterLine:
        row = self.named.row[mention]
        theirs = self.theirs.listed(row)._replace(name=self.named.name[mention])
        if again:
            return RegisterLine(RegisterClass.REPEATED, theirs, None)
        if doubts:
            ordered = sorted(doubts, key=_worst_first)
            kind, first = _unsure(ordered[0]), ordered[0]
            candidates = tuple(self.ours.listed(own[each.ours]) for each in ordered)
            return RegisterLine(kind, theirs, None, str(first.why), first.on, (), candidates, first.score)
        if is_gone(self.theirs.text(row, "operating_status")):
            return RegisterLine(RegisterClass.AGREES, theirs, None)  # gone there, and not here
        return RegisterLine(RegisterClass.NOT_IN_LEDGER, theirs, None)

    def _alone(self, row: int, doubts: Sequence[OpenPair], there: Sequence[int]) -> RegisterLine:
        """An organisation that the register does not name."""
        ours = self.ours.listed(row)
        if doubts:
            ordered = sorted(doubts, key=_worst_first)
            first, mentions_ = ordered[0], [there[each.theirs] for each in ordered]
            others = (
                self.theirs.listed(self.named.row[each])._replace(name=self.named.name[each]) for each in mentions_
            )
            return RegisterLine(_unsure(first), None, ours, str(first.why), first.on, (), tuple(others), first.score)
        mass = MASS.get(self.register)
        if is_gone(self.ours.text(row, "operating_status")) or (mass and self.ours.column(mass)[row] is False):
            return RegisterLine(RegisterClass.AGREES, None, ours)  # neither of the two knows it, or its body
        if mass and self.ours.column(mass)[row] is True:
            differs = (Compared(mass, False, True, None, self.ours.cells(row, mass)),)
            return RegisterLine(RegisterClass.NOT_IN_REGISTER, None, ours, differs=differs)
        return RegisterLine(RegisterClass.NOT_IN_REGISTER, None, ours)
