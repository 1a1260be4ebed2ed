"""`plan liaison --step` and `--steps`: how far assignments have come in, entries beside the ledger out.

企业所需 → 个人同意 → 签订协议 → 组织委任. An entry names the organisation and the duty code, nobody else; the latest
one counts. Nothing of it goes into the organisations of the ledger.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from coverage_census import __version__
from coverage_census.commands.basis import basis
from coverage_census.commands.plan.liaison import TASK, before
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.model.forms import FormLine
from coverage_census.model.liaison_plan import StepsRecorded
from coverage_census.model.officers import STEPS, AssignmentStep, duty_code
from coverage_census.model.organisation import Source
from coverage_census.model.reading import Level, Problem
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.plan.organisations import Row, key, subject
from coverage_census.policy.decided.for_plans import organisations
from coverage_census.words.catalogue import LANGS, Words

ORDER = tuple(AssignmentStep)


def step(session: Session, name: str, code: str, said: str, reason: str | None) -> StepsRecorded:
    """One assignment's step; going back needs a reason."""
    found = _step(said)
    if found is None:
        raise WrongUsage("unknown_step", step=said, known="、".join(_labels(session.words)))
    code = duty_code(code)
    chosen = organisations(basis(session), [])
    those = [row for row in chosen if name in (row["name"], row["uscc"])]
    if len(those) != 1:
        raise CensusError("step_organisation", name=name, count=len(those))
    held = before(session, basis(session).round).get(key(subject(those[0])))
    if held and held.officer == code and _back(held.step, found) and not reason:
        raise CensusError("step_back", name=name, old=session.words(f"liaison.step.{held.step}"))
    if held and (held.officer, held.step) == (code, found):
        return StepsRecorded(round=None, entries=(), problems=())
    return _record(session, [_entry(session, those[0], code, found, held.step if held else None, reason)], ())


def steps(session: Session, file: Path) -> StepsRecorded:
    """The table that `plan liaison --csv` wrote, read back with its column 进展."""
    from coverage_census.ingest import read_forms

    read = read_forms.read(file, [STEPS])
    found = basis(session)
    names: dict[str, list[Row]] = {}
    for row in organisations(found, []):
        for each in {row["name"], row["uscc"]} - {None}:
            names.setdefault(each, []).append(row)
    so_far = before(session, found.round)
    entries, problems = [], list(read.problems)
    for line in read.lines:
        if line.text("code") is None or line.text("step") is None:
            continue
        known = _known(line, names)
        if isinstance(known, Problem):
            problems.append(known)
            continue
        whose, new = known
        held, code = so_far.get(key(subject(whose))), duty_code(line.text("code") or "")
        if held and held.officer == code and held.step is new:
            continue
        if held and held.officer == code and _back(held.step, new):
            labels = {end: session.words(f"liaison.step.{each}") for end, each in (("old", held.step), ("new", new))}
            problems.append(_problem(line, "step_back", "step", name=whose["name"], **labels))
        elif held or new is not AssignmentStep.NEEDED:  # 企业所需 is what the list says of everybody
            source = Source(file=line.file, sheet=line.sheet, row=line.row, cell=line.at.get("step"))
            old = held.step if held else None
            entries.append(_entry(session, whose, code, new, old, None, source))
    return _record(session, entries, tuple(problems))


def _known(line: FormLine, names: Mapping[str, Sequence[Row]]) -> tuple[Row, AssignmentStep] | Problem:
    those = names.get(line.text("uscc") or "") or names.get(line.text("name") or "") or []
    if len(those) != 1:
        return _problem(line, "step_unknown_organisation", "name", name=line.text("name") or "")
    said = _step(line.text("step") or "")
    if said is None:
        return _problem(line, "step_unknown", "step", found=(line.text("step") or "")[:12])
    return those[0], said


def _problem(line: FormLine, code: str, at: str, /, **values: str) -> Problem:
    return Problem(
        code=code, level=Level.ERROR, file=line.file, sheet=line.sheet, cell=line.at.get(at), values={**values}
    )


def _step(said: str) -> AssignmentStep | None:
    """By its word in any language, or by its code."""
    said = said.strip()
    for each in ORDER:
        if said in {each.value, *(Words(lang)(f"liaison.step.{each}") for lang in LANGS)}:
            return each
    return None


def _labels(words: Words) -> list[str]:
    return [words(f"liaison.step.{each}") for each in ORDER]


def _back(old: AssignmentStep, new: AssignmentStep) -> bool:
    return ORDER.index(new) < ORDER.index(old)


def _entry(
    session: Session,
    row: Row,
    code: str,
    new: AssignmentStep,
    old: AssignmentStep | None,
    reason: str | None,
    source: Source | None = None,
) -> Entry:
    return Entry(
        kind=EntryKind.ASSIGNED, who=source.file if source else "census plan liaison --step",
        when=session.now.isoformat(timespec="seconds"), subject=subject(row), field="step", old=old and old.value,
        new=new.value, reason=reason, source=source, task=TASK + code,
    )  # fmt: skip


def _record(session: Session, entries: Sequence[Entry], problems: tuple[Problem, ...]) -> StepsRecorded:
    from coverage_census.ledger.write import next_round

    if not entries:
        return StepsRecorded(round=None, entries=(), problems=problems)
    made = next_round.record(session.settings.ledger, entries, now=session.now, tool=__version__)
    number = None if made.unchanged or made.round is None else made.round.number
    return StepsRecorded(round=number, entries=made.entries, problems=(*problems, *made.problems))
