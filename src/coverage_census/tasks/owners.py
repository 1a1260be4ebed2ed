"""An organisation's facts and the policy's lines of responsibility in; the committee that owns its tasks out."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from coverage_census.model.record import Facts
from coverage_census.model.task import Owner, OwnerBy
from coverage_census.words.catalogue import Words


@dataclass(frozen=True)
class ResponsibilityLine:
    """A line of responsibility (属地、行业、对口、挂靠、指定): whom it is for, which fields name its committee."""

    by: OwnerBy
    holds: Callable[[Facts], bool]
    fields: Sequence[str]


@dataclass(frozen=True)
class CommitteeNames:
    """How committees are called: of a township, of a street (街道), and the one that catches all."""

    township: Callable[[str], str]
    catch_all: str


USUAL: tuple[ResponsibilityLine, ...] = (
    *(
        ResponsibilityLine(by, lambda facts, by=by: facts.get("responsibility") == by, ("superior_org",))  # type: ignore[misc]
        for by in ("industry", "counterpart", "affiliated", "designated")
    ),
    ResponsibilityLine("territorial", lambda of: of.get("responsibility") in {None, "territorial"}, ("township",)),
)  # fmt: skip
"""Where the policy says nothing: as the sheet says; where it is silent, by place (属地管理为主)."""


def owner(facts: Facts, lines: Sequence[ResponsibilityLine], names: CommitteeNames) -> Owner:
    """Whom the sheet names (责任单位), else the first line that surely holds and whose committee is known, else the
    catch-all committee (综合党委托底)."""
    if facts.get("responsible_unit"):
        return Owner(name=facts["responsible_unit"], by="stated")
    for line in lines:
        if line.holds(facts):
            for field in line.fields:
                if facts.get(field):
                    return Owner(name=names.township(facts[field]) if field == "township" else facts[field], by=line.by)
    return Owner(name=names.catch_all, by="catch_all")


OWNING = ("responsible_unit", "responsibility", "superior_org", "township")
"""The facts that name an owner where the policy says nothing else."""


class TaskOwners:
    """Owners by the policy's lines; a township's name is preceded by its county where two counties have it."""

    def __init__(
        self,
        lines: Sequence[ResponsibilityLine],
        facts: Collection[str],
        places: Iterable[tuple[str | None, str | None]],
        catch_all: str | None,
    ) -> None:
        """`facts`: those that the lines ask for; `catch_all`: what census.toml calls the committee that catches all."""
        self._lines = lines
        self._asked = sorted({*facts, *OWNING, "county"})
        often = Counter(township for _, township in places if township)
        self._several = {each for each, count in often.items() if count > 1}
        words = Words("zh")  # names of committees are names: the same in every language
        self._words, self._catch_all = words, catch_all or words("tasks.committee.catch_all")
        self._known: dict[tuple[object, ...], Owner] = {}

    def of(self, facts: Facts) -> Owner:
        key = tuple(facts.get(name) for name in self._asked)
        if key not in self._known:
            names = CommitteeNames(lambda township: self._township(facts["county"], township), self._catch_all)
            self._known[key] = owner(facts, self._lines, names)
        return self._known[key]

    def _township(self, county: str | None, township: str) -> str:
        twice = township in self._several
        kind = "street" if township.endswith("街道") else "township"
        return self._words(f"tasks.committee.{kind}", township=f"{county or ''}{township}" if twice else township)
