"""Problems and file readings in; what the page says about the quality and the origin of its data out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coverage_census.model.reading import FileReading, Level, Problem
from coverage_census.model.rounds import Round
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import called
from coverage_census.words.problems import sentences

SHORT = 12
"""How many characters of a SHA-256 the page prints; the rest stands in the title of the cell."""


@dataclass(frozen=True)
class QualityLine:
    """Problems of one file by level."""

    file: str
    errors: int
    warnings: int
    notes: int

    @property
    def total(self) -> int:
        return self.errors + self.warnings + self.notes


@dataclass(frozen=True)
class ProblemKind:
    """One kind of problem: how often, in how many files, an example, and what its sender should do."""

    level: str
    severity: str
    count: int
    files: int
    example: str
    fix: str


@dataclass(frozen=True)
class SourceLine:
    """One source file; `refused` says why a file is in no figure."""

    file: str
    format: str
    sheets: int
    organisations: int
    round: int
    period: str  # what people call it
    sha256: str
    refused: str

    @property
    def short(self) -> str:
        return self.sha256[:SHORT]


def quality(problems: Sequence[Problem]) -> tuple[QualityLine, ...]:
    """Problems counted by file, the file with the most errors first."""
    counts = Counter((each.file, each.level) for each in problems)
    lines = [
        QualityLine(file, counts[file, Level.ERROR], counts[file, Level.WARNING], counts[file, Level.NOTE])
        for file in dict.fromkeys(each.file for each in problems)
    ]
    return tuple(sorted(lines, key=lambda line: (-line.errors, -line.warnings, -line.notes, line.file)))


def kinds(problems: Sequence[Problem], words: Words) -> tuple[ProblemKind, ...]:
    """Problems counted by kind, errors first, then the most frequent."""
    groups: dict[tuple[Level, str], list[Problem]] = {}
    for each in problems:
        groups.setdefault((each.level, each.code), []).append(each)
    levels = list(Level)
    order = sorted(groups, key=lambda key: (levels.index(key[0]), -len(groups[key]), key[1]))
    return tuple(_kind(groups[key], words) for key in order)


def _kind(group: Sequence[Problem], words: Words) -> ProblemKind:
    first = group[0]
    example, fix = _said(first, words)
    return ProblemKind(
        level=words(f"term.level.{first.level.value}"),
        severity=first.level.value,
        count=len(group),
        files=len({each.file for each in group}),
        example=example,
        fix=fix,
    )


def _said(problem: Problem, words: Words) -> tuple[str, str]:
    """What is wrong and what to do; its bare code where this version has no words for it (ledgers outlive tools)."""
    try:
        return sentences(problem, words)
    except (KeyError, IndexError, ValueError):
        return problem.code, ""


def sources(
    files: Sequence[tuple[FileReading, Round]], problems: Sequence[Problem], words: Words
) -> tuple[SourceLine, ...]:
    """The files that the figures come from, the latest round first."""
    refusals = {(each.file, each.code): each for each in problems}
    lines = [_source(reading, at, refusals, words) for reading, at in files]
    return tuple(sorted(lines, key=lambda line: (-line.round, line.file)))


def _source(reading: FileReading, at: Round, refusals: dict[tuple[str, str], Problem], words: Words) -> SourceLine:
    refused = refusals.get((reading.file, reading.refused or ""))
    ledgers = [sheet for sheet in reading.sheets if sheet.kind in {"ledger", "card"}]
    return SourceLine(
        file=reading.file,
        format=reading.format or "",
        sheets=len(reading.sheets),
        organisations=sum(sheet.data_rows for sheet in ledgers),
        round=at.number,
        period=called(at, words),
        sha256=reading.sha256 or "",
        refused=_said(refused, words)[0] if refused else reading.refused or "",
    )
