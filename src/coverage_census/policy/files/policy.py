"""A policy in force on one day, as decisions use it: numbers looked up, rules of that day only."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from coverage_census.model.decision import Citation, PolicyStamp
from coverage_census.policy.files.document import (
    AdviceCase,
    Both,
    Case,
    Deadline,
    Exclusion,
    Liaison,
    MassForm,
    Mode,
    OwnerLine,
    ParameterEntry,
    Planning,
    Rule,
    Target,
)
from coverage_census.policy.language.conditions import Bound, Condition, as_read, can_be_open


@dataclass(frozen=True)
class Policy:
    """口径: a named, dated, hashed set of rules. `parameters` holds the entries in force on `as_of`."""

    name: str
    title: Both = field(repr=False)
    about: Both = field(repr=False)
    version: str  # last date in it, and a hash of all it says (parents included)
    as_of: date
    excluded: Condition = field(repr=False)
    stated: Condition = field(repr=False)
    advice: tuple[AdviceCase, ...] = field(repr=False)
    parameters: dict[str, ParameterEntry] = field(repr=False, hash=False)
    rules: dict[str, Rule] = field(repr=False, hash=False)
    exclusions: tuple[Exclusion, ...] = field(default=(), repr=False)
    waiting: dict[str, Both] = field(default_factory=dict, repr=False, hash=False)  # what no text laid down by that day
    all_members: bool | Condition = field(default=False, repr=False)
    deadlines: dict[str, Deadline] = field(default_factory=dict, repr=False, hash=False)
    modes: dict[str, Mode] = field(default_factory=dict, repr=False, hash=False)
    targets: dict[str, Target] = field(default_factory=dict, repr=False, hash=False)
    plan: Planning | None = field(default=None, repr=False, hash=False)
    later: dict[str, ParameterEntry] = field(
        default_factory=dict, repr=False, hash=False
    )  # limits of plans, not yet in force
    liaison: Liaison | None = field(default=None, repr=False, hash=False)
    mass: tuple[MassForm, ...] = field(default=(), repr=False, hash=False)
    owners: tuple[OwnerLine, ...] = field(default=(), repr=False, hash=False)

    @cached_property
    def stamp(self) -> PolicyStamp:
        """Name, version and day, as every decision carries them."""
        return PolicyStamp(name=self.name, version=self.version, as_of=self.as_of.isoformat())

    @cached_property
    def scope_in_doubt(self) -> Condition | None:
        """Whom it leaves out, where that may be open: a blank status or remark leaves nobody in doubt. None: of nobody
        can it be open."""
        return as_read(self.excluded) if can_be_open(self.excluded) else None

    @cached_property
    def bounds(self) -> dict[str, Bound]:
        """What conditions compare with."""
        return {name: Bound(entry.value, entry.operator) for name, entry in self.parameters.items()}

    def citation(self, rule: str, case: Case | None) -> Citation:
        """The article behind an answer: the case's own, else the rule's; a case that no text laid down has none."""
        if case is not None and not case.in_force:
            day = self.as_of.isoformat()
            return Citation(document="（无）", article="—", text=f"截至{day}没有规定这一条的文件", paraphrased=True)
        own = case.citations if case is not None else None
        return (own[-1] if own else self.rules[rule].citation).citation()
