"""The one definition of advice, basis, verdict and gap: a policy and an algebra in, the answers out."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from coverage_census.model.choices import GONE
from coverage_census.model.decision import Advice, Gap, Verdict
from coverage_census.model.record import Facts
from coverage_census.policy.decide.causes import TestOutcome, causes
from coverage_census.policy.files.document import Case
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.conditions import Truth, truth
from coverage_census.policy.language.record_algebra import Algebra, OneRecord, T

ALWAYS_KNOWN = {"advice", "gone", "excluded", "stated_due", "formal_known", "surveyed"}
"""Facts that are never null: a case that asks for these alone is never in doubt."""


class Outcome(NamedTuple):
    """One way in which a rule can end; `case` is None where the rule does not ask at all.

    `within`: the gap of whoever the policy does not leave out, where nobody can tell whether it does.
    """

    verdict: Verdict
    gap: Gap | None
    case: Case | None
    within: Gap | None = None


def standing(policy: Policy, on: Algebra[T]) -> dict[str, T]:
    """Flags that come before all rules: gone, left out of every rule, stated as due on a sheet without counts."""
    excluded = truth(policy.excluded, on, policy.bounds).yes
    return {
        "gone": gone(on),
        "surveyed": surveyed(on),
        "excluded": excluded,
        "in_scope": _in_scope(policy, excluded, on),
        "stated_due": truth(policy.stated, on, policy.bounds).yes,
    }


def _in_scope(policy: Policy, excluded: T, on: Algebra[T]) -> T:
    if policy.scope_in_doubt is None:
        return on.opposite(excluded)
    inside = truth(policy.scope_in_doubt, on, policy.bounds).no
    return on.choose([(excluded, on.value(False)), (inside, on.value(True))])


def gone(on: Algebra[T]) -> T:
    """注销（吊销）、迁出: on neither side of any figure."""
    return on.one_of(on.fact("operating_status"), GONE)


def surveyed(on: Algebra[T]) -> T:
    """摸排入账: whether any sheet has named it; what a register alone gave (漏报补录) has 0 for its round."""
    return on.choose([(on.less_than(on.fact("confirmed_round"), on.value(1)), on.value(False))], on.value(True))


def advice(policy: Policy, on: Algebra[T]) -> dict[str, T]:
    """What is asked for; where nothing surely holds, to be confirmed."""
    cases = [(truth(case.when, on, policy.bounds).yes, on.value(case.advice.value)) for case in policy.advice]
    return {"advice": on.choose(cases, on.value(Advice.CONFIRM.value))}


def basis(policy: Policy, on: Algebra[T]) -> dict[str, T]:
    """What the advice rests on, and whether an organisation of its own is due (应建).

    Advice that is to be confirmed leaves neither duty open which it surely will not come to: fewer than three members
    never are three formal ones.
    """
    confirm = on.equals(on.fact("advice"), Advice.CONFIRM.value)
    decided, stated = on.opposite(confirm), on.both(confirm, on.fact("stated_due"))
    formal = on.both(decided, on.fact("formal_known"), on.opposite(counts_all(policy, on)))
    standalone = on.equals(on.fact("advice"), Advice.STANDALONE.value)
    liaison = on.equals(on.fact("advice"), Advice.LIAISON.value)
    inside = on.known(on.fact("in_scope"))
    no_duty = on.either(on.both(decided, on.opposite(standalone)), _never(policy, Advice.STANDALONE, on))
    no_officer = on.either(on.both(decided, on.opposite(liaison)), stated, _never(policy, Advice.LIAISON, on))
    return {
        "basis": on.choose([(stated, on.value("stated")), (formal, on.value("formal")), (decided, on.value("total"))]),
        "due": _told(on.both(inside, on.either(standalone, stated)), no_duty, on),
        "liaison_due": _told(on.both(inside, liaison), no_officer, on),
    }


def _told(yes: T, no: T, on: Algebra[T]) -> T:
    """True, false, or null where it is neither."""
    return on.choose([(yes, on.value(True)), (no, on.value(False))])


def _never(policy: Policy, advised: Advice, on: Algebra[T]) -> T:
    """Whether no completion of the facts comes to this advice."""
    cases = [truth(case.when, on, policy.bounds).no for case in policy.advice if case.advice is advised]
    return on.both(on.value(True), *cases)


def counts_all(policy: Policy, on: Algebra[T]) -> T:
    """Whether all members count, not only the formal ones."""
    if isinstance(policy.all_members, bool):
        return on.value(policy.all_members)
    return truth(policy.all_members, on, policy.bounds).yes


def ways(policy: Policy, rule: str, on: Algebra[T]) -> list[tuple[T, Outcome]]:
    """All ways in which `rule` can end, each with its flag, in their order: the first whose flag is set counts."""
    return list(_ways(policy, rule, on, lambda _: False))


def ended(policy: Policy, rule: str, facts: Facts) -> Outcome:
    """The way in which `rule` ends for the completed facts of one organisation."""
    found = _ways(policy, rule, OneRecord(facts), lambda applies: applies.no)
    end = next(end for flag, end in found if flag)
    asks_nothing = end.verdict is Verdict.EXEMPT and end.case is not None
    return end._replace(case=_nearest(policy, end.case, rule, facts)) if asks_nothing else end


def _nearest(policy: Policy, usual: Case | None, rule: str, facts: Facts) -> Case | None:
    """Whose words say that the rule does not apply: the case that the fewest facts keep from applying, a count sooner
    than what it is."""
    cases = [each for each in policy.rules[rule].cases if each.in_force]
    if usual is None or not usual.in_force or len(cases) == 1:
        return usual
    return min(cases, key=lambda each: _far(list(causes(each.when, facts, policy, holds=False))))


def _far(missed: Sequence[TestOutcome]) -> tuple[int, int]:
    return sum(not cause.leaf.compares for cause in missed), len(missed)


def _ways(
    policy: Policy, rule: str, on: Algebra[T], left_out: Callable[[Truth[T]], bool]
) -> Iterator[tuple[T, Outcome]]:
    """`left_out`: whether a case need not be looked at, because it is known not to apply."""
    yield on.fact("excluded"), Outcome(Verdict.EXEMPT, None, None)
    cases, in_doubt = policy.rules[rule].cases, []
    for case in cases:
        applies = truth(case.when, on, policy.bounds)
        if left_out(applies):
            continue
        if not case.in_force:
            yield applies.yes, Outcome(Verdict.EXEMPT, None, case)
            continue
        ends = list(_within(policy, _ends(policy, case, on), on))
        yield from ((on.both(applies.yes, flag), end) for flag, end in ends)
        if not _always_told(case):
            yield applies.yes, Outcome(Verdict.UNKNOWN, case.unknown, case)
        if {leaf.fact for leaf in case.when.leaves()} <= ALWAYS_KNOWN:
            continue
        # Whoever already does what a rule may or may not ask of him is not to be confirmed.
        in_doubt += [(on.both(on.opposite(applies.no), flag), end) for flag, end in ends if end.verdict is Verdict.MET]
        in_doubt.append((on.opposite(applies.no), Outcome(Verdict.UNKNOWN, case.unknown, case)))
    yield from in_doubt
    yield on.value(True), Outcome(Verdict.EXEMPT, None, _usual(cases))


def _always_told(case: Case) -> bool:
    """Whether everything that decides between met and gap is always known."""
    if case.met is None:
        return False
    conditions = (case.when, case.met, *(gap.when for gap in case.gaps))
    return {leaf.fact for each in conditions for leaf in each.leaves()} <= ALWAYS_KNOWN


def _within(policy: Policy, ends: Sequence[tuple[T, Outcome]], on: Algebra[T]) -> Iterator[tuple[T, Outcome]]:
    """Whoever may be left out has no gap for certain; what is met is met either way."""
    for flag, end in ends:
        if policy.scope_in_doubt is not None and end.verdict is Verdict.GAP and end.case is not None:
            open_ = on.opposite(on.known(on.fact("in_scope")))
            yield on.both(flag, open_), Outcome(Verdict.UNKNOWN, end.case.unknown, end.case, end.gap)
        yield flag, end


def _usual(cases: Sequence[Case]) -> Case:
    """A case for everybody, before one with a text of its own: for whoever the rule does not ask."""
    return next((each for each in cases if each.citations is None), cases[0])


def reached(policy: Policy, rule: str, on: Algebra[T]) -> T:
    """The number of the way in which `rule` ends."""
    numbered = [(flag, on.value(number)) for number, (flag, _) in enumerate(ways(policy, rule, on))]
    return on.choose(numbered[:-1], numbered[-1][1])


def settled(policy: Policy, rule: str, number: T, on: Algebra[T]) -> tuple[T, T]:
    """Verdict and gap class of the way `number`."""
    ends = [end for _, end in ways(policy, rule, on)]
    verdicts = [(number, index, end.verdict.value) for index, end in enumerate(ends)]
    gaps = [(number, index, end.gap.value) for index, end in enumerate(ends) if end.gap is not None]
    return _read_off(verdicts, on), _read_off(gaps, on)


def _ends(policy: Policy, case: Case, on: Algebra[T]) -> list[tuple[T, Outcome]]:
    ends = [] if case.met is None else [(truth(case.met, on, policy.bounds).yes, Outcome(Verdict.MET, None, case))]
    for each in case.gaps:
        ends.append((truth(each.when, on, policy.bounds).yes, Outcome(Verdict.GAP, each.gap, case)))
    return ends


def _read_off(table: list[tuple[T, int, str]], on: Algebra[T]) -> T:
    """The word that stands beside the number; alike words share one test."""
    by_word: dict[str, list[T]] = {}
    for number, index, word in table:
        by_word.setdefault(word, []).append(on.equals(number, index))
    return on.choose([(on.either(*flags), on.value(word)) for word, flags in by_word.items()])
