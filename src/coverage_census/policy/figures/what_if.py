"""若…则…: a policy with other numbers, or a row with other facts, in; what would then be decided out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from coverage_census.errors import WrongUsage
from coverage_census.model.choices import CHOICES
from coverage_census.model.decision import Advice, Gap, Verdict
from coverage_census.model.organisation import about
from coverage_census.model.record import Facts, Row
from coverage_census.policy.decide.explain import complete
from coverage_census.policy.decide.joint import branch
from coverage_census.policy.decide.reasons import ASK_FOR, Account, Plain
from coverage_census.policy.decide.verdicts import ended
from coverage_census.policy.files.mistakes import nearest
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.conditions import COMPARISONS
from coverage_census.policy.language.facts import HIGH, INTERVALS, LOW, interval, joint_branch
from coverage_census.policy.language.record_algebra import OneRecord

MARK = "+what-if"
_UNBOUNDED = 10  # how far a count is tried that no parameter and no total limits


@dataclass(frozen=True)
class WhatIfAnswer:
    """What a rule says of one organisation."""

    advice: Advice
    verdict: Verdict
    gap: Gap | None


@dataclass(frozen=True)
class IfThen:
    """One change of one fact and the answer to it. Values of a count from `values[0]` to `values[-1]`, None: and up."""

    kind: Literal["more", "fewer", "promoted", "known"]
    field: str
    values: tuple[Plain, ...]
    answer: WhatIfAnswer
    same: bool  # as it is decided now


def changed(policy: Policy, said: Sequence[str]) -> Policy:
    """The policy with other numbers, `formal_threshold=2`; its version says that nobody issued it."""
    if not said:
        return policy
    parameters = dict(policy.parameters)
    for each in said:
        name, sign, value = (part.strip() for part in each.partition("="))
        if name not in parameters:
            near, known = nearest(name, parameters), "、".join(sorted(parameters))
            raise WrongUsage("what_if_unknown", key=name, near=near, known=known)
        if not sign or not value.isascii() or not value.isdigit() or len(value) > 9:
            raise WrongUsage("what_if_value", said=each, key=name)
        parameters[name] = parameters[name].model_copy(update={"value": int(value)})
    return replace(policy, parameters=parameters, version=policy.version + MARK)


def neighbours(row: Facts, policy: Policy, rule: str) -> tuple[IfThen, ...]:
    """What one more or one fewer, or one missing fact, would change in the answer of `rule` on this row."""
    facts = complete(row, policy)
    now = answer(facts, policy, rule)
    account = Account(rule, ended(policy, rule, facts), facts, policy)
    found = list(_missing(facts, policy, rule, account)) if now.verdict is Verdict.UNKNOWN else []
    nearby = _members(facts) if rule == "formation" else _counts(facts, account)
    for kind, field, changes in nearby:
        then = answer(_with(facts, changes, policy), policy, rule)
        found.append(IfThen(kind, field, (changes[field],), then, same=then == now))
    if rule != "formation":
        found = [each for each in found if each.kind == "known" or not each.same]
    return tuple(found)


def answer(facts: Facts, policy: Policy, rule: str) -> WhatIfAnswer:
    """Advice, verdict and gap for completed facts."""
    end = ended(policy, rule, facts)
    return WhatIfAnswer(Advice(facts["advice"]), end.verdict, end.gap)


Kind = Literal["more", "fewer", "promoted", "known"]
Change = tuple[Kind, str, Row]


def _members(facts: Facts) -> Iterator[Change]:
    """One more and one fewer formal member (else one of the total); a probationary member who becomes formal."""
    field = "members_formal" if _exact(facts, "members_formal") else "members_total"
    if not _exact(facts, field):
        return
    count, total = facts[field], facts.get("members_total")
    for kind, step in (("more", 1), ("fewer", -1)):
        if count + step < 0:
            continue
        also = {"members_total": total + step} if total is not None and field == "members_formal" else {}
        yield ("more" if kind == "more" else "fewer"), field, {field: count + step, **also}
    probationary = facts.get("members_probationary")
    if field == "members_formal" and _exact(facts, "members_probationary") and probationary:
        yield "promoted", field, {field: count + 1, "members_probationary": probationary - 1}


def _counts(facts: Facts, account: Account) -> Iterator[Change]:
    """One more and one fewer of each exact count that the rule compares with a number of the policy."""
    compared = [leaf.fact or "" for leaf in account.asked() if leaf.parameters()]
    for field in dict.fromkeys(compared):
        if field in about() and _exact(facts, field):
            yield "more", field, {field: facts[field] + 1}
            if facts[field]:
                yield "fewer", field, {field: facts[field] - 1}


def _missing(facts: Facts, policy: Policy, rule: str, account: Account) -> Iterator[IfThen]:
    """Each missing fact alone, with every value that matters; values with one answer stand together."""
    now = answer(facts, policy, rule)
    for field in account.missing():
        tried = [
            (value, answer(_with(facts, {field: value}, policy), policy, rule))
            for value in _values(field, facts, account)
        ]
        for then, group in groupby(tried, key=lambda each: each[1]):
            values: tuple[Plain, ...] = tuple(value for value, _ in group)
            if about()[field].holds == "count" and values[-1] == tried[-1][0] and not _limited(field, facts):
                values = (values[0], None)
            yield IfThen("known", field, values, then, same=then == now)


def _values(field: str, facts: Facts, account: Account) -> Iterable[Plain]:
    holds = about()[field].holds
    if holds == "flag":
        return (True, False)
    if field in CHOICES:
        return tuple(each.value for each in CHOICES[field])
    if holds != "count":
        return ()
    most = int(max(_limits(field, account), default=_UNBOUNDED)) + 1 + _beside(field, facts)
    total = facts.get("members_total")
    return range(min(most, total) + 1) if _limited(field, facts) and total is not None else range(most + 1)


def _limits(field: str, account: Account) -> Iterator[int | float]:
    """The numbers with which the field is compared: by the rule, by the advice that stands beside its answer, or by
    what leaves an organisation out of it."""
    advice = (leaf for case in account.policy.advice for leaf in case.when.leaves())
    for leaf in (*account.asked(), *advice, *account.policy.excluded.leaves()):
        if field in (leaf.fact, *INTERVALS.get(leaf.fact or "", ()), *ASK_FOR.get(leaf.fact or "", ())):
            compared = [wanted for name in COMPARISONS if (wanted := getattr(leaf, name)) is not None]
            yield from (account.policy.bounds[each].value if isinstance(each, str) else each for each in compared)


def _beside(field: str, facts: Facts) -> int:
    """Members that are counted beside this number, and move the line on which it decides (党员总数减预备党员)."""
    others = ("members_formal", "members_probationary", "members_fulltime")
    if field not in ("members_total", *others):
        return 0
    names = [name for name in (*others, "employees_fulltime") if name != field]
    ends = [facts.get(name + end) for name in names for end in ("", LOW, HIGH)]
    return int(max((each for each in ends if each is not None), default=0))


def _limited(field: str, facts: Facts) -> bool:
    """No more formal or probationary members than members."""
    return field in ("members_formal", "members_probationary") and _exact(facts, "members_total")


def _exact(facts: Facts, field: str) -> bool:
    return facts.get(field) is not None and facts.get(field + LOW) is None and facts.get(field + HIGH) is None


def _with(facts: Facts, changes: Facts, policy: Policy) -> Row:
    """The facts after these changes, with all that follows from them in its own row and in its joint branch."""
    plain = dict(facts) | dict(changes) | {name + end: None for name in changes for end in (LOW, HIGH)}
    if "joint_units" in changes:
        plain |= _resized(facts, plain, changes["joint_units"])
    after = complete(plain, policy)
    if "joint_units" not in changes:
        plain |= _added_up(facts, after)
    return complete(plain, policy)


def _added_up(before: Facts, after: Facts) -> Row:
    """What the rows of its branch add up to, once this row has changed."""
    if before.get("joint_rows") is None and branch(before) is not None:  # only the sums are known, not the rows
        return {f"joint_{what}_{end}": _moved(before, after, what, end) for what in ("formal", "members")
                for end in ("low", "high")}  # fmt: skip
    if before.get("joint_rows") is None:
        return joint_branch(OneRecord(after))
    sums = {
        "joint_sum_low": after["formal_low"] - before["formal_low"],
        "joint_sum_high": (after["formal_high"] or 0) - (before["formal_high"] or 0),
        "joint_sum_members": after["members_low"] - before["members_low"],
        "joint_sum_members_high": (after["members_most"] or 0) - (before["members_most"] or 0),
        "joint_unclear": (after["formal_high"] is None) - (before["formal_high"] is None),
        "joint_members_unclear": (after["members_most"] is None) - (before["members_most"] is None),
    }
    added = {name: before[name] + more for name, more in sums.items()}
    return added | joint_branch(OneRecord({**after, **added}))


def _resized(facts: Facts, plain: Facts, units: int) -> Row:
    """The branch with so many units stated here: never fewer than its rows, or than another row states."""
    if branch(facts) is not None and facts.get("joint_rows") is None:  # its rows were looked at, and are not here
        size = max(units, facts["joint_size_low"])
        return {"joint_size_low": size, "joint_size_high": size, "joint_formal_high": None}
    said = {}
    for end, own in zip(("low", "high"), interval(OneRecord(facts), "joint_units"), strict=True):
        largest = facts.get(f"joint_stated_{end}")
        others = facts.get(f"joint_next_{end}") if largest == own else largest
        said[f"joint_stated_{end}"] = units if others is None else max(units, others)
    return joint_branch(OneRecord({**plain, **said}))


def _moved(before: Facts, after: Facts, what: str, end: str) -> object:
    """What the rows of its branch add up to, once this row has changed."""
    which = "members_most" if (what, end) == ("members", "high") else f"{what}_{end}"
    together, was, now = before[f"joint_{what}_{end}"], before[which], after[which]
    return None if together is None or was is None or now is None else together + now - was
