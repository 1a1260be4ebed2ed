"""The list of policies, what is wrong with them, and where two differ, in; tables, JSON or CSV out."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from coverage_census.console import out
from coverage_census.console.rules_conditions import label
from coverage_census.errors import ExitCode
from coverage_census.model.decision import Gap, Verdict
from coverage_census.model.record import Json
from coverage_census.results import PolicyCheck, PolicyComparison, PolicyLine
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import called

if TYPE_CHECKING:
    from coverage_census.policy.figures.compare import Difference, PolicyJudgement

_LINE = ("name", "title", "about", "version", "rules", "current", "why_not")
_FAULT = ("policy", "file", "at", "code", "message")
_CSV = (
    "name", "uscc", "county", "township", "rule", "a", "a_version", "a_advice", "a_verdict", "a_gap", "a_reason",
    "b", "b_version", "b_advice", "b_verdict", "b_gap", "b_reason",
)  # fmt: skip


def listing(found: Sequence[PolicyLine], words: Words, *, as_json: bool, as_csv: bool) -> None:
    """Every policy with its title and version; the one in use is marked."""
    if as_json:
        return out.as_json(found)
    if as_csv:
        return out.as_csv(list(_LINE), [list(out.plain(each).values()) for each in found])
    header = [words(f"rules.list.{head}") for head in ("name", "version", "rules", "title", "about")]
    rows = [
        [f"* {each.name}" if each.current else f"  {each.name}", each.version or "—", each.rules or "—",
         each.title or "—", each.about or each.why_not]
        for each in found
    ]  # fmt: skip
    out.table(header, rows, wrap=(4,))
    out.line(words("rules.list.current"))
    return None


def checks(found: Sequence[PolicyCheck], words: Words, *, as_json: bool, as_csv: bool) -> ExitCode:
    """What is wrong with each policy; exit 3 if anything is."""
    faults = [(each.policy, fault) for each in found for fault in each.faults]
    code = ExitCode.SET_ASIDE if faults else ExitCode.DONE
    if as_json:
        out.as_json(found)
        return code
    if as_csv:
        out.as_csv(_FAULT, [[policy, *out.plain(fault).values()] for policy, fault in faults])
        return code
    for each in found:
        key = "proved" if not each.faults else "faulty"
        boundaries = words("console.separator").join(_boundary(said, words) for said in each.boundaries)
        said = {"policy": each.policy, "combinations": each.combinations, "boundaries": boundaries}
        out.paragraph(words(f"rules.check.{key}", **said, faults=len(each.faults)))
        for fault in each.faults:
            out.paragraph("  ✗ " + fault.message)
    combinations = sum(each.combinations for each in found)
    out.line(words("rules.check.count", policies=len(found), combinations=combinations, faults=len(faults)))
    return code


def _boundary(said: str, words: Words) -> str:
    """`formal 2/3` with the name of the fact."""
    fact, _, numbers = said.partition(" ")
    return f"{label(fact, words)} {numbers}"


def comparison(found: PolicyComparison, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """How many organisations are judged differently, by which rules and how, and which they are."""
    stamps = {"a": found.a.stamp, "b": found.b.stamp}
    if as_json:
        policies = {side: out.plain(stamp) for side, stamp in stamps.items()}
        return out.as_json([_document(each, policies) for each in found.differences])
    if as_csv:
        return out.as_csv(list(_CSV), [_flat(each, found) for each in found.differences])
    named = {"a": found.a.name, "b": found.b.name + ("*" if found.b.name == found.a.name else "")}
    differing = len({(each.name, each.uscc, each.township) for each in found.differences})
    out.line(words("rules.compare.heading", organisations=found.organisations, differing=differing, **named))
    if gone := found.round.organisations - found.organisations:
        out.line(words("gone.line", count=gone))
    _groups(found, named, words)
    for side, other in (("a", "b"), ("b", "a")):
        policy, others = getattr(found, side), getattr(found, other).rules
        only = [getattr(rule.title, words.lang) for name, rule in policy.rules.items() if name not in others]
        if only:
            said = words("console.separator").join(only)
            out.paragraph(words("rules.compare.only", policy=policy.name, rules=said))
    versions = {"a_version": found.a.version, "b_version": found.b.version, "on": found.b.stamp.as_of}
    round_ = called(found.round, words)
    out.paragraph(words("rules.compare.footer", day=found.round.as_of, round=round_, **named, **versions))
    return None


def _groups(found: PolicyComparison, named: dict[str, str], words: Words) -> None:
    """A table of counts, then each group with its organisations and both reasons."""
    if not found.differences:
        out.line(words("rules.compare.none"))
        return
    kinds = [
        (each.rule, _judged(each.rule, each.a, words), _judged(each.rule, each.b, words)) for each in found.differences
    ]
    counts = Counter(kinds)
    titles = {rule: getattr(said.title, words.lang) for rule, said in found.a.rules.items()}
    sides = [words(f"rules.compare.{side}", name=name) for side, name in named.items()]
    header = [words("rules.compare.rule"), *sides, words("rules.compare.count")]
    out.table(
        header, [(titles[rule], a, b, count) for (rule, a, b), count in counts.items()], right=(3,), wrap=(0, 1, 2)
    )
    heads = [words("rules.compare.township"), words("rules.compare.name"), *sides]
    for kind in counts:
        rule, a, b = kind
        out.line()
        out.paragraph(words("rules.compare.group", rule=titles[rule], a=a, b=b))
        mine = [each for each, its in zip(found.differences, kinds, strict=True) if its == kind]
        out.table(heads, [(each.township, each.name, each.a.reason, each.b.reason) for each in mine], wrap=(1, 2, 3))


def _judged(rule: str, each: "PolicyJudgement", words: Words) -> str:
    """“应单独组建，应建未建”; of other rules than formation the verdict only."""
    verdict = words(f"term.verdict.{each.verdict}")
    if each.gap not in (None, Gap.UNCONFIRMED) and each.verdict is not Verdict.MET:
        verdict = words(f"term.gap.{each.gap}")
    if rule != "formation":
        return verdict
    return words("rules.compare.judged", advice=words(f"term.advice.{each.advice}"), verdict=verdict)


def _document(each: "Difference", policies: Json) -> Json:
    document: Json = out.plain(each)
    return document | {side: {"policy": policies[side], **document[side]} for side in policies}


def _flat(each: "Difference", found: PolicyComparison) -> list[Any]:
    who = [each.name, each.uscc, each.county, each.township, each.rule]
    for policy, judged in ((found.a, each.a), (found.b, each.b)):
        who += [policy.name, policy.version, judged.advice, judged.verdict, judged.gap, judged.reason]
    return who
