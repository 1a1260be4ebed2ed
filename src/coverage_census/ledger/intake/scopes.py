"""The rows of an intake and what the ledger knew in; what the sheets speak for, and who is missing from them, out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage_census.ledger.periods.cut_off import Sheet
from coverage_census.model.choices import Kind, is_gone
from coverage_census.model.days import last_of
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Round, Scope

if TYPE_CHECKING:
    import pyarrow as pa

Text = str | None
Place = tuple[Text, Text, Text]  # county, township, kind


@dataclass(frozen=True)
class KnownBefore:
    """The round before: where each organisation lies; by township and kind how many live and were named now.

    `gone`: for each whether nobody expects a report of it any more, or never had one (漏报补录).
    """

    places: Sequence[Place]
    gone: Sequence[bool]
    all: Counter[tuple[Text, Text]]
    named: Counter[tuple[Text, Text]]


def known(head: "pa.Table", partners: Sequence[int | None]) -> KnownBefore:
    places = list(zip(*(head[name].to_pylist() for name in ("county", "township", "kind")), strict=True))
    named = Counter(places[row][1:] for row in partners if row is not None)
    pairs = zip(head["operating_status"].to_pylist(), head["confirmed_round"].to_pylist(), strict=True)
    gone = [is_gone(status) or number == 0 for status, number in pairs]
    living = Counter(place[1:] for place, left in zip(places, gone, strict=True) if not left)
    return KnownBefore(places, gone, living, named)


def touched(sheets: Mapping[Sheet, Sequence[Place]]) -> dict[str, tuple[Scope, ...]]:
    """File → every kind of organisation in every township that it names one of."""
    found: dict[str, dict[Scope, None]] = {}
    for (file, _), places in sheets.items():
        found.setdefault(file or "", {}).update(dict.fromkeys(map(_scope, places)))
    return {file: tuple(scopes) for file, scopes in found.items()}


def spoken(
    table: "pa.Table", files: Sequence[FileReading], before: KnownBefore | None, days: Mapping[Sheet, str], day: str
) -> tuple[Scope, ...]:
    """What the sheets speak for: their own township, and any other of which they name at least half of what is known.

    So a list of a park or a trade, which names three organisations of a town, does not report that town. `days`: the
    day of each sheet; `day` that of one which is not among them.
    """
    stated: dict[tuple[Text, Text], Text] = {
        (file.file, sheet.sheet): sheet.township for file in files for sheet in file.sheets
    }
    found: dict[Scope, str] = {}
    for sheet, places in by_sheet(table).items():
        townships = {township for _, township, _ in places}
        own = stated.get(sheet) or (next(iter(townships)) if len(townships) == 1 else None)
        for place in places:
            here = place[1:]
            if place[1] == own or before is None or 2 * before.named[here] >= before.all[here]:
                scope = _scope(place)
                found[scope] = max(found.get(scope, ""), days.get(sheet, day))
    ordered = sorted(found, key=lambda scope: (scope.county or "", scope.township or "", scope.kind or ""))
    return tuple(each.model_copy(update={"as_of": found[each]}) for each in ordered)


Held = Mapping[tuple[Text, Text], Mapping[Text, str]]
"""(township, kind) → county → the newest day that a sheet has spoken for."""


def held(rounds: Iterable[Round]) -> Held:
    """The newest word on every scope, of rounds in force."""
    found: dict[tuple[Text, Text], dict[Text, str]] = {}
    for each in rounds:
        for scope in each.scopes:
            of_counties = found.setdefault((scope.township, scope.kind), {})
            day = scope.as_of or last_of(each.as_of)
            of_counties[scope.county] = max(day, of_counties.get(scope.county, ""))
    return found


def newest(place: Place, known: Held) -> str | None:
    """The newest word on the scope that a place lies in; an unstated county may be any."""
    county, *scope = place
    words = known.get((scope[0], scope[1]), {})
    return max((day for other, day in words.items() if county is None or other in (None, county)), default=None)


def not_reported_again(before: KnownBefore, carried: Sequence[int], scopes: Sequence[Scope]) -> int:
    """未再上报: organisations that nobody named although a sheet spoke for their kind in their township.

    Where it named none of those known there, it is another part of the same list (企业1, 企业2), not a new report.
    """
    counties: dict[tuple[Text, Text], set[Text]] = {}
    for scope in scopes:
        if before.named[scope.township, scope.kind]:
            counties.setdefault((scope.township, scope.kind), set()).add(scope.county)
    found = 0
    for row in carried:
        county, township, kind = before.places[row]
        reported = counties.get((township, kind))
        if reported is not None and not before.gone[row]:
            found += county is None or county in reported or None in reported
    return found


def by_sheet(table: "pa.Table") -> dict[Sheet, list[Place]]:
    """The places (county, township, kind) that each sheet names."""
    names = ("source_file", "source_sheet", "county", "township", "kind")
    found: dict[tuple[Text, Text], list[Place]] = {}
    for file, sheet, *place in dict.fromkeys(zip(*(table[name].to_pylist() for name in names), strict=True)):
        found.setdefault((file, sheet), []).append((place[0], place[1], place[2]))
    return found


def _scope(place: Place) -> Scope:
    county, township, kind = place
    return Scope(county=county, township=township, kind=Kind(kind) if kind else None)
