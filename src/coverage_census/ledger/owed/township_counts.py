"""A period in; figures by township, each worked out once for all of them, out."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from coverage_census.ledger.owed import open_problems, who_reported
from coverage_census.ledger.owed.book import Book
from coverage_census.ledger.owed.open_problems import Located
from coverage_census.ledger.owed.who_reported import Matched, Place


class TownshipCounts:
    """Figures by township, each worked out once for all of them."""

    def __init__(self, book: Book, undecided: "Mapping[Place, int]") -> None:
        """`undecided`: organisations whose formation cannot be decided."""
        self.known: Counter[Place] = Counter()
        self.named: Counter[Place] = Counter()
        self.never: Counter[Place] = Counter()
        self.gone: Counter[Place] = Counter()
        self._kinds: dict[Place, Counter[str | None]] = defaultdict(Counter)  # known and not named
        self.unplaced = 0
        found = who_reported.counts(book.ledger, book.state, book.named) if book.state else ()
        for each in found:
            place = book.meant(each.county, each.township)
            if place is None:
                self.unplaced += each.known
                continue
            self.known[place] += each.known
            self.named[place] += each.named
            self.gone[place] += each.gone
            self.never[place] += each.never
            self._kinds[place][each.kind] += each.known - each.named - each.never
        if book.register is not None:
            self._by_register(book, book.register)
        self.findings = findings(book)
        self.undecided = undecided

    def _by_register(self, book: Book, register: "Iterable[Matched]") -> None:
        self.known, self.named = Counter(), Counter()
        for line in (each for each in register if not each.gone):
            place = book.meant(line.county, line.township)
            if place is None:
                self.unplaced += 1
                continue
            self.known[place] += 1
            self.named[place] += book.named.holds(line.confirmed_round, line.county, line.township, line.kind)
            self.never[place] += line.row is None

    def kinds_owed(self, place: "Place", spoken: Collection[str | None]) -> list[str]:
        """Kinds that are known there, and that no sheet spoke for."""
        return [kind for kind, left in self._kinds[place].items() if kind and left and kind not in spoken]

    def not_again(self, place: "Place", spoken: Collection[str | None]) -> int:
        """未再上报: not named, although a sheet spoke for their kind."""
        return sum(left for kind, left in self._kinds[place].items() if kind in spoken or kind is None)


def findings(book: Book) -> "dict[Place, list[tuple[Located, int]]]":
    """Problems that are still open, by the township they concern, each with how often it was sent in a row."""
    if book.state is None:
        return {}
    found: dict[Place, list[tuple[Located, int]]] = defaultdict(list)
    for each, times in open_problems.open_problems(book.ledger, book.every, book.state):
        if place := book.meant(each.county, each.township):
            found[place].append((each, times))
    return found
