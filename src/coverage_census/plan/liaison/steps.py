"""How far assignments have come (进展), as somebody says or as a table says, in; the entries that record it out.

企业所需 → 个人同意 → 签订协议 → 组织委任. An entry names the organisation and the duty code, nobody else; the latest
one counts. Nothing of it goes into the organisations of the ledger.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from coverage_census.errors import CensusError
from coverage_census.model.forms import FormLine
from coverage_census.model.officers import AssignmentStep, duty_code
from coverage_census.model.organisation import Source
from coverage_census.model.reading import Level, Problem, Subject
from coverage_census.model.record import Facts
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.plan.liaison.liaison import Before
from coverage_census.words.catalogue import LANGS, Words

Held = Mapping[tuple[str, ...], Before]
"""Organisation (`plan.organisations.key`) → its officer so far, and the step."""


ORDER = tuple(AssignmentStep)
TASK = "liaison:"
"""What the `task` of an entry on an assignment begins with; the duty code follows."""


def so_far(entries: Iterable[tuple[int, Entry]]) -> dict[tuple[str, ...], Before]:
    """The officer of each organisation, by what was recorded; an assignment that has ended is none."""
    held: dict[tuple[str, ...], Before] = {}
    for _, entry in entries:
        if entry.subject is not None and is_step(entry):
            officer, step = duty_code((entry.task or "").removeprefix(TASK)), AssignmentStep(str(entry.new))
            held[entry.subject.key] = Before(officer, step)
    return {key: each for key, each in held.items() if each.step is not AssignmentStep.ENDED}


def one(
    row: Facts, held: Before | None, code: str, new: AssignmentStep, reason: str | None, now: datetime, words: Words
) -> list[Entry]:
    """One assignment's step; none where it is so already; raises CensusError where going back has no reason."""
    if held and held.officer == code and _back(held.step, new) and not reason:
        raise CensusError("step_back", name=row["name"], old=words(f"liaison.step.{held.step}"))
    if held and (held.officer, held.step) == (code, new):
        return []
    return [_entry(now, row, code, new, held.step if held else None, reason)]


def said(
    lines: Iterable[FormLine], rows: Iterable[Facts], held: Held, now: datetime, words: Words
) -> tuple[list[Entry], list[Problem]]:
    """The table that `plan liaison --csv` wrote, with its column 进展: entries, and what is wrong line by line."""
    names: dict[str, list[Facts]] = {}
    for row in rows:
        for each in {row["name"], row["uscc"]} - {None}:
            names.setdefault(each, []).append(row)
    made, problems = list[Entry](), list[Problem]()
    for line in (each for each in lines if each.text("code") and each.text("step")):
        known = _known(line, names)
        found = known if isinstance(known, Problem) else _line(line, *known, held, now, words)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            made += found
    return made, problems


def _line(
    line: FormLine, whose: Facts, new: AssignmentStep, so_far: Held, now: datetime, words: Words
) -> list[Entry] | Problem:
    held, code = so_far.get(Subject.of(whose).key), duty_code(line.text("code") or "")
    if held and held.officer == code and held.step is new:
        return []
    if held and held.officer == code and _back(held.step, new):
        called = {end: words(f"liaison.step.{each}") for end, each in (("old", held.step), ("new", new))}
        return _problem(line, "step_back", "step", name=whose["name"], **called)
    if not held and new is AssignmentStep.NEEDED:  # 企业所需 is what the list says of everybody
        return []
    source = Source(file=line.file, sheet=line.sheet, row=line.row, cell=line.at.get("step"))
    return [_entry(now, whose, code, new, held.step if held else None, None, source)]


def _known(line: FormLine, names: Mapping[str, Sequence[Facts]]) -> tuple[Facts, AssignmentStep] | Problem:
    those = names.get(line.text("uscc") or "") or names.get(line.text("name") or "") or []
    if len(those) != 1:
        return _problem(line, "step_unknown_organisation", "name", name=line.text("name") or "")
    said = step_of(line.text("step") or "")
    if said is None:
        return _problem(line, "step_unknown", "step", found=(line.text("step") or "")[:12])
    return those[0], said


def _problem(line: FormLine, code: str, at: str, /, **values: str) -> Problem:
    return Problem(
        code=code, level=Level.ERROR, file=line.file, sheet=line.sheet, cell=line.at.get(at), values={**values}
    )


def step_of(said: str) -> AssignmentStep | None:
    """By its word in any language, or by its code."""
    said = said.strip()
    for each in ORDER:
        if said in {each.value, *(Words(lang)(f"liaison.step.{each}") for lang in LANGS)}:
            return each
    return None


def labels(words: Words) -> list[str]:
    """What the steps are called, the first one first."""
    return [words(f"liaison.step.{each}") for each in ORDER]


def _back(old: AssignmentStep, new: AssignmentStep) -> bool:
    return ORDER.index(new) < ORDER.index(old)


def _entry(
    now: datetime,
    row: Facts,
    code: str,
    new: AssignmentStep,
    old: AssignmentStep | None,
    reason: str | None,
    source: Source | None = None,
) -> Entry:
    return Entry(
        kind=EntryKind.ASSIGNED, who=source.file if source else "census plan liaison --step",
        when=now.isoformat(timespec="seconds"), subject=Subject.of(row), field="step", old=old and old.value,
        new=new.value, reason=reason, source=source, task=TASK + code,
    )  # fmt: skip


def is_step(entry: Entry) -> bool:
    """Whether an entry says how far an assignment has come."""
    return entry.kind is EntryKind.ASSIGNED and entry.field == "step" and (entry.task or "").startswith(TASK)
