"""A plan of mass organisations in; tables for people, JSON or CSV out."""

from collections.abc import Sequence
from typing import Any

from coverage_census.console import out
from coverage_census.model.mass_plan import MassLeft, MassPlan, MassProposal
from coverage_census.words.catalogue import Words

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
    _proposals(plan, words)
    _left(plan, words)
    _citations(plan, words)
    stamp = plan.policy
    out.line(words("liaison.footer", day=plan.as_of, round=plan.round, policy=stamp.name, version=stamp.version))
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
            figures = [words("mass.not_in_policy"), *[""] * (len(figures) - 1)]
        rows.append([name, each.has, each.lacks, each.unknown, each.due, *figures])
    heads = [words(f"mass.head.{name}") for name in ("kind", "has", "lacks", "unknown", "due")]
    heads += [words(f"mass.form.{form}") for form in ("standalone", "joint", "area", "industry")]
    heads += [words(f"mass.head.{name}") for name in ("nobody", "left")]
    out.table(heads, rows, right=range(1, len(heads)))
    out.line()


def _proposals(plan: MassPlan, words: Words) -> None:
    if not plan.proposals:
        return
    heads = [words(f"mass.head.{name}") for name in ("kind", "township", "name", "due", "count", "form", "how")]
    listed = sorted(plan.proposals, key=lambda each: (_kinds(plan).index(each.kind), not each.due))
    rows = [
        [
            words(f"mass.kind.{each.kind}"), each.subject.township, each.subject.name, _due(each, words), each.count,
            words(f"mass.form.{each.form}"), how(each, words),
        ]
        for each in listed
    ]  # fmt: skip
    out.table(heads, rows, right=(4,), wrap=(2, 6))
    out.line()


def _kinds(plan: MassPlan) -> list[str]:
    return [each.kind for each in plan.tallies]


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
    return said + (words("mass.follows", following=following) if follows else "")


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
            document=cited.document, article=cited.article, text=cited.text,
        )  # fmt: skip
        seen.setdefault(said)
    for said in seen:
        out.paragraph(said)


def _csv(plan: MassPlan, words: Words) -> tuple[list[str], list[list[Any]]]:
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
