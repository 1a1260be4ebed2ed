"""One explained organisation in; a card of 80 columns for people, or the list of its decisions for programs, out."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from coverage_census.console import out
from coverage_census.console.rules_conditions import label
from coverage_census.model.decision import Advice, Gap, Verdict
from coverage_census.model.organisation import about
from coverage_census.model.record import Json
from coverage_census.policy.figures.account import InForce, RuleAccount
from coverage_census.results import Explanation
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import count_text, quoted, value_text
from coverage_census.words.periods import called
from coverage_census.words.width import fold, pad, width

if TYPE_CHECKING:
    from coverage_census.policy.figures.what_if import IfThen, WhatIfAnswer

_WIDEST = 96
_GAP = 2


def show(found: Explanation, words: Words, *, as_json: bool) -> None:
    """结论 → 条文 → 事实 → 参数 → 政策版本 → 若…则…, then what else is open."""
    if as_json:
        return out.as_json([_document(each, found, words) for each in found.accounts])
    card = TextCard(words)
    each = found.organisation
    card.line("  ".join(part for part in (each.name, each.uscc or each.code) if part))
    places = [part for part in (each.county, each.township, each.village) if part]
    card.line(" · ".join(places) or words("console.not_stated"))
    formation, *rest = found.accounts
    stamp = found.stamp
    card.account(formation, found)
    version = words("rules.card.in_force", policy=stamp.name, version=stamp.version, day=stamp.as_of)
    card.part("version", [version])
    card.part("modes", _modes(formation, words))
    card.part("what_if", _what_if(formation, words))
    card.part("readings", found.readings)
    card.part("others", _others(found, words))
    for account in rest:
        if account.decision.verdict is Verdict.GAP:
            card.account(account, found)
            card.part("what_if", _what_if(account, words))
    card.rule()
    for sentence in _brief(rest, found, words):
        card.line(sentence)
    if found.waiting:
        card.line(words("rules.card.waiting", names=words("console.separator").join(found.waiting)))
    round_ = called(found.round, words)
    line = words("console.footer", day=found.round.as_of, round=round_, policy=stamp.name, version=stamp.version)
    card.line(line)
    return None


class TextCard:
    """Lines on the terminal: a label on the left, folded text beside it."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._columns = min(out.columns(), _WIDEST)
        labels = ("conclusion", "article", "facts", "parameters", "version", "modes", "what_if", "readings", "others")
        self._left = max(width(words(f"rules.card.{label}")) for label in labels) + _GAP

    def line(self, text: str) -> None:
        for folded in fold(text, self._columns):
            out.line(folded)

    def rule(self) -> None:
        out.line("─" * self._columns)

    def part(self, label: str, texts: Iterable[str]) -> None:
        """The texts, one below the other, the label beside the first; nothing where there is none."""
        head = self._words(f"rules.card.{label}")
        for text in texts:
            for folded in fold(text, self._columns - self._left):
                out.line((pad(head, self._left) + folded).rstrip())
                head = ""

    def account(self, account: RuleAccount, found: Explanation) -> None:
        """One rule: conclusion, article, facts with their cells, numbers in force."""
        words, decision = self._words, account.decision
        self.rule()
        mark = words(f"rules.mark.{decision.verdict}")
        self.part("conclusion", [f"{mark} {account.title}{_colon(words)}{conclusion(account, words)}", decision.reason])
        cited = decision.citation
        title = words("rules.card.article_name", document=cited.document, article=cited.article)
        self.part("article", [title, quoted(cited, words)])
        self.part("facts", self._facts(account, found))
        self.part("parameters", [parameter(each, words) for each in account.parameters])

    def _facts(self, account: RuleAccount, found: Explanation) -> list[str]:
        """Label, value and cell in columns; a cell that does not fit stands below."""
        words = self._words
        rows = [
            (label(field, words), _value(field, value, found, words), _place(field, value, found, words))
            for field, value in account.decision.facts.items()
        ]
        if not rows:
            return []
        names, values = (max(width(row[index]) for row in rows) + _GAP for index in (0, 1))
        lines = []
        for name, value, place in rows:
            figures = pad(name, names) + pad(value, values)
            fits = self._left + width(figures) + width(place) <= self._columns
            lines += [figures + place] if fits else [figures.rstrip(), "  ← " + place]
        return lines


def _value(field: str, value: Any, found: Explanation, words: Words) -> str:
    """A count that stands for an interval is shown as one: 30至50名, never its lower end alone."""
    ends = found.organisation.bounds.get(field)
    if value is None or ends is None:
        return value_text(field, value, words)
    unit = (about()[field].unit or "") if words.lang == "zh" else ""
    return f"{count_text(value, *ends, words)}{unit}"


def conclusion(account: RuleAccount, words: Words) -> str:
    """What is due and how it stands; for other rules than formation how it stands only."""
    decision = account.decision
    verdict = _verdict(decision.verdict, decision.gap, words)
    if decision.rule != "formation":
        return verdict
    return _advised(decision.advice, verdict, words)


def answered(answer: "WhatIfAnswer", words: Words) -> str:
    """The same for an answer that is only tried out."""
    return _advised(answer.advice, _verdict(answer.verdict, answer.gap, words), words)


def _advised(advice: Advice, verdict: str, words: Words) -> str:
    key = "confirm_and" if advice is Advice.CONFIRM else "advice_and"
    return words(f"rules.card.{key}", advice=words(f"term.advice.{advice}"), verdict=verdict)


def _verdict(verdict: Verdict, gap: Gap | None, words: Words) -> str:
    if gap is None or verdict is Verdict.MET:
        return words(f"term.verdict.{verdict}")
    said = words(f"term.gap.{gap}")
    if verdict is Verdict.GAP or gap is Gap.UNCONFIRMED:
        return said
    return words("rules.card.perhaps", verdict=words(f"term.verdict.{verdict}"), gap=said)


def parameter(each: InForce, words: Words) -> str:
    """“正式党员3名以上，自2018-10-28起（formal_threshold）”."""
    return words("rules.card.parameter", said=bound(each, words), since=each.since, name=each.name)


def bound(each: InForce, words: Words) -> str:
    """The number with its operator word; in Chinese with what is counted before it."""
    counted = each.unit[1:] if words.lang == "zh" else ""
    return counted + words(f"policy.bound.{each.operator}", value=each.value, unit=each.unit[:1])


def _place(field: str, value: object, found: Explanation, words: Words) -> str:
    if field in found.places:
        return found.places[field]
    return words("rules.card.not_on_sheet" if value is None else "rules.card.worked_out")


def _what_if(account: RuleAccount, words: Words) -> list[str]:
    """One line a change; two that change nothing share one."""
    changes = list(account.what_if)
    nearby = [each for each in changes if each.kind in ("more", "fewer")]
    lines = []
    if len(nearby) == 2 and all(each.same for each in nearby):
        field = nearby[0].field
        key = "all_same" if field == "members_formal" else "all_same_total"
        lines.append(words(f"rules.card.{key}"))
        changes = [each for each in changes if each not in nearby]
    return [*(_if_then(each, account, words) for each in changes), *lines]


def _if_then(each: "IfThen", account: RuleAccount, words: Words) -> str:
    change = words(f"rules.card.{each.kind}", label=label(each.field, words), value=_values(each, words))
    if each.same:
        answer = words("rules.card.still_open" if each.kind == "known" else "rules.card.same")
    elif account.decision.rule == "formation":
        answer = answered(each.answer, words)
    else:
        answer = _verdict(each.answer.verdict, each.answer.gap, words)
    return words("rules.card.then", change=change, answer=answer)


def _values(each: "IfThen", words: Words) -> str:
    first, last = (None if v is None else value_text(each.field, v, words) for v in (each.values[0], each.values[-1]))
    if last is None:
        return words("rules.card.or_more", value=first)
    if isinstance(each.values[0], int) and not isinstance(each.values[0], bool):
        return str(first) if first == last else words("rules.card.to", low=each.values[0], high=last)
    return words("console.separator").join(value_text(each.field, value, words) for value in each.values)


def _others(found: Explanation, words: Words) -> list[str]:
    lines = []
    for each in found.others:
        if each.answer is not None and each.differs:
            answer = answered(each.answer, words)
            lines.append(words("rules.card.other", policy=each.name, answer=answer, reason=each.reason))
    alike = [each.name for each in found.others if each.answer is not None and not each.differs]
    lines += [words("rules.card.agree", names=words("console.separator").join(alike))] if alike else []
    lines += [words("rules.card.cannot", policy=each.name, why=each.why_not) for each in found.others if each.why_not]
    return lines


def _modes(account: RuleAccount, words: Words) -> list[str]:
    """Which ways of forming the policy offers it, while it has none that meets the rule."""
    if account.decision.verdict not in (Verdict.GAP, Verdict.UNKNOWN):
        return []
    return [
        words("rules.card.mode", title=each.title, said=quoted(each.citation, words), document=each.citation.document)
        for each in account.decision.modes
    ]


def _brief(accounts: Sequence[RuleAccount], found: Explanation, words: Words) -> list[str]:
    """Rules that are met, open or do not apply, a line each kind."""
    separator, lines = words("console.separator"), []
    for verdict, key in ((Verdict.UNKNOWN, "left_open"), (Verdict.MET, "met"), (Verdict.EXEMPT, "exempt")):
        names = [
            _open(a, words) if verdict is Verdict.UNKNOWN else a.title
            for a in accounts
            if a.decision.verdict is verdict
        ]
        if names:
            lines.append(words(f"rules.card.{key}", names=separator.join(names)))
    return lines


def _open(account: RuleAccount, words: Words) -> str:
    blank = [label(field, words) for field, value in account.decision.facts.items() if value is None]
    fields = words("console.separator").join(blank)
    return words("rules.card.open_item", title=account.title, fields=fields) if blank else account.title


def _colon(words: Words) -> str:
    return "：" if words.lang == "zh" else ": "


def _document(account: RuleAccount, found: Explanation, words: Words) -> Json:
    """The decision as in every list of decisions, and beside it what the card adds."""
    formation = account.decision.rule == "formation"
    return {
        **out.plain(account.decision),
        "title": account.title,
        "places": {field: found.places.get(field) for field in account.decision.facts},
        "parameters": [out.plain(each) for each in account.parameters],
        "what_if": [out.plain(each) for each in account.what_if],
        "readings": list(found.readings) if formation else [],
        "others": [out.plain(each) for each in found.others] if formation else [],
    }
