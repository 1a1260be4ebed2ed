"""A plan of mass organisations in; tables for people, JSON or CSV out."""

from collections.abc import Sequence, Set
from typing import Any

from coverage_census.console import out
from coverage_census.model.mass_plan import MassLeft, MassPlan, MassProposal
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import quoted
from coverage_census.words.numbers import DASH
from coverage_census.words.periods import label_of

NAMED = 5  # partners that are named in a cell


def show(plan: MassPlan, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """Kind by kind, what is due first."""
    if as_json:
        return out.as_json(plan)
    if as_csv:
        return out.as_csv(*_csv(plan, words))
    _tallies(plan, words)
    if plan.proposals:
        out.paragraph(words("mass.title", count=len(plan.proposals), least=plan.units_min, most=plan.units_max))
    else:
        out.line(words("mass.none"))
    if any(not each.due for each in plan.proposals):
        out.paragraph(words("mass.due_only"))
    out.line()
    _proposals(plan, words)
    _left(plan, words)
    _citations(plan, words)
    stamp = plan.policy
    said = label_of(plan.period or plan.round, words)
    out.line(words("liaison.footer", day=plan.as_of, round=said, policy=stamp.name, version=stamp.version))
    return None


def _tallies(plan: MassPlan, words: Words) -> None:
    rows = []
    for each in plan.tallies:
        name = words(f"mass.kind.{each.kind}")
        left = sum(one.kind == each.kind for one in plan.left)
        by_form = [
            sum(one.kind == each.kind and one.form == form for one in plan.proposals)
            for form in ("standalone", "joint", "area", "industry")
        ]
        figures: list[Any] = [*by_form, each.nobody, left]
        if not each.planned:
            figures = [DASH] * len(figures)
        rows.append([name, each.has, each.lacks, each.unknown, each.due, *figures])
    heads = [words(f"mass.head.{name}") for name in ("kind", "has", "lacks", "unknown", "due")]
    heads += [words(f"mass.short.{form}") for form in ("standalone", "joint", "area", "industry")]
    heads += [words(f"mass.head.{name}") for name in ("nobody", "left")]
    out.table(heads, rows, right=range(1, len(heads)))
    if absent := [words(f"mass.kind.{each.kind}") for each in plan.tallies if not each.planned]:
        out.line(words("mass.not_in_policy", kinds=words("liaison.between").join(absent)))
    out.line()


def _proposals(plan: MassPlan, words: Words) -> None:
    """What is due: alone one by one, groups as one line; groups in which nobody is due are only counted."""
    for kind in (each.kind for each in plan.tallies):
        mine = [each for each in plan.proposals if each.kind == kind]
        alone = [each for each in mine if each.group is None]
        groups: dict[int, list[MassProposal]] = {}
        for each in mine:
            groups.setdefault(each.group or 0, []).append(each)
        groups.pop(0, None)
        due = [group for group in groups.values() if any(each.due for each in group)]
        if alone:
            _alone(alone, words)
        if due:
            _groups(due, {each.subject.name for each in alone}, words)
        if rest := [group for group in groups.values() if group not in due]:
            given = {"kind": words(f"mass.kind.{kind}"), "groups": len(rest), "count": sum(map(len, rest))}
            out.paragraph(words("mass.rest", **given))
            out.line()


def _alone(proposals: Sequence[MassProposal], words: Words) -> None:
    kind, form = (words(f"mass.{part}.{getattr(proposals[0], part)}") for part in ("kind", "form"))
    out.line(words("mass.section_title", kind=kind, form=form, count=len(proposals)))
    by_place: dict[str, list[str]] = {}
    for each in proposals:
        by_place.setdefault(each.subject.township or "", []).append(_counted(each, words))
    heads = [words(f"mass.head.{name}") for name in ("township", "names")]
    out.table(heads, [[place, words("liaison.between").join(names)] for place, names in by_place.items()], wrap=(1,))
    out.line()


def _groups(groups: Sequence[Sequence[MassProposal]], alone: Set[str], words: Words) -> None:
    """`alone`: who forms one of its own, and may take others in."""
    first = groups[0][0]
    count = sum(map(len, groups))
    out.line(words("mass.groups_title", kind=words(f"mass.kind.{first.kind}"), groups=len(groups), count=count))
    heads = [words(f"mass.head.{name}") for name in ("township", "form", "names", "total", "lead")]
    rows = []
    for group in groups:
        names = [_counted(each, words) for each in group]
        if group[0].joins:
            has = "will_have" if group[0].joins in alone else "has_one"
            names.append(words(f"mass.{has}", name=group[0].joins))
        where = words("liaison.between").join(dict.fromkeys(each.subject.township or "" for each in group))
        form = words(f"mass.form.{group[0].form}")
        rows.append([where, form, words("liaison.between").join(names), group[0].total, group[0].lead])
    out.table(heads, rows, right=(3,), wrap=(2, 4))
    out.line()


def _counted(each: MassProposal, words: Words) -> str:
    """A name with its number; `+` where the policy does not ask it of this one."""
    return words("mass.counted" if each.due else "mass.counted_more", name=each.subject.name, count=each.count)


def how(each: MassProposal, words: Words) -> str:
    """With whom, led by whom."""
    kind = words(f"mass.kind.{each.kind}")
    if each.form == "standalone":
        return words("mass.alone")
    following = each.following or ""
    if each.form in ("area", "industry"):
        named = words("mass.section", letter=following) if each.form == "industry" else following
        return words("mass.within", following=named, units=len(each.partners) + 1, total=each.total)
    names = words("liaison.between").join(each.partners[:NAMED])
    if each.joins:
        said = words("mass.joins", name=each.joins, kind=kind, total=each.total)
    else:
        said = words("mass.with", names=names, total=each.total, lead=each.lead)
    follows = following and following != each.subject.township
    said += words("mass.follows", following=following) if follows else ""
    return said + (words("mass.lacking") if each.lacking else "")


def _due(each: MassProposal | MassLeft, words: Words) -> str:
    return words(f"mass.due.{'yes' if each.due else 'no'}")


def _left(plan: MassPlan, words: Words) -> None:
    if not plan.left:
        return
    out.line(words("mass.left_title"))
    heads = [words(f"mass.head.{name}") for name in ("kind", "reason", "name")]
    groups: dict[tuple[str, str], list[str]] = {}
    for each in plan.left:
        groups.setdefault((each.kind, each.reason), []).append(each.subject.name)
    rows = [
        [words(f"mass.kind.{kind}"), words(f"mass.left.{reason}"), _some(names, words)]
        for (kind, reason), names in groups.items()
    ]
    out.table(heads, rows, wrap=(1, 2))
    out.line()


def _some(names: Sequence[str], words: Words) -> str:
    said = words("liaison.between").join(names[:NAMED])
    return said if len(names) <= NAMED else said + words("mass.more", count=len(names))


def _citations(plan: MassPlan, words: Words) -> None:
    seen: dict[str, None] = {}
    for each in plan.proposals:
        cited = each.citation
        said = words(
            "mass.citation", kind=words(f"mass.kind.{each.kind}"), form=words(f"mass.form.{each.form}"),
            document=cited.document, article=cited.article, text=quoted(cited, words),
        )  # fmt: skip
        seen.setdefault(said)
    for said in seen:
        out.paragraph(said)


def _csv(plan: MassPlan, words: Words) -> tuple[list[str], list[list[object]]]:
    names = ("kind", "county", "township", "name", "uscc", "due", "count", "form", "group", "lead", "partners", "how",
             "rule", "reason")  # fmt: skip
    rows: list[list[Any]] = []
    for each in plan.proposals:
        where = [each.subject.county, each.subject.township, each.subject.name, each.subject.uscc]
        cited = f"{each.citation.document} {each.citation.article}"
        rows.append([
            words(f"mass.kind.{each.kind}"), *where, _due(each, words), each.count, words(f"mass.form.{each.form}"),
            each.group, each.lead, words("liaison.between").join(each.partners), how(each, words), cited, None,
        ])  # fmt: skip
    for one in plan.left:
        where = [one.subject.county, one.subject.township, one.subject.name, one.subject.uscc]
        rows.append([
            words(f"mass.kind.{one.kind}"), *where, _due(one, words), *[None] * 7, words(f"mass.left.{one.reason}")
        ])  # fmt: skip
    return [words(f"mass.head.{name}") for name in names], rows
