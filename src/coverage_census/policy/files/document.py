"""What a policy file may say: dated and cited numbers, advice, rules with their cases. Shapes only; no reading."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from coverage_census.model.choices import OrgForm, Responsibility
from coverage_census.model.decision import Advice, Citation, Gap
from coverage_census.model.record import Record
from coverage_census.policy.files.documents import span
from coverage_census.policy.language.conditions import Condition

Filled = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Both(Record):
    """A title in both languages."""

    zh: Filled
    en: Filled


class Quoted(Record):
    """条文: document, article and the quoted words; `note` says what is not certain about them.

    `paraphrased` (转述): the words are ours, not the document's, and every card says so. Without dates of its own it
    holds as long as its document (`register`).
    """

    document: Filled
    article: Filled
    text: Filled
    paraphrased: bool = False
    since: date | None = None
    until: date | None = None
    link: str | None = None
    note: str | None = None

    def citation(self) -> Citation:
        """As a decision carries it."""
        return Citation(document=self.document, article=self.article, text=self.text, paraphrased=self.paraphrased)

    def begins(self) -> date | None:
        """The day from which it may be cited; None: nobody said."""
        return self.since or span(self.document)[0]

    def in_force(self, day: date) -> bool:
        """Whether it could be cited on `day`."""
        first, last = self.begins(), self.until or span(self.document)[1]
        return (first is None or first <= day) and (last is None or day < last)


def _several(written: object) -> object:
    """One citation where there may be several."""
    return [written] if isinstance(written, dict) else written


Citations = Annotated[tuple[Quoted, ...], BeforeValidator(_several), Field(min_length=1)]
"""What a rule rests on: one text, or one after the other, each from its day on."""


def newest(citations: tuple[Quoted, ...], day: date) -> tuple[Quoted, ...]:
    """The one that holds on `day` (the last to begin), or none."""
    holding = [each for each in citations if each.in_force(day)]
    return (max(holding, key=lambda each: each.begins() or date.min),) if holding else ()


class Dated(Record):
    """Something in force from `since` (included) until `until` (not included)."""

    since: date
    until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether it holds on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


class ParameterEntry(Dated):
    """One value of a parameter; a change of policy adds an entry, which ends the one before."""

    value: int
    operator: Literal["at_least", "more_than", "at_most", "less_than"] = "at_least"
    unit: Filled
    citation: Quoted


def in_force(entries: tuple[ParameterEntry, ...], day: date) -> ParameterEntry | None:
    """The entry that holds on `day`: the last one that has begun, if it has not ended."""
    begun = [each for each in entries if each.since <= day]
    return begun[-1] if begun and begun[-1].in_force(day) else None


class AdviceCase(Record):
    """Advice that is given where `when` surely holds; the first such case counts."""

    advice: Advice
    when: Condition


class GapCase(Record):
    """A gap of this class where `when` surely holds."""

    gap: Gap
    when: Condition


class Reading(Both):
    """How the text is read where it says two things or nothing; of organisations for which `when` surely holds."""

    when: Condition


class Case(Record):
    """One case of a rule: whom it is for, what meets it, which gaps it can leave.

    `unknown` is the class shown where it cannot be told; `shows` are fields that decide nothing, but that whoever has
    to find out wants to see beside the others. A case that can be met but leaves no gap is for a superior to decide:
    who does not meet it is to be confirmed.
    """

    id: Id
    when: Condition
    met: Condition | None = None
    gaps: tuple[GapCase, ...] = ()
    unknown: Gap = Gap.UNCONFIRMED
    shows: tuple[Literal["has_org", "org_form", "org_level", "instructors", "employees"], ...] = ()
    readings: tuple[Reading, ...] = ()
    citations: Citations | None = Field(None, alias="citation")  # where it differs from the rule's own

    @property
    def citation(self) -> Quoted | None:
        """Its own article; of a case of a loaded policy the one that held on its day."""
        return self.citations[-1] if self.citations else None

    @property
    def in_force(self) -> bool:
        """Of a case of a loaded policy: whether any text laid it down by that day."""
        return self.citations != ()


class Rule(Record):
    """One rule: its cases in order. No case holds: exempt. Several citations: each from its day on."""

    title: Both
    citations: Citations = Field(alias="citation")
    since: date | None = None
    until: date | None = None
    cases: Annotated[tuple[Case, ...], Field(min_length=1)]

    @property
    def citation(self) -> Quoted:
        """The article; of a rule of a loaded policy the one that held on its day."""
        return self.citations[-1]

    def on(self, day: date) -> "Rule | None":
        """The rule as its texts stood on `day`; None: nothing laid it down yet, or any more."""
        cited = newest(self.citations, day)
        if not cited or (self.since and day < self.since) or (self.until and day >= self.until):
            return None
        cases = tuple(
            each if each.citations is None else each.model_copy(update={"citations": newest(each.citations, day)})
            for each in self.cases
        )
        return self.model_copy(update={"citations": cited, "cases": cases})

    def conditions(self) -> list[Condition]:
        """All conditions it uses."""
        found = []
        for case in self.cases:
            found += [case.when, *([case.met] if case.met else []), *(gap.when for gap in case.gaps)]
        return found

    def readings(self) -> list[Condition]:
        """The conditions of its readings, which decide nothing."""
        return [reading.when for case in self.cases for reading in case.readings]


class Exclusion(Record):
    """不列入: whom a policy leaves out of every duty where `when` surely holds, and by which text."""

    when: Condition
    citation: Quoted


def left_out(exclusions: tuple[Exclusion, ...]) -> Condition | None:
    """Whom these leave out, for whatever reason."""
    whens = tuple(each.when for each in exclusions)
    return Condition.model_validate({"any": whens}) if len(whens) > 1 else whens[0] if whens else None


class Deadline(Dated):
    """Until when a gap of these rules is to be closed: on a fixed day, by the end of the year for those registered in
    the year in which the gap was first found, or so many days after a round first found it."""

    rules: Annotated[tuple[Id, ...], Field(min_length=1)]
    on: date | None = None
    within: Literal["year_registered"] | None = None
    days: Annotated[int, Field(ge=1, le=3660)] | None = None
    when: Condition | None = None
    citation: Quoted

    @model_validator(mode="after")
    def _one_way_only(self) -> "Deadline":
        if sum(each is not None for each in (self.on, self.within, self.days)) != 1:
            raise PydanticCustomError("deadline_shape", "one of on, within and days")
        return self


class OwnerLine(Record):
    """管理方式: one line of responsibility (属地、行业、对口、挂靠、指定). Where `when` surely holds (none: always),
    the first of `fields` that the ledger knows names the committee."""

    by: Responsibility
    when: Condition | None = None
    fields: Annotated[tuple[Literal["superior_org", "township", "responsible_unit"], ...], Field(min_length=1)]
    citation: Quoted


class Mode(Record):
    """组建方式: one way that the document names; `form` is the ledger's word, none where no organisation results.
    It is offered to those for whom `when` surely holds (none: to everybody)."""

    title: Both
    form: OrgForm | None = None
    when: Condition | None = None
    citation: Quoted


class Target(Dated):
    """A rate (of `indicators.definitions`) that the document sets as its aim."""

    indicator: Id
    percent: Annotated[int, Field(ge=0, le=100)]
    citation: Quoted


class Need(Record):
    """谁需要选派联络员（指导员）: one reason why an organisation needs a liaison officer.

    `social_citation`: the text for social organisations, where the other one speaks of enterprises."""

    id: Id
    title: Both
    when: Condition
    citation: Quoted
    social_citation: Quoted | None = None


class LiaisonCosts(Record):
    """What a choice of an officer costs, in points: a matter of weighing, not of any article."""

    anywhere: Annotated[int, Field(ge=0)]  # he serves the whole county
    neighbour: Annotated[int, Field(ge=0)]  # he serves a neighbouring township
    county: Annotated[int, Field(ge=0)]  # he serves other townships of the county
    industry: Annotated[int, Field(ge=0)]  # his expertise is another
    part_time: Annotated[int, Field(ge=0)]  # part-time, where the need asks for full-time
    change: Annotated[int, Field(ge=0)]  # the organisation has another officer already
    balance: Annotated[int, Field(ge=0)]  # the last place of an officer, against his first
    wish: Annotated[int, Field(ge=0)] = 200  # the first wish of either side (单方意向) is not met


class Liaison(Record):
    """选派: who needs an officer (the most urgent need first), who has one, for which needs full-time ones go first."""

    served: Condition
    needs: Annotated[tuple[Need, ...], Field(min_length=1)]
    full_time: tuple[Id, ...] = ()
    costs: LiaisonCosts

    @model_validator(mode="after")
    def _full_time_for_needs(self) -> "Liaison":
        known = {need.id for need in self.needs}
        for each in self.full_time:
            if each not in known:
                raise PydanticCustomError("unknown_word", "no such need", {"given": each, "known": sorted(known)})
        return self


class MassForm(Record):
    """群团组建方式: a form that a mass organisation takes where `when` surely holds; the first possible one counts.

    `count` is the fact whose numbers are added up, `together` the parameter that the sum reaches. A joint one follows
    the joint Party branch (`with` joint_branch) or takes in those nearby (`near`).
    """

    kind: Literal["union", "league", "women"]
    form: Literal["standalone", "joint", "area", "industry"]
    with_: Literal["joint_branch", "near"] | None = Field(None, alias="with")
    count: Literal["employees", "union_members", "league_members", "female_employees"]
    when: Condition
    together: Id | None = None
    citation: Quoted

    @model_validator(mode="after")
    def _joint_with_somebody(self) -> "MassForm":
        if (self.form == "joint") != (self.with_ is not None):
            raise PydanticCustomError("mass_shape", "joint, and only joint, says with whom")
        return self


class PlanWeight(Record):
    """One cost term of a plan: points by level, fewer are better. Where no text gives the numbers (none does), the
    citation holds the principle and `own_choice` says that the points are the office's own."""

    points: Annotated[dict[Id, Annotated[int, Field(ge=0)]], Field(min_length=1)]
    own_choice: bool = False
    citation: Quoted | None = None

    @model_validator(mode="after")
    def _rests_on_something(self) -> "PlanWeight":
        if self.citation is None and not self.own_choice:
            raise PydanticCustomError("plan_weight", "neither a citation nor own_choice = true")
        return self


_LEVELS = frozenset({"zone", "village", "township", "neighbours", "county"})
_LIKENESS = frozenset({"division", "section", "unknown", "other"})
_ONE = frozenset({"each"})


class Planning(Record):
    """编组: which parameters limit a joint branch, how far a plan looks, and what weighs how much in it."""

    units_min: Id
    units_max: Id
    formal_min: Id
    members_max: Id
    farthest: Literal["township", "neighbours", "county"] = "county"
    distance: PlanWeight
    industry: PlanWeight
    dissolved: PlanWeight
    branch: PlanWeight
    unproven: PlanWeight

    @model_validator(mode="after")
    def _every_level_has_its_points(self) -> "Planning":
        levels = {"distance": _LEVELS, "industry": _LIKENESS, "dissolved": _ONE, "branch": _ONE, "unproven": _ONE}
        for term, needed in levels.items():
            if set(self.weight(term).points) != needed:
                raise PydanticCustomError("plan_points", f"{term}.points needs exactly {', '.join(sorted(needed))}")
        return self

    def limits(self) -> dict[str, str]:
        """What it limits → the parameter that holds the number."""
        return {each: getattr(self, each) for each in ("units_min", "units_max", "formal_min", "members_max")}

    def weight(self, term: str) -> PlanWeight:
        """The cost term of that name."""
        found: PlanWeight = getattr(self, term)
        return found


class PolicyFile(Record):
    """One TOML file; with `extends` it says only what differs: entries by parameter, rules by id, advice and modes
    as a whole.

    `all_members`: whose members all count, the probationary too, so that a decision on them is one by the total.
    """

    title: Both
    about: Both
    extends: str | None = None
    without: tuple[str, ...] = ()  # rules and deadlines of the extended policy that this one does not have
    excluded: Condition | None = None  # as `exclusions`, where no text is to be named
    exclusions: tuple[Exclusion, ...] = ()
    stated: Condition | None = None
    all_members: bool | Condition | None = None
    advice: tuple[AdviceCase, ...] = ()
    parameters: dict[Id, tuple[ParameterEntry, ...]] = {}
    rules: dict[Id, Rule] = {}
    deadlines: dict[Id, Deadline] = {}
    modes: dict[Id, Mode] = {}
    targets: dict[Id, Target] = {}
    liaison: Liaison | None = None
    mass: tuple[MassForm, ...] = ()
    plan: Planning | None = None
    owners: tuple[OwnerLine, ...] | None = None  # who is responsible for closing a gap
    _earlier: dict[str, tuple[Rule, ...]] = PrivateAttr(default_factory=dict)

    def rule_on(self, name: str, day: date) -> Rule | None:
        """The rule of that name on `day`: its own, else what an extended policy said before it came into force."""
        said = (self.rules[name], *self._earlier.get(name, ()))
        return next((found for each in said if (found := each.on(day)) and self._has_numbers(found, day)), None)

    def _has_numbers(self, rule: Rule, day: date) -> bool:
        named = {name for condition in rule.conditions() for name in condition.parameters()}
        return all(in_force(self.parameters[name], day) for name in named)

    @model_validator(mode="after")
    def _dates_do_not_overlap(self) -> "PolicyFile":
        for name, entries in self.parameters.items():
            for before, after in pairwise(entries):
                if after.since <= before.since or (before.until is not None and after.since < before.until):
                    raise PydanticCustomError(
                        "overlap", "dates overlap", {"given": f"parameters.{name}", "since": str(after.since)}
                    )
        return self
