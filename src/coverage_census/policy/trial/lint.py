"""The name of a policy in; everything that is wrong with it out: what the loader refuses, and what only a trial of
every combination shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from coverage_census.errors import CensusError
from coverage_census.model.record import Record, Row
from coverage_census.policy.decide import wording
from coverage_census.policy.figures.indicators import definitions
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.document import Case, PolicyFile
from coverage_census.policy.files.mistakes import nearest
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.conditions import Condition, Truth, truth
from coverage_census.policy.language.record_algebra import OneRecord
from coverage_census.policy.plans import joint
from coverage_census.policy.trial import trial_records

Values = dict[str, str | int]


class PolicyFault(Record):
    """One fault: `key` names its sentence in the catalogue, `values` fill it; `at` is the key in the file."""

    key: str
    file: str
    at: str
    values: Values


class PolicyTrial(Record):
    """What was tried, and what was found."""

    policy: str
    combinations: int
    boundaries: tuple[str, ...]  # formal 2/3, employees 100/101 …
    findings: tuple[PolicyFault, ...]


def check(policy_name: str, folder: Path | None = None) -> tuple[PolicyFault, ...]:
    """All faults of a policy; none: it is proved."""
    return prove(policy_name, folder).findings


def prove(policy_name: str, folder: Path | None = None) -> PolicyTrial:
    """Every day on which something changes, every question, both sides of every boundary and the unknown."""
    trial = _Trial()
    try:
        path, own, whole = rulebook.written(policy_name, folder)
    except CensusError as error:
        trial.refused(error, f"{policy_name}.toml")
        return trial.proof(policy_name)
    trial.file = path.name
    _read_through(own, whole, trial)
    for policy in _over_time(policy_name, whole, folder, trial):
        _try_advice(policy, trial)
        _try_plan(policy, trial)
        for rule in policy.rules:
            _try_rule(policy, rule, trial)
    return trial.proof(policy_name)


@dataclass
class _Trial:
    """What has been tried and found so far; the first example of a fault is enough."""

    file: str = ""
    combinations: int = 0
    findings: dict[tuple[str, str], PolicyFault] = field(default_factory=dict)
    boundaries: dict[str, None] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)

    def found(self, what: str, at: str, **values: str | int) -> None:
        said: Values = {"file": self.file, "at": at, **values}
        finding = PolicyFault(key=f"policy.lint.{what}", file=self.file, at=at, values=said)
        self.findings.setdefault((what, at), finding)

    def refused(self, error: CensusError, file: str) -> None:
        said = {name: value if isinstance(value, int) else str(value) for name, value in error.values.items()}
        at = str(said.get("at", ""))
        found = PolicyFault(key=f"errors.{error.key}", file=str(said.get("file", file)), at=at, values=said)
        self.findings.setdefault((error.key, at), found)

    def is_new(self, policy: Policy, what: str, conditions: list[Condition]) -> bool:
        """Whether this question, with these numbers, has not been tried on an earlier day."""
        bounds = {name: policy.bounds[name] for each in conditions for name in sorted(each.parameters())}
        question = f"{what} {bounds} {conditions}"
        if question in self.tried:
            return False
        self.tried.add(question)
        for fact, number in trial_records.boundaries(policy, conditions):
            self.boundaries[f"{fact} {number}/{number + 1}"] = None
        return True

    def proof(self, name: str) -> PolicyTrial:
        findings = tuple(self.findings.values())
        return PolicyTrial(
            policy=name, combinations=self.combinations, boundaries=tuple(self.boundaries), findings=findings
        )


def _read_through(own: PolicyFile, whole: PolicyFile, trial: _Trial) -> None:
    """What the words themselves show: numbers that the quoted words set otherwise, numbers that nobody uses."""
    conditions = [case.when for case in whole.advice] + [each for each in (whole.excluded, whole.stated) if each]
    conditions += [each.when for each in whole.exclusions] + [mode.when for mode in whole.modes.values() if mode.when]
    for rule in whole.rules.values():
        conditions += [*rule.conditions(), *rule.readings()]
    if whole.liaison:
        conditions += [whole.liaison.served, *(need.when for need in whole.liaison.needs)]
    conditions += [form.when for form in whole.mass]
    used = {name for condition in conditions for name in condition.parameters()}
    used |= {form.together for form in whole.mass if form.together}
    used |= set(whole.plan.limits().values()) if whole.plan else set()
    for name, entries in own.parameters.items():
        if name not in used:
            trial.found("unused", f"parameters.{name}", given=name, near=nearest(name, used))
        for index, entry in enumerate(entries):
            if wording.agrees(entry.operator, entry.value, entry.citation.text) is False:
                said = f"{entry.operator} {entry.value}"
                trial.found("wording", f"parameters.{name}.{index}.operator", said=said, text=entry.citation.text)
    for name, target in own.targets.items():
        if target.indicator not in definitions():
            near = nearest(target.indicator, definitions())
            trial.found("indicator", f"targets.{name}.indicator", given=target.indicator, near=near)


def _over_time(name: str, whole: PolicyFile, folder: Path | None, trial: _Trial) -> Iterator[Policy]:
    """The policy on each day on which something begins or ends; once begun, it must not pause."""
    begun = False
    for day in _days(whole):
        try:
            policy = rulebook.load(name, day, folder)
        except CensusError as error:
            if begun:
                trial.refused(error, trial.file)
            continue
        begun = True
        yield policy
    if not begun:
        trial.found("never", "advice")


def _days(whole: PolicyFile) -> list[date]:
    dated = [each for entries in whole.parameters.values() for each in entries]
    spans = [(each.since, each.until) for each in (*dated, *whole.deadlines.values(), *whole.targets.values())]
    spans += [(rule.since, rule.until) for rule in whole.rules.values()]  # type: ignore[misc]
    return sorted({day for span in spans for day in span if day is not None}) or [date.max]


def _try_plan(policy: Policy, trial: _Trial) -> None:
    """A joint branch that keeps every limit must be possible."""
    found = joint.limits(policy)
    if found is not None and (wrong := joint.contradiction(found)) is not None:
        first, second = wrong
        said: dict[str, str | int] = {
            "first": first.parameter,
            "low": first.value,
            "second": second.parameter,
            "high": second.value,
        }
        trial.found("plan_limits", f"parameters.{first.parameter}", **said)


def _try_advice(policy: Policy, trial: _Trial) -> None:
    """Exactly one advice for everyone, each advice for someone."""
    conditions = [case.when for case in policy.advice]
    if not trial.is_new(policy, "advice", conditions):
        return
    reached = set()
    for facts in trial_records.of_advice(policy):
        trial.combinations += 1
        told = [truth(each, OneRecord(facts), policy.bounds) for each in conditions]
        holding = [number for number, each in enumerate(told) if each.yes]
        reached.update(holding[:1])
        if len({policy.advice[number].advice for number in holding}) > 1:
            first, second = (f"advice.{number}" for number in holding[:2])
            trial.found("two_advices", second, first=first, example=_example(facts))
        if all(each.no for each in told):
            trial.found("no_advice", "advice", example=_example(facts))
    for number in sorted(set(range(len(conditions))) - reached):
        trial.found("unreachable", f"advice.{number}")


def _try_rule(policy: Policy, rule: str, trial: _Trial) -> None:
    """Exactly one verdict for everyone; each case, and each way in which it can end, for someone."""
    cases = policy.rules[rule].cases
    asked = policy.rules[rule].conditions()
    if any(leaf.fact == "advice" for leaf in trial_records.leaves(asked)):
        asked = [*asked, *(case.when for case in policy.advice), policy.stated]
    if not trial.is_new(policy, f"rule {rule}", asked):
        return
    known: trial_records.Known = {}
    for number, case in enumerate(cases):
        at, reached = f"rules.{rule}.cases.{number}", set()
        for facts in trial_records.of_case(policy, rule, number, known):
            trial.combinations += 1
            if _first_case(policy, cases, facts) == number:
                reached |= {at, *_ended(at, case, policy, facts, trial)}
        for way in _ways(at, case):
            if way not in reached:
                trial.found("unreachable", way)


def _first_case(policy: Policy, cases: tuple[Case, ...], facts: Row) -> int | None:
    on = OneRecord(facts)
    return next((number for number, each in enumerate(cases) if truth(each.when, on, policy.bounds).yes), None)


def _ended(at: str, case: Case, policy: Policy, facts: Row, trial: _Trial) -> Iterator[str]:
    """The ways in which this record ends a case; being met goes before every gap."""
    on = OneRecord(facts)
    met = truth(case.met, on, policy.bounds) if case.met is not None else Truth(False, True)
    if met.yes:
        yield f"{at}.met"
        return
    gaps = [truth(each.when, on, policy.bounds) for each in case.gaps]
    open_gaps = [number for number, each in enumerate(gaps) if each.yes]
    yield from (f"{at}.gaps.{number}" for number in open_gaps[:1])
    if len({case.gaps[number].gap for number in open_gaps}) > 1:
        first, second = (f"{at}.gaps.{number}" for number in open_gaps[:2])
        trial.found("two_gaps", second, first=first, example=_example(facts))
    if gaps and met.no and all(each.no for each in gaps):
        trial.found("no_verdict", at, example=_example(facts))


def _ways(at: str, case: Case) -> Iterator[str]:
    yield at
    if case.met is not None:
        yield f"{at}.met"
    yield from (f"{at}.gaps.{index}" for index in range(len(case.gaps)))


def _example(facts: Row) -> str:
    """The fields that the record was made of."""
    given = {name: value for name, value in facts.items() if value is not None and not _derived(name)}
    return ", ".join(f"{name}={value}" for name, value in given.items() if name != "name") or "—"


def _derived(name: str) -> bool:
    from coverage_census.policy.language.facts import DERIVED

    return (
        name in DERIVED
        or name == "members_most"
        or (name.endswith(("_low", "_high")) and not name.startswith("joint_"))
    )
