"""Policies in; a handout of two columns for a meeting (条文 | 判定), or JSON, out."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from coverage_census.console import out
from coverage_census.console.rules_conditions import said
from coverage_census.model.choices import Kind
from coverage_census.model.record import Json
from coverage_census.policy.files.document import Case, Mode, ParameterEntry, Quoted, Rule
from coverage_census.policy.files.policy import Policy
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import quoted
from coverage_census.words.width import fold, pad

_WIDEST = 120
_BETWEEN = " │ "


def show(policies: Sequence[Policy], words: Words, *, as_json: bool) -> None:
    """Each policy: its rules, what the text says on the left and how it is decided on the right."""
    if as_json:
        return out.as_json([_document(policy, words) for policy in policies])
    for number, policy in enumerate(policies):
        if number:
            out.line()
        _print(policy, words)
    return None


def _print(policy: Policy, words: Words) -> None:
    title, about = (getattr(each, words.lang) for each in (policy.title, policy.about))
    out.line(words("rules.show.heading", title=title, name=policy.name))
    out.paragraph(about)
    out.paragraph(words("rules.show.stamp", version=policy.version, day=policy.as_of.isoformat()))
    _rule()
    _side_by_side([words("rules.show.left")], [words("rules.show.right")])
    _rule()
    advice = [_advice(each.advice, said(each.when, policy, words), words) for each in policy.advice]
    excluded = [words("rules.show.excluded", condition=said(policy.excluded, policy, words))]
    _side_by_side([words("rules.show.advice")], [*advice, *([] if policy.exclusions else excluded)])
    for one in policy.exclusions:
        right = [words("rules.show.excluded", condition=said(one.when, policy, words))]
        _side_by_side(list(_quoted(one.citation, words)), right)
    for number, (name, rule) in enumerate(policy.rules.items(), start=1):
        _rule()
        out.line(words("rules.show.rule", number=number, title=getattr(rule.title, words.lang)))
        left = [*_quoted(rule.citation, words), *_numbers(name, policy, words)]
        for place, case in enumerate(rule.cases):
            if case.citation is not None:
                left += _quoted(case.citation, words)
            _side_by_side(left, _case(case, policy, words, first=place == 0))
            left = []
    _deadlines(policy, words)
    _modes(policy, words)
    _targets(policy, words)
    _sources(policy, words)
    if policy.waiting:
        _rule()
        names = words("console.separator").join(getattr(each, words.lang) for each in policy.waiting.values())
        out.paragraph(words("rules.card.waiting", names=names))
    _rule()


def _advice(advice: str, condition: str, words: Words) -> str:
    return words("rules.show.advice_case", condition=condition, advice=words(f"term.advice.{advice}"))


def _quoted(cited: Quoted, words: Words) -> Iterable[str]:
    yield words("rules.card.article_name", document=cited.document, article=cited.article)
    yield quoted(cited.citation(), words)
    if cited.link:
        yield cited.link
    if cited.note:
        yield words("rules.show.note", note=cited.note)


def _numbers(name: str, policy: Policy, words: Words) -> list[str]:
    """The numbers that the rule compares with, those behind the advice with formation."""
    conditions = list(policy.rules[name].conditions())
    if name == "formation":
        conditions += [each.when for each in policy.advice]
    used = dict.fromkeys(each for condition in conditions for each in sorted(condition.parameters()))
    return [_number(each, policy.parameters[each], words) for each in used]


def _number(name: str, entry: ParameterEntry, words: Words) -> str:
    counted = entry.unit[1:] if words.lang == "zh" else ""
    bound = counted + words(f"policy.bound.{entry.operator}", value=entry.value, unit=entry.unit[:1])
    line = words("rules.show.parameter", said=bound, since=entry.since.isoformat(), name=name)
    return line + (words("rules.show.ending", until=entry.until.isoformat()) if entry.until else "")


def _case(case: Case, policy: Policy, words: Words, *, first: bool) -> list[str]:
    """The cases are looked at in their order: a later one is for those whom no earlier one was for."""
    lines = [words(f"rules.show.{'applies' if first else 'applies_next'}", condition=said(case.when, policy, words))]
    if case.met is not None:
        lines.append(words("rules.show.met", condition=said(case.met, policy, words)))
    for each in case.gaps:
        gap = words(f"term.gap.{each.gap}")
        lines.append(words("rules.show.gap", gap=gap, condition=said(each.when, policy, words)))
    lines.append(words("rules.show.unknown", gap=words(f"term.gap.{case.unknown}")))
    return [*lines, *(words("rules.show.reading", text=getattr(each, words.lang)) for each in case.readings)]


def _deadlines(policy: Policy, words: Words) -> None:
    for each in policy.deadlines.values():
        _rule()
        titles = (getattr(policy.rules[rule].title, words.lang) for rule in each.rules if rule in policy.rules)
        rules = words("console.separator").join(titles)
        key = "deadline_on" if each.on else "days" if each.days else "deadline_year"
        day = each.on.isoformat() if each.on else ""
        right = [words(f"rules.show.{key}", rules=rules, day=day, days=each.days)]
        if each.when is not None:
            right.append(words("rules.show.applies", condition=said(each.when, policy, words)))
        _side_by_side(list(_quoted(each.citation, words)), right)


def _modes(policy: Policy, words: Words) -> None:
    """Which way of forming is for whom."""
    for number, each in enumerate(policy.modes.values()):
        if number == 0:
            _rule()
            out.line(words("rules.show.modes"))
        title = getattr(each.title, words.lang)
        condition = said(each.when, policy, words) if each.when else ""
        right = [words(f"rules.show.{'mode' if each.when else 'mode_all'}", title=title, condition=condition)]
        _side_by_side(list(_quoted(each.citation, words)), right)


def _targets(policy: Policy, words: Words) -> None:
    for each in policy.targets.values():
        _rule()
        label = words(f"indicator.{each.indicator}.label")
        right = [words("rules.show.target", label=label, percent=each.percent)]
        _side_by_side(list(_quoted(each.citation, words)), right)


def _sources(policy: Policy, words: Words) -> None:
    """Where the numbers come from, and what assigning, planning and responsibility rest on."""
    _rule()
    out.line(words("rules.show.sources"))
    for name, entry in policy.parameters.items():
        _side_by_side(list(_quoted(entry.citation, words)), [_number(name, entry, words)])
    for line in policy.owners:
        by = words(f"tasks.by.{line.by}")
        _side_by_side(list(_quoted(line.citation, words)), [words("rules.show.owner", by=by)])
    for need in policy.liaison.needs if policy.liaison else ():
        title = getattr(need.title, words.lang)
        _side_by_side(list(_quoted(need.citation, words)), [words("rules.show.need", title=title)])
        if need.social_citation is not None:
            title += words("liaison.of_kind", kind=words(f"term.kind.{Kind.SOCIAL_ORG}"))
            _side_by_side(list(_quoted(need.social_citation, words)), [words("rules.show.need", title=title)])
    for form in policy.mass:
        what = words("rules.show.mass", kind=words(f"mass.kind.{form.kind}"), form=words(f"mass.form.{form.form}"))
        _side_by_side(list(_quoted(form.citation, words)), [what])
    for term in ("distance", "industry", "branch") if policy.plan else ():
        weight = policy.plan.weight(term) if policy.plan else None
        if weight is not None and weight.citation is not None:
            _side_by_side(list(_quoted(weight.citation, words)), [words("rules.show.weight")])


def _side_by_side(left: Iterable[str], right: Iterable[str]) -> None:
    """Both texts folded to half the page."""
    half = (_columns() - len(_BETWEEN)) // 2
    sides = ([line for text in texts for line in fold(text, half)] for texts in (left, right))
    for one, other in zip_longest(*sides, fillvalue=""):
        out.line((pad(one, half) + _BETWEEN + other).rstrip())


def _rule() -> None:
    out.line("─" * _columns())


def _columns() -> int:
    return min(out.columns(), _WIDEST)


def _document(policy: Policy, words: Words) -> Json:
    return {
        **out.plain(policy.stamp),
        "title": getattr(policy.title, words.lang),
        "about": getattr(policy.about, words.lang),
        "excluded": said(policy.excluded, policy, words),
        "exclusions": [
            {"when": said(each.when, policy, words), "citation": out.plain(each.citation)} for each in policy.exclusions
        ],
        "advice": [
            {"advice": each.advice.value, "when": said(each.when, policy, words)} for each in policy.advice
        ],
        "parameters": [
            {"name": name, **out.plain(entry)} for name, entry in policy.parameters.items()
        ],
        "rules": [_rule_document(name, rule, policy, words) for name, rule in policy.rules.items()],
        "modes": [
            {"mode": name, "when": said(each.when, policy, words) if each.when else None, **_mode(each, words)}
            for name, each in policy.modes.items()
        ],
        "targets": [{"name": name, **out.plain(each)} for name, each in policy.targets.items()],
        "waiting": list(policy.waiting),
        "deadlines": [{"name": name, **out.plain(each)} for name, each in policy.deadlines.items()],
    }  # fmt: skip


def _mode(each: Mode, words: Words) -> Json:
    title = getattr(each.title, words.lang)
    return {"title": title, "form": each.form, "citation": out.plain(each.citation.citation())}


def _rule_document(name: str, rule: Rule, policy: Policy, words: Words) -> Json:
    return {
        "rule": name,
        "title": getattr(rule.title, words.lang),
        "citation": out.plain(rule.citation),
        "since": rule.since.isoformat() if rule.since else None,
        "until": rule.until.isoformat() if rule.until else None,
        "cases": [
            {
                "id": case.id,
                "applies": said(case.when, policy, words),
                "met": said(case.met, policy, words) if case.met is not None else None,
                "gaps": [{"gap": each.gap.value, "when": said(each.when, policy, words)} for each in case.gaps],
                "unknown": case.unknown.value,
                "citation": out.plain(case.citation) if case.citation is not None else None,
            }
            for case in rule.cases
        ],
    }
