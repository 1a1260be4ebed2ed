"""A plan of joint branches in; terminal tables by township, one JSON document or CSV out."""

from collections.abc import Iterator

from coverage_census.console import out
from coverage_census.model.joint_plan import Group, JointPlan, Leftover, PlanProof, PlanSentence, Unit
from coverage_census.model.reading import Problem
from coverage_census.model.record import Json
from coverage_census.plan.joint import figures
from coverage_census.plan.joint.figures import JointFigures
from coverage_census.plan.joint.townships import Home
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import percent
from coverage_census.words.periods import label_of
from coverage_census.words.plans import formal, host

_FEW = 12  # notes about places are repeated for every township: more than this are counted


def joint(plan: JointPlan, words: Words, *, as_json: bool, as_csv: bool, keeps: bool = False) -> None:
    """For people what is to be done; for programs everything, existing branches that stay included. `keeps`: what is
    said next is where it is kept."""
    if as_json:
        return out.as_json(document(plan, words))
    if as_csv:
        header = ["township", "group", "change", "role", "name", "uscc", "formal_low", "formal_high", "members"]
        header += ["nearness", "reason", "host", "to_confirm"]
        return out.as_csv(header, _csv(plan, words))
    if not plan.groups and not plan.leftovers:
        _problems(plan, words)
        out.line(words("plan.text.nothing"))
        return None
    _summary(plan, words)
    _townships(plan, words)
    _leftovers(plan, words)
    _adjustments(plan, words)
    if plan.unconfirmed:
        names = words("console.separator").join(unit.name for unit in plan.unconfirmed)
        out.paragraph(words("plan.text.unconfirmed", names=names))
    out.line()
    _problems(plan, words)
    _basis(plan, words)
    if not keeps:
        out.line(words("plan.text.proposal"))
    return None


def document(plan: JointPlan, words: Words) -> Json:
    """The record as it is, with every sentence written out beside its code."""
    found: Json = out.plain(plan)
    for group, made in zip(found["groups"], plan.groups, strict=True):
        group["size"], group["reason"] = made.size, "；".join(sentence(each, words) for each in made.reasons)
        group["lead_reason"] = words(f"plan.rule.{made.lead_rule}")
    for left, each in zip(found["leftovers"], plan.leftovers, strict=True):
        left["sentence"], left["host_sentence"] = sentence(each.said, words), host(each.host, words)
    for adjusted, change in zip(found["adjustments"], plan.adjustments, strict=True):
        adjusted["wrong_sentence"] = "；".join(sentence(each, words) for each in change.wrong)
        adjusted["steps_sentence"] = "；".join(sentence(each, words) for each in change.steps)
    for proof, record in zip(found["proofs"], plan.proofs, strict=True):
        proof["optimal"] = record.optimal
    found |= _counted(figures.whole(plan))
    found["townships"] = [
        {"county": at[0] or None, "township": at[1] or None, **_counted(each)}
        for at, each in figures.by_township(plan).items()
    ]
    for problem, told in zip(found["problems"], plan.problems, strict=True):
        problem["message"], problem["fix"] = problem_sentences(told, words)
    return found


def _counted(each: JointFigures) -> dict[str, int]:
    return {"asked": each.asked, "joined": each.joined, "left": each.left}


def sentence(said: PlanSentence, words: Words) -> str:
    """A reason, a fault or a step in words."""
    values: Json = dict(said.values)
    code = said.code
    if code in {"reason.division", "reason.section"}:
        from coverage_census.places.industry import name

        values["name"] = name(str(values["code"]))
        code += "_guessed" if values["guessed"] else ""
    return words(f"plan.{code}", **values)


def problem_sentences(each: Problem, words: Words) -> tuple[str, str]:
    """What is wrong with what the plan was made from, and what to do."""
    values = {"file": each.file, "cell": each.cell or "", **each.values}
    return words(f"plan.problem.{each.code}.message", **values), words(f"plan.problem.{each.code}.fix", **values)


def _summary(plan: JointPlan, words: Words) -> None:
    out.paragraph(words("plan.text.title", **_counted(figures.whole(plan))))
    changes = dict.fromkeys(("new", "extended", "regrouped", "kept"), 0)
    for group in plan.groups:
        changes[group.change] += 1
    out.paragraph(words("plan.text.groups", **changes))


def _townships(plan: JointPlan, words: Words) -> None:
    """Every township of which somebody is asked, or a group changes: its figure, then the groups it leads."""
    proofs = {(proof.county or "", proof.township or ""): proof for proof in plan.proofs if proof.stage == 1}
    together = {proof.county or "": proof for proof in plan.proofs if proof.stage == 3}
    shown: dict[Home, list[Group]] = {}
    for group in plan.groups:
        if group.change != "kept":
            shown.setdefault((group.county or "", group.township or ""), []).append(group)
    counted = figures.by_township(plan)
    header = [words(f"plan.head.{head}") for head in ("group", "change", "units", "formal", "reasons")]
    homes = sorted(shown.keys() | counted.keys())
    several = len({county for county, _ in homes}) > 1
    for at in homes:
        how = [quality(proofs[at], words)] if at in proofs else []
        how += [words("plan.text.together")] if at not in proofs and at[0] in together else []
        place = f"{at[0] if several else ''}{at[1] or words('plan.text.nowhere')}"
        out.line()
        out.line(words("plan.text.place", place=place, **_counted(counted.get(at, figures.NOBODY)))
                 + "".join(words("plan.text.how", how=each) for each in how))  # fmt: skip
        if at in shown:
            out.table(header, [_row(group, words) for group in shown[at]], right=(3,), wrap=(2, 4))


def quality(proof: PlanProof, words: Words) -> str:
    """最优, or what might still be gained."""
    if proof.optimal:
        return words("plan.text.optimal")
    if proof.covered < proof.most:
        return words("plan.text.coverage_gap", number=proof.most - proof.covered)
    return words("plan.text.gap", percent=percent(proof.cost - proof.bound, max(proof.bound, 1)))


def _row(group: Group, words: Words) -> list[object]:
    mark = words("plan.text.to_confirm") if group.to_confirm else ""
    reasons = "；".join(sentence(each, words) for each in group.reasons if each.code != "reason.extended")
    if group.branch is None:
        reasons += "；" + words(f"plan.rule.{group.lead_rule}") if len(group.units) > 1 else ""
    return [
        group.number,
        words(f"plan.change.{group.change}") + mark,
        "\n".join(_units(group, words)),
        formal(group),
        reasons,
    ]


def _units(group: Group, words: Words) -> Iterator[str]:
    """The lead unit first; of an existing branch its name, then who joins."""
    if group.branch is not None:
        own = [unit for unit in group.units if unit.branch_key == group.branch_key]
        yield words("plan.unit.before", branch=group.branch, number=len(own) + group.absent)
        for unit in group.units:
            if unit.branch_key != group.branch_key:
                yield words("plan.unit.joins", name=_name(unit, group, words))
        return
    yield words("plan.unit.lead", name=_name(group.units[0], group, words))
    yield from (_name(unit, group, words) for unit in group.units[1:])


def _name(unit: Unit, group: Group, words: Words) -> str:
    name = words("plan.unit.by_total", name=unit.name) if unit.by_total else unit.name
    away = unit.township and unit.township != group.township
    return words("plan.unit.from", name=name, township=unit.township) if away else name


def _leftovers(plan: JointPlan, words: Words) -> None:
    if not plan.leftovers:
        return
    out.line()
    freed = sum(each.unit.branch_key is not None for each in plan.leftovers)
    out.line(
        words("plan.text.leftovers_freed" if freed else "plan.text.leftovers", left=len(plan.leftovers), freed=freed)
    )
    header = [words(f"plan.head.{head}") for head in ("township", "name", "members", "reason", "host")]
    out.table(header, [_left(each, words) for each in plan.leftovers], right=(2,), wrap=(1, 3, 4))


def _left(each: Leftover, words: Words) -> list[object]:
    unit = each.unit
    return [unit.township or "", unit.name, unit.members, sentence(each.said, words), host(each.host, words)]


def _adjustments(plan: JointPlan, words: Words) -> None:
    if not plan.adjustments:
        return
    out.line()
    out.line(words("plan.text.adjustments"))
    header = [words(f"plan.head.{head}") for head in ("township", "branch", "wrong", "steps")]
    rows = [
        [
            each.township or "",
            each.branch,
            "；".join(sentence(said, words) for said in each.wrong),
            "；".join(sentence(said, words) for said in each.steps),
        ]
        for each in plan.adjustments
    ]
    out.table(header, rows, wrap=(1, 2, 3))


def _basis(plan: JointPlan, words: Words) -> None:
    limits = plan.limits
    named = (limits.units_min, limits.units_max, limits.formal_min, limits.members_max)
    cited: dict[str, dict[str, None]] = {}
    for each in named:
        cited.setdefault(each.citation.document, {})[each.citation.article] = None
    articles = "；".join(f"《{document}》{'、'.join(sorted(found))}" for document, found in cited.items())
    values = {name: getattr(limits, name).value for name in ("units_min", "units_max", "formal_min", "members_max")}
    out.paragraph(words("plan.text.limits", **values, articles=articles))
    terms = [_term(name, getattr(plan.weights, name).points, words) for name in _TERMS]
    out.paragraph(words("plan.text.weights", terms="；".join(terms)))
    first = [proof for proof in plan.proofs if proof.stage == 1]
    if plan.proofs:
        out.line(words("plan.text.proofs", optimal=sum(proof.optimal for proof in first), all=len(first)))
    for proof in plan.proofs:
        if proof.stage > 1:
            key = "second" if proof.stage == 2 else "third"
            out.line(
                words(f"plan.text.{key}", county=proof.county or words("console.not_stated"), how=quality(proof, words))
            )
    cost, bound = sum(proof.cost for proof in first), sum(proof.bound for proof in first)
    if cost > bound:
        out.line(words("plan.text.proofs_gap", percent=percent(cost - bound, max(bound, 1))))
    stamp = plan.policy
    said = label_of(plan.period or plan.round, words)
    out.line(words("console.footer", day=stamp.as_of, round=said, policy=stamp.name, version=stamp.version))
    if plan.based_on is not None:
        out.line(words("kept.text.stable", number=plan.based_on))


_TERMS = ("distance", "industry", "branch", "dissolved", "unproven")


def _term(name: str, points: dict[str, int], words: Words) -> str:
    levels = words("console.separator").join(
        words(f"plan.level.{level}", points=each) for level, each in points.items()
    )
    return words("plan.text.term", term=words(f"plan.term.{name}"), points=levels)


def _problems(plan: JointPlan, words: Words) -> None:
    """Where and what to do; townships of which the same is true share a line, and what repeats is counted."""
    bare = [str(each.values["township"]) for each in plan.problems if each.code == "no_place_names"]
    if bare:
        key = "plan.text.no_places" if len(bare) <= _FEW else "plan.text.no_places_many"
        out.paragraph(words(key, townships=words("console.separator").join(bare), number=len(bare)))
    said: dict[str, int] = {}
    for each in plan.problems:
        said[each.code] = said.get(each.code, 0) + 1
        if said[each.code] <= _FEW and each.code != "no_place_names":
            message, fix = problem_sentences(each, words)
            out.paragraph(words("plan.text.problem", message=message, fix=fix))
    more = sum(max(number - _FEW, 0) for code, number in said.items() if code != "no_place_names")
    if more:
        out.line(words("plan.text.more_problems", number=more))


def _csv(plan: JointPlan, words: Words) -> Iterator[list[object]]:
    """One row an organisation: those in groups, then those left over."""
    for group in plan.groups:
        reason = "；".join(sentence(each, words) for each in group.reasons)
        for number, unit in enumerate(group.units):
            level = "" if number == 0 else group.levels[number - 1].value
            role = "lead" if number == 0 else "unit"
            yield [
                unit.township,
                group.number,
                group.change,
                role,
                *_figures(unit),
                level,
                reason,
                None,
                bool(group.to_confirm),
            ]
    for left in plan.leftovers:
        unit = left.unit
        yield [
            unit.township, None, None, left.reason, *_figures(unit), left.host.nearness.value if left.host else None,
            sentence(left.said, words), left.host.name if left.host else None, False,
        ]  # fmt: skip


def _figures(unit: Unit) -> list[object]:
    return [unit.name, unit.uscc, unit.formal_low, unit.formal_high, unit.members]
