"""A period, and what organisations lack in; each of them with all that it owes, by township, out."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from coverage_census.ledger.owed import who_reported
from coverage_census.ledger.owed.book import Book
from coverage_census.ledger.owed.open_problems import Located
from coverage_census.ledger.owed.township_counts import findings
from coverage_census.ledger.owed.who_reported import Matched, Place
from coverage_census.model.choices import Kind
from coverage_census.model.outstanding import Lacking, OpenFinding, Owing, Standing


@dataclass(frozen=True)
class OwingListed:
    """Organisations that owe something, by township; `complete` False: there are too many to list what they lack."""

    by_place: "Mapping[Place, Sequence[Owing]]"
    undecided: "Mapping[Place, int] | None"  # formations that cannot be decided, where they were listed
    complete: bool = True


def organisations(book: Book, wanted: Collection[Place], found: Sequence[Lacking] | None) -> OwingListed:
    """Every organisation of these townships that owes something, with all that it owes. `found`: those of which
    something is not known; None: too many to list."""
    owing = _Owing(book, frozenset(wanted))
    if book.state is not None:
        owing.add_unnamed()
    if book.register is not None:
        owing.add_never(book.register)
    for each in found or ():
        owing.add_lacking(each)
    for township, listed in findings(book).items():
        owing.add_findings(township, listed)
    undecided = None if found is None else Counter(
        place for each in found if each.undecided and (place := book.meant(*each.place)) is not None
    )  # fmt: skip
    return OwingListed(owing.by_place(), undecided, found is not None)


def in_common(listed: Sequence[Owing]) -> tuple[tuple[str, ...], tuple[Owing, ...]]:
    """What every organisation of a township lacks (its sheet has no such column), said once; and what each has left."""
    asked = [each.more for each in listed if each.more]
    common = [name for name in asked[0] if all(name in more for more in asked)] if len(asked) > 1 else []
    left = (each.model_copy(update={"more": tuple(n for n in each.more if n not in common)}) for each in listed)
    return tuple(common), tuple(each for each in left if _owes(each))


def _owes(each: Owing) -> bool:
    return bool(each.standing != "named" or each.facts or each.more or each.findings)


@dataclass
class _Owing:
    """Organisations by township and name, as one thing after another is found that they owe."""

    book: Book
    wanted: "frozenset[Place]"
    found: "dict[tuple[Place | None, str, str | None], Owing]" = field(default_factory=dict)

    def by_place(self) -> "dict[Place, list[Owing]]":
        listed: dict[Place, list[Owing]] = defaultdict(list)
        for (place, _, _), each in self.found.items():
            if place is not None:
                listed[place].append(each)
        return listed

    def add_unnamed(self) -> None:
        """Organisations of townships that reported which no sheet of the period named."""
        assert self.book.state is not None
        reported = set(self.book.now)
        spoken = {place: self.book.spoken.get(place, set()) for place in reported}
        for each in who_reported.unnamed(self.book.ledger, self.book.state, self.book.named):
            place = self.book.meant(each.county, each.township)
            if place not in self.wanted:  # a province has half a million, and one township was asked for
                continue
            if each.last_round == 0:  # 漏报补录
                self._put(place, each.name, each.uscc, each.kind, "never", None)
                continue
            again = place in spoken and (each.kind is None or each.kind in spoken[place])
            self._put(place, each.name, each.uscc, each.kind, "not_again" if again else "not_reported", each.last_round)

    def add_never(self, register: "Iterable[Matched]") -> None:
        for each in register:
            if each.row is None:
                place = self.book.meant(each.county, each.township)
                self._put(place, each.name, each.uscc, each.kind, "never", None)

    def add_lacking(self, each: Lacking) -> None:
        row = each.row
        place = self.book.meant(row["county"], row["township"])
        key = self._put(place, row["name"], row["uscc"], row["kind"], "named", row["confirmed_round"])
        self.found[key] = self.found[key].model_copy(update={"facts": each.facts, "more": each.more})

    def add_findings(self, place: "Place", listed: "Sequence[tuple[Located, int]]") -> None:
        """Open problems of a township, each with its organisation; what names none is the sheet's own."""
        known = {(own, name): key for key in self.found for own, name in [(key[0], key[1])]}
        for each, times in listed:
            if each.name is None:
                continue
            key = known.get((place, each.name)) or self._put(place, each.name, None, None, "named", each.round)
            known[(place, each.name)] = key
            finding = OpenFinding(problem=each.problem, organisation=each.name, times=times)
            self.found[key] = self.found[key].model_copy(update={"findings": (*self.found[key].findings, finding)})

    def _put(
        self, place: "Place | None", name: str, uscc: str | None, kind: str | None, standing: Standing, last: int | None
    ) -> "tuple[Place | None, str, str | None]":
        key = (place, name, uscc)
        if key not in self.found:
            county, township = place or (None, None)
            self.found[key] = Owing(
                name=name, uscc=uscc, kind=Kind(kind) if kind else None, county=county, township=township,
                standing=standing, last_round=last,
            )  # fmt: skip
        return key
