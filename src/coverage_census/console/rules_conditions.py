"""A condition of a policy in; the words in which a county office says it out."""

from coverage_census.model.organisation import about
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.conditions import COMPARISONS, Condition
from coverage_census.policy.language.facts import INTERVALS
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label, value_text

_OPPOSITE = {"at_least": "less_than", "less_than": "at_least", "more_than": "at_most", "at_most": "more_than"}


def said(condition: Condition, policy: Policy, words: Words, *, inside: bool = False) -> str:
    """“正式党员3名以上，且是否建立党组织：否”; a part of a larger condition that joins parts itself gets brackets."""
    if condition.fact is not None:
        return _leaf(condition, policy, words)
    if condition.not_ is not None:
        return _denied(condition.not_, policy, words)
    joiner = words("rules.condition.all" if condition.all is not None else "rules.condition.any")
    text = joiner.join(said(part, policy, words, inside=True) for part in condition.parts)
    return words("rules.condition.group", condition=text) if inside and len(condition.parts) > 1 else text


def label(fact: str, words: Words) -> str:
    """What a fact is called."""
    for key in (f"rules.fact.{fact}", f"policy.fact.{fact}"):
        if fact not in about() and words.has(key):
            return words(key)
    return field_label(fact, words)


def _denied(condition: Condition, policy: Policy, words: Words) -> str:
    compared = _compared(condition, policy)
    if condition.fact is not None and compared is not None:
        operator, value, unit = compared
        return _bound(condition.fact, _OPPOSITE[operator], value, unit, words)
    return words("rules.condition.not", condition=said(condition, policy, words))


def _leaf(leaf: Condition, policy: Policy, words: Words) -> str:
    fact = leaf.fact or ""
    name = label(fact, words)
    compared = _compared(leaf, policy)
    if compared is not None:
        return _bound(fact, *compared, words)
    if leaf.known is not None:
        return words(f"rules.condition.{'known' if leaf.known else 'blank'}", label=name)
    if isinstance(leaf.is_, bool):
        return words(f"rules.condition.is_{str(leaf.is_).lower()}", label=name)
    if leaf.is_ is not None:
        return words("rules.condition.is", label=name, value=_value(fact, leaf.is_, words))
    separator = words("rules.condition.word_separator")
    if leaf.in_ is not None:
        values = separator.join(_value(fact, value, words) for value in leaf.in_)
        return words("rules.condition.in", label=name, values=values)
    phrases = separator.join(words("rules.card.quoted", text=phrase) for phrase in leaf.contains or ())
    return words("rules.condition.contains", label=name, values=phrases)


def _value(fact: str, value: str, words: Words) -> str:
    key = f"term.{fact}.{value}"
    return words(key) if words.has(key) else value_text(fact, value, words)


def _compared(leaf: Condition, policy: Policy) -> tuple[str, int, str] | None:
    """Operator, number and unit of a comparison; None for other tests."""
    for operator in COMPARISONS:
        wanted = getattr(leaf, operator)
        if isinstance(wanted, str):
            entry = policy.parameters[wanted]
            return (entry.operator if operator == "reaches" else operator), entry.value, entry.unit[:1]
        if wanted is not None:
            return operator, wanted, _unit(leaf.fact or "")
    return None


def _unit(fact: str) -> str:
    field = fact if fact in about() else INTERVALS.get(fact, ("",))[0]
    return (about()[field].unit or "") if field in about() else ""


def _bound(fact: str, operator: str, value: int, unit: str, words: Words) -> str:
    name = label(fact, words)
    if (operator, value) in (("at_most", 0), ("less_than", 1)):
        return words("rules.condition.none", label=name, unit=unit)
    bound = words(f"policy.bound.{operator}", value=value, unit=unit)
    return words("rules.condition.compare", label=name, bound=bound)
