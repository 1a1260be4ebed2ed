"""What one unattended run (`census run`) tells: what came in, what did not, and where the county stands now."""

from coverage_census.model.campaign import CampaignProgress
from coverage_census.model.record import Record


class FileLeftOut(Record):
    """A file of the inbox that is not in the ledger; `waiting`: for now only (being copied or edited)."""

    file: str
    code: str
    waiting: bool
    message: str
    fix: str
    since: str  # the day on which a run first met it so
    told: bool  # a run of this day has said so already


class FileCounts(Record):
    """The files of the inbox by what became of them."""

    accepted: int = 0
    known: int = 0  # in the ledger before
    set_aside: int = 0
    waiting: int = 0


class Findings(Record):
    """Problems in the files that this run read, by level; `sheets`: those that were not read, though their file was."""

    errors: int = 0
    warnings: int = 0
    sheets: tuple[str, ...] = ()


class CameIn(Record):
    """What became of the organisations that this run read."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    not_reported_again: int = 0


class Rate(Record):
    """A rate with what it counts."""

    code: str
    label: str
    numerator: int
    denominator: int
    denominator_label: str
    known: int  # as of an indicator
    unknown: int


class RateStep(Record):
    """What one cause did to the rate since the period before; `rate` is a fraction of 1."""

    cause: str
    label: str
    organisations: int
    numerator: int
    denominator: int
    rate: float | None


class GapCount(Record):
    """How many organisations have a gap of this class, now and at the cut-off of the period before."""

    gap: str
    label: str
    count: int
    before: int | None


class GapOf(Record):
    """A gap in formation that opened or closed."""

    name: str
    county: str | None
    township: str | None
    gap: str
    label: str


class DueTasks(Record):
    """How many tasks are to be done until a day."""

    day: str
    count: int
    overdue: bool


class Conversion(Record):
    """An organisation whose present form (temporary, affiliated …) a branch of its own may now replace."""

    name: str
    county: str | None
    township: str | None
    form: str | None
    label: str


class Conversions(Record):
    """到期转建: all that are due, and those of which the condition was met since the period before."""

    count: int = 0
    new: tuple[Conversion, ...] = ()


class NotReported(Record):
    """A township that has not reported in the period; `last_as_of`: the cut-off day of its last report, if any."""

    county: str | None
    township: str
    last_as_of: str | None
    unreadable: bool  # something came, and nobody could read it


class Reporting(Record):
    """Who has to report in the period and has not yet; `stated` False: nobody said who, those who ever reported.

    `trouble`: why that cannot be told.
    """

    period: str | None = None
    expected: int = 0
    stated: bool = False
    not_reported: tuple[NotReported, ...] = ()
    due: str | None = None
    trouble: str | None = None


class RegisterStanding(Record):
    """比对: how a kept register and the newest round agree; `open_before`: as it was last told otherwise, if ever.

    `open` are rows of the register that disagree and nobody has answered, `unlisted` those that the ledger has not.
    """

    register_name: str
    label: str
    as_of: str
    older: bool  # than the round
    open: int
    unlisted: int
    open_before: int | None = None
    unlisted_before: int | None = None


class CountyStanding(Record):
    """Where things stand now, beside the cut-off of the period before."""

    round: int
    round_name: str | None
    period: str | None
    as_of: str
    county: str | None
    organisations: int  # living ones
    policy: str
    rate: Rate  # 总体组建率, the headline of every report
    beside: Rate  # 组织覆盖率, which leaves out affiliated ones and counts operating organisations only
    before: Rate | None
    before_round: str | None  # the period before: its key, else its name
    before_as_of: str | None
    causes: tuple[RateStep, ...]
    gaps: tuple[GapCount, ...]
    irregular_branches: int  # 个: joint branches behind the organisations (家) that are in an irregular one
    new_gaps: tuple[GapOf, ...]
    closed_gaps: tuple[GapOf, ...]
    conversions: Conversions
    due: tuple[DueTasks, ...]
    reporting: Reporting
    gone: int = 0  # 注销、迁出, not counted
    campaign: CampaignProgress | None = None  # where the newest round lies in one
    registers: tuple[RegisterStanding, ...] = ()


class Digest(Record):
    """摘要: one run, for a person and for programs; `error` is the sentence that stopped it, if one did."""

    at: str
    changed: bool  # a round was made, or there is something to say that was not said today
    round_made: bool
    code: int
    error: str | None = None
    files: FileCounts = FileCounts()
    accepted: tuple[str, ...] = ()
    read_again: tuple[str, ...] = ()  # files of the ledger that changed settings make read otherwise
    moved: tuple[str, ...] = ()  # what moved by that, a sentence a figure
    organisations: CameIn = CameIn()
    findings: Findings = Findings()
    left_out: tuple[FileLeftOut, ...] = ()
    standing: CountyStanding | None = None
    returns: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ledger_hash: str | None = None
