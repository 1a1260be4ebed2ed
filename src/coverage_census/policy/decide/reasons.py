"""The end that a rule came to for one organisation in; the sentence that says why, the facts used, what is missing."""

from dataclasses import dataclass
from functools import cache
from string import Formatter

from coverage_census.model.choices import CHOICES, Kind
from coverage_census.model.decision import Advice, Verdict
from coverage_census.model.organisation import about
from coverage_census.model.record import Row
from coverage_census.policy.decide.causes import TestOutcome, causes, doubts, line, of_exclusion, of_scope
from coverage_census.policy.decide.verdicts import Outcome, counts_all
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.conditions import Condition
from coverage_census.policy.language.facts import HIGH, INTERVALS, LOW, interval
from coverage_census.policy.language.record_algebra import OneRecord
from coverage_census.words.catalogue import Words, entries

Plain = str | int | float | bool | None

ASK_FOR = {
    "formal": ("members_formal",),
    "formal_or_total": ("members_formal", "members_total"),
    "formal_duty": ("members_formal",),
    "members": ("members_total",),
    "joint_size": ("joint_units",),
    "joint_formal": ("members_formal",),
    "joint_members": ("members_total",),
}
"""Which fields would settle a derived interval."""
_BEHIND = {"formal_known": ("members_formal",)}
"""Which field a derived flag speaks of."""
_SAYS = {"members": ("members_formal", "members_total", "members_probationary", "members_fulltime", "kind")}
"""Which fields a gap of a sentence names."""


@dataclass(frozen=True)
class Account:
    """What a rule asked of one organisation, and how it ended."""

    rule: str
    end: Outcome
    facts: Row
    policy: Policy

    def asked(self) -> list[Condition]:
        """The single tests that led to this end."""
        if self.end.case is None:
            return [cause.leaf for cause in of_exclusion(self.facts, self.policy)]
        asked = [leaf for condition in self._conditions() for leaf in condition.leaves()]
        behind = [each for leaf in asked for condition in self._through(leaf) for each in condition.leaves()]
        return [*behind, *(cause.leaf for cause in self.scope())]

    def open(self) -> list[Condition]:
        """Those of them whose outcome is not known, and that can still change the answer."""
        if self.end.case is None:
            return []
        conditions = self._conditions()
        if self.facts["advice"] == Advice.CONFIRM:
            leaves = [leaf for condition in conditions for leaf in condition.leaves()]
            conditions += [each for leaf in leaves for each in self._through(leaf) if each is not leaf]
        return [*self._open(conditions), *(cause.leaf for cause in self.scope())]

    def scope(self) -> list[TestOutcome]:
        """What leaves it open whether the policy leaves the organisation out, where the answer rests on that."""
        return of_scope(self.facts, self.policy) if self.end.verdict is Verdict.UNKNOWN else []

    def fields(self) -> list[str]:
        """The fields behind these tests."""
        names: list[str] = []
        for leaf in self.asked():
            fact = leaf.fact or ""
            names += self._behind(fact)
            if fact.startswith("joint_"):
                names.append(fact)
        if self.end.case is not None and self.end.verdict is not Verdict.EXEMPT:
            names += self.end.case.shows
        return [name for name in dict.fromkeys(names) if name not in ("advice", "stated_due")]

    def settled_by(self) -> list[str]:
        """The fields that settled it: those that meet the rule, or because of which it does not ask."""
        case, met = self.end.case, self.end.verdict is Verdict.MET
        condition = None if case is None else case.met if met else case.when
        if condition is None or self.end.verdict not in (Verdict.MET, Verdict.EXEMPT):
            return []
        found = []
        for cause in causes(condition, self.facts, self.policy, holds=met):
            behind = _BEHIND.get(cause.leaf.fact or "") or self._behind(cause.leaf.fact or "")
            found += [name for name in behind if value(name, self.facts) is not None] or list(behind[:1])
        return [name for name in dict.fromkeys(found) if name in about()]

    def used(self) -> dict[str, Plain]:
        """The fields behind these tests with their values; an inexact count as the interval it stands for."""
        used = {name: value(name, self.facts) for name in self.fields()}
        if "members_formal" in used and _worked_out(self.facts):
            used["members_formal"] = value("formal", self.facts)  # derived: the total less the probationary ones
        return used

    def missing(self) -> list[str]:
        """The fields that would have to be known, or known exactly, to tell."""
        names = [name for leaf in self.open() for name in self._ask_for(leaf.fact or "")]
        return [name for name in dict.fromkeys(names) if name in about()]

    def _behind(self, fact: str) -> tuple[str, ...]:
        """Only in a social organisation, or what may be one, does it matter who is full-time staff."""
        if fact == "formal_duty" and self.facts.get("kind") != Kind.SOCIAL_ORG and not self._may_be_social():
            return INTERVALS["formal"]
        return INTERVALS.get(fact, (fact,))

    def _ask_for(self, fact: str) -> tuple[str, ...]:
        """A social organisation whose formal members are known lacks those of its full-time staff."""
        if fact == "formal_duty" and self._may_be_social():
            return ("kind", "members_fulltime", *(("members_formal",) if self._formal_open() else ()))
        if fact == "formal_duty" and not self._formal_open():
            return ("members_fulltime",)
        return ASK_FOR.get(fact, (fact,))

    def _formal_open(self) -> bool:
        return bool(self.facts["formal_low"] != self.facts["formal_high"])

    def _may_be_social(self) -> bool:
        """Its kind is not known, and would make a difference."""
        apart = self.facts["formal_duty_low"] != self.facts["formal_low"]
        return self.facts.get("kind") is None and bool(apart)

    def _conditions(self) -> list[Condition]:
        case = self.end.case
        if case is None or self.end.verdict is Verdict.EXEMPT:
            return [] if case is None else [case.when]
        return [case.when, *([case.met] if case.met else []), *(gap.when for gap in case.gaps)]

    def _open(self, conditions: list[Condition]) -> list[Condition]:
        return [cause.leaf for each in conditions for cause in doubts(each, self.facts, self.policy)]

    def _through(self, leaf: Condition) -> list[Condition]:
        """What a test of the advice, or of what the sheet states, asks itself; any other test asks itself."""
        if leaf.fact == "stated_due":
            return [self.policy.stated]
        return [case.when for case in self.policy.advice] if leaf.fact == "advice" else [leaf]


def reason(account: Account, words: Words) -> str:
    """One sentence with the figures; a rule without sentences of its own gets the general one."""
    own = sentence_key(account.rule, account.end)
    sentence = f"policy.{own if own in entries('policy') else f'reason.generic.{account.end.verdict}'}"
    if (
        own in entries("policy")
        and account.end.verdict is Verdict.EXEMPT
        and _beside_the_point(sentence, account, words)
    ):
        sentence = "policy.reason.inapplicable"
    values = {name: _figure(name, account, words) for name in _gaps(words(sentence))}
    return words(sentence, **values)


def _beside_the_point(sentence: str, account: Account, words: Words) -> bool:
    """Whether a rule does not ask because of something that its sentence does not name."""
    named = {field for gap in _gaps(words(sentence)) for field in _SAYS.get(gap, (gap,))}
    return bool(named) and not set(account.settled_by()) <= named


def sentence_key(rule: str, end: Outcome) -> str:
    """Where the catalogue has the sentence for this end."""
    if end.case is None:
        return "reason.excluded"
    if not end.case.in_force:
        return "reason.not_in_force"
    if end.within is not None:
        return "reason.scope"
    return f"reason.{rule}.{end.case.id}.{end.gap if end.verdict is Verdict.GAP else end.verdict}"


@cache
def _gaps(sentence: str) -> tuple[str, ...]:
    """The names in braces."""
    return tuple(name for _, name, _, _ in Formatter().parse(sentence) if name)


def _figure(name: str, account: Account, words: Words) -> str:
    """What fills one gap of a sentence."""
    policy, separator = account.policy, words("policy.separator")
    if name in policy.parameters:
        entry = policy.parameters[name]
        return words(f"policy.bound.{entry.operator}", value=entry.value, unit=entry.unit[:1])
    if name == "members":
        return _members(account, words)
    if name == "day":
        return policy.as_of.isoformat()
    if name == "because":
        found = of_exclusion(account.facts, policy)
        return separator.join(dict.fromkeys(_because(each, account, words) for each in found))
    if name == "scope":
        return separator.join(dict.fromkeys(_perhaps(each, account, words) for each in account.scope()))
    if name == "within":
        return words(f"term.gap.{account.end.within}")
    if name == "title":
        title = policy.rules[account.rule].title
        return title.zh if words.lang == "zh" else title.en
    if name == "missing":
        return separator.join(label(each, words) for each in account.missing()) or words("policy.shown.blank")
    if name in ("facts", "done", "why"):
        colon = "：" if words.lang == "zh" else ": "
        fields = account.fields() if name == "facts" else account.settled_by()
        return separator.join(f"{label(each, words)}{colon}{shown(each, account.facts, words)}" for each in fields)
    return shown(name, account.facts, words)


def _because(cause: TestOutcome, account: Account, words: Words) -> str:
    """从业人员6名，不足10名 · 经营状态为“停业” · 备注写有“无固定场所”."""
    fact, name = cause.leaf.fact or "", label(cause.leaf.fact or "", words)
    if (bound := line(cause, account.policy)) is not None:
        operator, number, counted = bound
        said = words(f"policy.bound.{operator}", value=number, unit=counted)
        return words("policy.because.compared", label=name, value=shown(fact, account.facts, words), bound=said)
    if cause.leaf.contains is not None:
        there = str(account.facts.get(fact) or "")
        phrase = next((each for each in cause.leaf.contains if each in there), there)
        return words("policy.because.says", label=name, value=phrase)
    return words("policy.because.is", label=name, value=shown(fact, account.facts, words))


def _perhaps(cause: TestOutcome, account: Account, words: Words) -> str:
    """从业人员未填，不足10名 · 从业人员5至15名，不足10名 · 单位类别未填，是“社会组织”."""
    leaf, fact = cause.leaf, cause.leaf.fact or ""
    if line(cause, account.policy) is not None:
        return _because(cause, account, words)
    wanted = leaf.in_ or (leaf.is_,)
    said = words("policy.separator").join(shown(fact, {**account.facts, fact: each}, words) for each in wanted)
    kind = "perhaps" if cause.held else "perhaps_not"
    return words(f"policy.because.{kind}", label=label(fact, words), value=shown(fact, account.facts, words), said=said)


def value(name: str, facts: Row) -> Plain:
    """The value of a field as plain data: None where unknown, `3+` or `0-2` where a count is inexact."""
    ends = _inexact(name, facts)
    if ends is None:
        plain: Plain = facts.get(name)
        return str(plain) if name in CHOICES and plain is not None else plain
    low, high = ends
    if high is None:
        return f"{low}+" if low or name not in INTERVALS else None
    return high if low == high else f"{low}-{high}"


def shown(name: str, facts: Row, words: Words) -> str:
    """The value of a field as people read it."""
    plain = value(name, facts)
    if plain is None:
        return words("policy.shown.blank")
    if isinstance(plain, bool):
        return words("policy.shown.yes" if plain else "policy.shown.no")
    if name in CHOICES:
        return words(f"term.{name}.{plain}")
    return f"{_spoken(name, facts, words)}{unit(name)}" if words.lang == "zh" else _spoken(name, facts, words)


def _spoken(name: str, facts: Row, words: Words) -> str:
    """A number, or the words for an interval."""
    low, high = _inexact(name, facts) or (0, 0)
    if low == high:
        return str(value(name, facts))
    if high is None:
        return words("policy.interval.at_least", low=low)
    return words("policy.interval.between", low=low, high=high)


def _inexact(name: str, facts: Row) -> tuple[int, int | None] | None:
    """The ends of a derived or qualified count; None for everything that is one value."""
    if name not in INTERVALS and facts.get(name + LOW) is None and facts.get(name + HIGH) is None:
        return None
    low, high = interval(OneRecord(facts), name)
    return int(low or 0), None if high is None else int(high)


def unit(name: str) -> str:
    """名, 家 … behind a number in Chinese."""
    field = name if name in about() else INTERVALS[name][0]
    return about()[field].unit or ""


def label(name: str, words: Words) -> str:
    """What a field is called."""
    note = about().get(name)
    if note is None:
        return words(f"policy.fact.{name}") if f"fact.{name}" in entries("policy") else name
    return note.zh if words.lang == "zh" else note.en


def _members(account: Account, words: Words) -> str:
    """The member counts that decided, said so that nobody mistakes them for others."""
    facts = account.facts
    if _worked_out(facts):
        counts = {each: _spoken(f"members_{each}", facts, words) for each in ("total", "probationary")}
        counts["formal"] = _spoken("formal", facts, words)
        return words("policy.members.difference", **counts) + _full_time(account, words)
    formal, total, probationary = (value(f"members_{each}", facts) for each in ("formal", "total", "probationary"))
    counts = {each: _spoken(f"members_{each}", facts, words) for each in ("formal", "total", "probationary")}
    if counts_all(account.policy, OneRecord(facts)) and (facts["members_high"] is not None or facts["members_low"]):
        return words("policy.members.all", members=_spoken("members", facts, words))
    if formal is not None:
        if total is None and probationary is None and facts["formal_high"] == 0:
            return words("policy.members.formal_alone")
        kind = "formal_probationary" if probationary else "formal_total" if total not in (None, formal) else "formal"
        return words(f"policy.members.{kind}", **counts) + _full_time(account, words)
    if total is None:
        kind = "none"
    elif facts["basis"] == "total":
        kind = "total_probationary" if probationary else "total"
    else:
        kind = "total_only"
    return words(f"policy.members.{kind}", **counts)


def _worked_out(facts: Row) -> bool:
    """Whether the formal members are the total less the probationary ones, and stand in no cell of their own."""
    return bool(facts.get("formal_known")) and value("members_formal", facts) is None


def _full_time(account: Account, words: Words) -> str:
    """Said where the full-time staff of a social organisation decides, and is fewer than its formal members."""
    facts = account.facts
    asked = {leaf.fact for condition in account.policy.advice for leaf in condition.when.leaves()}
    if "formal_duty" not in asked or facts["formal_duty_high"] == facts["formal_high"]:
        return ""
    return words("policy.members.full_time", formal_duty=_spoken("formal_duty", facts, words))
