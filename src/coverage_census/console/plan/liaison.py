"""A plan of liaison officers in; tables for people, JSON, or a CSV that can be filled in and read back, out."""

from collections.abc import Sequence
from typing import Any

from coverage_census.console import check, out
from coverage_census.errors import ExitCode
from coverage_census.model.liaison_plan import Assignment, Choice, LiaisonPlan, Post, StepsRecorded, Unplaced
from coverage_census.model.officers import AssignmentStep
from coverage_census.model.reading import Level, Problem, Subject
from coverage_census.model.record import Json
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import quoted
from coverage_census.words.periods import label_of
from coverage_census.words.problems import sentences

NAMED = 5  # organisations of a list that is only mentioned


def show(plan: LiaisonPlan, words: Words, *, as_json: bool, as_csv: bool) -> int:
    """Exit code 3 where lines of the bank were set aside."""
    if as_json:
        out.as_json(document(plan, words))
    elif as_csv:
        out.as_csv(*_csv(plan, words))
        problems(plan.problems, words, err=True)
    else:
        _page(plan, words)
    aside = any(each.level is Level.ERROR for each in plan.problems)
    return ExitCode.SET_ASIDE if aside else ExitCode.DONE


def document(plan: LiaisonPlan, words: Words) -> Json:
    """The whole plan; problems with their sentences."""
    found = [dict(zip(("message", "fix"), sentences(each, words), strict=True)) for each in plan.problems]
    listed = [out.plain(each) | said for each, said in zip(plan.problems, found, strict=True)]
    return {**out.plain(plan), "problems": listed}


def _page(plan: LiaisonPlan, words: Words) -> None:
    if not plan.needing and not plan.assignments:
        out.line(words("liaison.no_need"))
    else:
        _summary(plan, words)
        _tables(plan, words)
    _notes(plan, words)
    problems(plan.problems, words)
    stamp = plan.policy
    said = label_of(plan.period or plan.round, words)
    out.line(words("liaison.footer", day=plan.as_of, round=said, policy=stamp.name, version=stamp.version))


def _summary(plan: LiaisonPlan, words: Words) -> None:
    out.paragraph(words("liaison.title", needing=plan.needing, served=plan.served))
    parts = [
        words("liaison.need_part", title=title, count=plan.needs[need])
        for need, title in plan.titles.items()
        if plan.needs.get(need)
    ]
    if parts:
        out.paragraph(words("liaison.by_need", parts=words("liaison.parts_between").join(parts)))
    if not plan.posts:
        out.paragraph(words("liaison.no_bank" if plan.instructors is None else "liaison.empty_bank"))
        return
    out.paragraph(words("liaison.bank", file=plan.instructors, officers=len(plan.posts), places=plan.places))
    if plan.places < plan.needing:
        short = plan.needing - plan.places
        out.paragraph(words("liaison.short", needing=plan.needing, places=plan.places, short=short))
    _result(plan, words)


def _result(plan: LiaisonPlan, words: Words) -> None:
    how = {each.value: sum(one.choice is each for one in plan.assignments) for each in Choice}
    out.paragraph(words("liaison.result", assigned=len(plan.assignments), unplaced=len(plan.unplaced), **how))
    if plan.blocking_pairs:
        out.paragraph(words("liaison.unstable", count=plan.blocking_pairs))
    elif plan.two_way:
        out.paragraph(words(f"liaison.stable_{plan.optimal_for}"))
    by_cost = how[Choice.SPREAD] + how[Choice.ONE_WAY]
    if by_cost and plan.cost == plan.bound:
        out.paragraph(words("liaison.optimal", cost=plan.cost))
    elif by_cost:
        out.paragraph(words("liaison.bound", cost=plan.cost, bound=plan.bound))


def _tables(plan: LiaisonPlan, words: Words) -> None:
    if plan.assignments:
        heads = ("township", "name", "need", "officer", "choice", "why", "step")
        rows = [_assigned(each, plan, words) for each in plan.assignments]
        _table("assigned", heads, rows, words, wrap=(1, 2, 5))
    if plan.unplaced and plan.posts:
        left = ("township", "name", "need", "reason", "could_ask")
        rows = [_left(each, plan, words) for each in plan.unplaced]
        _table("unplaced_title", left, rows, words, wrap=(1, 2, 3))
    elif plan.unplaced:
        rows = [_left(each, plan, words)[:3] for each in plan.unplaced]
        _table("needing_title", ("township", "name", "need"), rows, words, wrap=(1, 2))
    if plan.posts:
        posts = ("officer", "post", "full_time", "townships", "willing", "load", "capacity", "empty")
        _table("posts_title", posts, [_post(each, words) for each in plan.posts], words, right=(5, 6), wrap=(1, 3, 7))
    out.line()


def _table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]], words: Words, *,
    wrap: Sequence[int], right: Sequence[int] = (),
) -> None:  # fmt: skip
    out.line()
    out.line(words(f"liaison.{title}"))
    out.table(_heads(heads, words), rows, wrap=wrap, right=right)


def _post(each: Post, words: Words) -> list[object]:
    why = words(f"liaison.empty.{each.reason}") if each.reason else ""
    where = _townships(each.townships, words)
    willing = words(f"liaison.willing.{'yes' if each.willing else 'no'}")
    return [each.code, each.post, _full_time(each.full_time, words), where, willing, each.load, each.capacity, why]


def _notes(plan: LiaisonPlan, words: Words) -> None:
    unsure = sum(not each.has_none and each.need is not None for each in plan.assignments)
    unsure += sum(not each.has_none for each in plan.unplaced)
    if unsure:
        out.paragraph(words("liaison.unsure", count=unsure))
    if plan.in_doubt:
        names = words("liaison.between").join(each.name for each in plan.in_doubt[:NAMED])
        if len(plan.in_doubt) > NAMED:
            names += words("liaison.more", count=len(plan.in_doubt))
        out.paragraph(words("liaison.doubt", count=len(plan.in_doubt), names=names))
    for key, cited in plan.citations.items():
        need, _, kind = key.partition("/")
        if plan.needs.get(need):
            title = plan.titles[need] + (words("liaison.of_kind", kind=words(f"term.kind.{kind}")) if kind else "")
            given = {"document": cited.document, "article": cited.article, "text": quoted(cited, words)}
            out.paragraph(words("liaison.citation", title=title, **given))
    if plan.assignments:
        out.paragraph(words("liaison.weights", **plan.weights))
        out.paragraph(words("liaison.next"))


def _assigned(each: Assignment, plan: LiaisonPlan, words: Words) -> list[object]:
    return [
        each.subject.township, _name(each.subject, each.has_none or each.need is None),
        _need(each.need, plan, words), each.officer, words(f"liaison.choice.{each.choice}"), _why(each, words),
        words(f"liaison.step.{each.step}"),
    ]  # fmt: skip


def _left(each: Unplaced, plan: LiaisonPlan, words: Words) -> list[object]:
    reason = words(f"liaison.unplaced.{each.reason}")
    name = _name(each.subject, each.has_none)
    return [each.subject.township, name, _need(each.need, plan, words), reason, each.could_ask]


def _name(subject: Subject, has_none: bool) -> str:
    return subject.name if has_none else f"{subject.name}*"


def _need(need: str | None, plan: LiaisonPlan, words: Words) -> str:
    return words("liaison.why.no_longer") if need is None else plan.titles[need]


def _why(each: Assignment, words: Words) -> str:
    parts = []
    if each.wish_of_organisation:
        parts.append(words("liaison.why.wish_organisation", rank=each.wish_of_organisation))
    if each.wish_of_officer:
        parts.append(words("liaison.why.wish_officer", rank=each.wish_of_officer))
    parts.append(words(f"liaison.reach.{each.reach}"))
    if each.fit != "unknown":
        parts.append(words(f"liaison.fit.{each.fit}"))
    if each.before:
        parts.append(words("liaison.why.before", code=each.before))
    return words("liaison.between").join(parts)


def _full_time(value: bool | None, words: Words) -> str:
    return "" if value is None else words(f"liaison.full_time.{'yes' if value else 'no'}")


def _townships(names: Sequence[str], words: Words) -> str:
    return words("liaison.between").join(names) or words("liaison.whole_county")


def _heads(names: Sequence[str], words: Words) -> list[str]:
    return [words(f"liaison.head.{name}") for name in names]


def _csv(plan: LiaisonPlan, words: Words) -> tuple[list[str], list[list[object]]]:
    """Everybody who needs an officer; the column 进展 may be filled in and read back with --steps."""
    heads = ("county", "township", "name", "uscc", "need", "has_none", "officer", "choice", "why", "cost", "step",
             "reason", "could_ask")  # fmt: skip
    rows: list[list[Any]] = [
        [
            *_who(each.subject), _need(each.need, plan, words), _has(each.has_none, words), each.officer,
            words(f"liaison.choice.{each.choice}"), _why(each, words), each.cost, words(f"liaison.step.{each.step}"),
            None, None,
        ]
        for each in plan.assignments
    ]  # fmt: skip
    rows += [
        [
            *_who(each.subject), _need(each.need, plan, words), _has(each.has_none, words), None, None, None, None,
            words(f"liaison.step.{AssignmentStep.NEEDED}"), words(f"liaison.unplaced.{each.reason}"), each.could_ask,
        ]
        for each in plan.unplaced
    ]  # fmt: skip
    return _heads(heads, words), rows


def _who(subject: Subject) -> list[str | None]:
    return [subject.county, subject.township, subject.name, subject.uscc]


def _has(has_none: bool, words: Words) -> str:
    return words(f"liaison.has.{'none' if has_none else 'unknown'}")


def problems(found: Sequence[Problem], words: Words, *, err: bool = False) -> None:
    """Each with its sheet and cell."""
    if not found:
        return
    out.line(words("liaison.problems", count=len(found)), err=err)
    for each in found:
        check.listed(each, words, err=err)


def recorded(made: StepsRecorded, words: Words, *, as_json: bool) -> int:
    """What now stands beside the ledger."""
    if as_json:
        out.as_json(made)
    else:
        for each in made.entries:
            officer = (each.task or "").rpartition(":")[2]
            name = each.subject.name if each.subject else ""
            step = words(f"liaison.step.{each.new}")
            out.line(words("liaison.step_line", name=name, officer=officer, step=step))
        if made.round is None:
            out.line(words("liaison.nothing_recorded"))
        else:
            out.line(words("liaison.recorded", round=made.round, count=len(made.entries)))
        problems(made.problems, words)
    aside = any(each.level is Level.ERROR for each in made.problems)
    return ExitCode.SET_ASIDE if aside else ExitCode.DONE
