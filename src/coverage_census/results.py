"""What a command hands to the console: records of the census with what is needed to present them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.errors import ExitCode
from coverage_census.model.days import last_of
from coverage_census.model.decision import AreaCoverage, Decision, Indicator, PolicyStamp
from coverage_census.model.due import ConversionDue
from coverage_census.model.movement import Movement, Trend
from coverage_census.model.organisation import Organisation
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Entry, Round

if TYPE_CHECKING:
    from coverage_census.ledger.compare.changes import Change, Departure, Merger
    from coverage_census.ledger.compare.judged import Judgement
    from coverage_census.ledger.identity.renaming import Maybe
    from coverage_census.ledger.intake.sheet_days import SheetDay
    from coverage_census.ledger.write.preview import Preview
    from coverage_census.model.campaign import CampaignProgress
    from coverage_census.model.register import RegisterEntry
    from coverage_census.model.rounds import Who
    from coverage_census.policy.figures.account import RuleAccount
    from coverage_census.policy.figures.compare import Difference
    from coverage_census.policy.figures.distributions import DistributionPart
    from coverage_census.policy.figures.rates import OrganisationBehind
    from coverage_census.policy.figures.what_if import WhatIfAnswer
    from coverage_census.policy.files.policy import Policy
    from coverage_census.registers.comparison import Comparison
    from coverage_census.registers.side import Side
    from coverage_census.report.annual.counting import AnnualTable


@dataclass(frozen=True)
class Checked:
    """How the files were understood and what is wrong with them; `remembered` is what --remember wrote, if asked."""

    files: tuple[FileReading, ...]
    problems: tuple[Problem, ...]
    code: ExitCode
    remembered: Mapping[str, str] | None = None  # heading → field


@dataclass(frozen=True)
class RegisterReceipt:
    """What became of the files of a register: the entry, and whether it is new; `entry` None: nothing was kept."""

    register: str
    files: tuple[FileReading, ...]
    problems: tuple[Problem, ...]
    entry: "RegisterEntry | None"
    new: bool
    code: ExitCode
    likely: str | None = None  # whose register it may be, where nothing was read as what --register said


@dataclass(frozen=True)
class RegisterCompared:
    """A register in force (all that came for its newest day) against a round."""

    register: str
    entries: "tuple[RegisterEntry, ...]"
    round: Round
    comparison: "Comparison"
    side: "Side"  # the rows of the register

    @property
    def as_of(self) -> str:
        return self.entries[-1].as_of

    @property
    def older(self) -> bool:
        """Whether the ledger stands at a later day than the register: then part of what differs is only newer."""
        return self.as_of < last_of(self.round.as_of)


@dataclass(frozen=True)
class ReviewSent:
    """核对表: the workbook that asks about registers, and how many lines; `path` None: nothing is left to ask."""

    path: Path | None
    lines: int


@dataclass(frozen=True)
class Reports:
    """What was written, in this order, and the annual tables among it."""

    paths: tuple[Path, ...]
    annual: "tuple[AnnualTable, ...]" = ()
    gone: int = 0  # organisations in neither of them, because they are gone


@dataclass(frozen=True)
class ToDecide:
    """待认定: how many pairs may be one organisation, and the workbook that asks; `path` None: it was not written."""

    pairs: int
    path: Path | None


@dataclass(frozen=True)
class SentBack:
    """退回表: a return workbook; `path` None where none could be made, `why` names what kept the sheets out of it."""

    file: str
    path: Path | None
    why: str | None
    owed: bool = False  # the drive refused it: the next run tries again


@dataclass(frozen=True)
class Examined:
    """What `doctor` found of one file: facts as notes with codes of doctor.toml, a refusal as an error."""

    file: FileReading
    facts: tuple[Problem, ...]
    problems: tuple[Problem, ...]  # of the reading, where it can be read


@dataclass(frozen=True)
class Examination:
    """Files that somebody could not read, examined."""

    files: tuple[Examined, ...]
    code: ExitCode


@dataclass(frozen=True)
class IngestReceipt:
    """What an ingest did: `round` is the new one, or the one that already held everything."""

    files: tuple[FileReading, ...]
    problems: tuple[Problem, ...]
    round: Round | None
    unchanged: bool
    ledger_begun: Path | None  # set when this ingest began the ledger
    counts: Mapping[str, int] = field(default_factory=dict)
    code: ExitCode = ExitCode.DONE
    entries: tuple[Entry, ...] = ()  # answers from return workbooks that were taken in
    sent_back: tuple[SentBack, ...] = ()
    to_decide: ToDecide | None = None  # pairs that may be one organisation
    rounds: tuple[Round, ...] = ()  # all that were written: sheets of one scope for several days make several
    days: "tuple[SheetDay, ...]" = ()
    finished: tuple[str, ...] = ()  # files of an earlier command that was cut off, whose return workbooks are made now
    owed: tuple[str, ...] = ()  # such files that are not among these: to be handed in once more
    notes: tuple[Path, ...] = ()  # what says that something still follows; to be removed by whoever finishes it
    adopted: int | None = None  # an older ledger's newest round, whose hash is noted elsewhere since this ingest

    def with_later(self, later: "IngestReceipt") -> "IngestReceipt":
        """One receipt of the two that a run may have."""
        newer = self if later.unchanged or later.round is None else later
        counts = {name: self.counts.get(name, 0) + later.counts.get(name, 0) for name in {*self.counts, *later.counts}}
        again = {each.file for each in later.files}  # read once more beside those that came later
        kept = tuple(each for each in self.files if each.file not in again)
        return replace(
            later,
            files=(*kept, *later.files),
            problems=(*(each for each in self.problems if each.file not in again), *later.problems),
            round=newer.round,
            unchanged=self.unchanged and later.unchanged,
            ledger_begun=self.ledger_begun or later.ledger_begun,
            counts=counts,
            code=max(self.code, later.code, key=(ExitCode.DONE, ExitCode.SET_ASIDE, ExitCode.NOT_REPLACED).index),
            entries=(*self.entries, *later.entries),
            sent_back=(*self.sent_back, *later.sent_back),
            to_decide=later.to_decide or self.to_decide,
            rounds=(*self.rounds, *later.rounds),
            days=(*self.days, *later.days),
            finished=(*self.finished, *later.finished),
            owed=tuple(each for each in self.owed if each in later.owed),
            notes=(*self.notes, *later.notes),
            adopted=self.adopted or later.adopted,
        )


@dataclass(frozen=True)
class Undone:
    """What an undoing did: `files` came with what it took back, `elsewhere` those of them that do not lie in the inbox
    (`inbox`, as it is typed). `back`: it took back an undoing, and this round is in force again. `left`: which rounds
    of the period that was named still hold, the newest last."""

    round: Round
    files: tuple[str, ...]
    elsewhere: tuple[str, ...]
    inbox: str
    back: int | None = None
    left: tuple[int, ...] = ()


@dataclass(frozen=True)
class GapTable:
    """Coverage and gaps of a round, by one grouping."""

    by: str
    rows: tuple[AreaCoverage, ...]
    total: AreaCoverage
    round: Round
    stamp: PolicyStamp
    irregular_branches: int = 0  # 个: joint branches behind the organisations (家) that are in an irregular one


@dataclass(frozen=True)
class GapList:
    """Decisions one by one."""

    decisions: tuple[Decision, ...]
    round: Round
    stamp: PolicyStamp


@dataclass(frozen=True)
class Other:
    """What another policy says on the formation of the same organisation; `why_not` where it cannot be asked."""

    policy: PolicyStamp | None
    name: str
    answer: "WhatIfAnswer | None"
    differs: bool
    reason: str = ""
    why_not: str | None = None


@dataclass(frozen=True)
class Explanation:
    """One organisation, the decisions on it, and where its facts were read."""

    organisation: Organisation
    accounts: "tuple[RuleAccount, ...]"  # formation first
    places: Mapping[str, str]  # field → file!sheet!cell
    readings: tuple[str, ...]  # holes in the text, and how they are read
    others: tuple[Other, ...]
    round: Round
    stamp: PolicyStamp
    waiting: tuple[str, ...] = ()  # rules that no text laid down by that day


@dataclass(frozen=True)
class IndicatorNamed:
    """One indicator by name and code; `more`: it is a table of --more."""

    label: str
    code: str
    more: bool


@dataclass(frozen=True)
class IndicatorFigures:
    """Indicators of a round."""

    rows: tuple[Indicator, ...]
    round: Round
    stamp: PolicyStamp


@dataclass(frozen=True)
class BehindFigures:
    """The organisations behind some figures."""

    figures: tuple[Indicator, ...]
    rows: "tuple[OrganisationBehind, ...]"
    round: Round
    stamp: PolicyStamp


@dataclass(frozen=True)
class Tables:
    """Distributions of a round, by table."""

    tables: "Mapping[str, Sequence[DistributionPart]]"
    round: Round
    stamp: PolicyStamp


@dataclass(frozen=True)
class PolicyLine:
    """A policy in the list of all; `why_not` where it cannot be used on this day."""

    name: str
    title: str | None
    about: str | None
    version: str | None
    rules: int
    current: bool
    why_not: str | None


@dataclass(frozen=True)
class Fault:
    """One fault of a policy: file, key in it, and the sentence that says what."""

    file: str
    at: str | None
    code: str
    message: str


@dataclass(frozen=True)
class PolicyCheck:
    """How many combinations of facts a policy was tried with, on both sides of which numbers, and what is wrong."""

    policy: str
    combinations: int
    boundaries: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class PolicyComparison:
    """The organisations of a round that two policies judge differently."""

    a: "Policy"
    b: "Policy"
    differences: "tuple[Difference, ...]"
    round: Round
    organisations: int  # that live


@dataclass(frozen=True)
class SampleMade:
    """Files of a synthetic county and how many organisations they hold."""

    folder: Path
    files: tuple[Path, ...]
    organisations: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class PeriodNamed:
    """A period that got another name: what it was called, what it is called now, the round that says so, and where the
    period stands."""

    old: str
    new: str
    round: Round
    state: Round


@dataclass(frozen=True)
class Diff:
    """What changed from one round to another; `movements`: why rates moved, `period`: what was built since."""

    before: Round
    after: Round
    policy_before: PolicyStamp
    policy_after: PolicyStamp
    added: "tuple[Who, ...]"
    gone: "tuple[Who, ...]"
    silent: "tuple[Who, ...]"  # 未再上报
    closed: "tuple[Change, ...]"  # 注销、吊销、迁出
    moved: "tuple[Change, ...]"
    renamed: "tuple[Change, ...]"
    merged: "tuple[Merger, ...]"  # 合并: two that are one, as a person said
    left: "tuple[Departure, ...]"  # 移出: with the evidence
    fields: "tuple[Change, ...]"
    judged: "tuple[Judgement, ...]"
    movements: tuple[Movement, ...]
    since: str
    period: Mapping[str, int | None]
    trend: "tuple[Trend, ...]"
    due: tuple[ConversionDue, ...] = ()  # 到期转建
    dissolved: "tuple[Change, ...]" = ()  # 撤销党组织
    reopened: "tuple[Change, ...]" = ()  # 恢复经营
    converted: "tuple[Change, ...]" = ()  # 个转企
    maybe_renamed: "tuple[Maybe, ...]" = ()  # 疑似更名


@dataclass(frozen=True)
class CampaignDiff:
    """专项行动: how far it has come, and what changed since its baseline (None: the round is the baseline itself)."""

    progress: "CampaignProgress"
    diff: Diff | None


@dataclass(frozen=True)
class Previewed:
    """What an ingest would do; `preview` None: there is nothing that could be entered."""

    files: tuple[FileReading, ...]
    problems: tuple[Problem, ...]
    preview: "Preview | None"
    code: ExitCode
