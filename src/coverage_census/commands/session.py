"""What every command is given: settings, language, the day, and which round and policy were asked for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from coverage_census.settings import Settings
from coverage_census.words.catalogue import Words

if TYPE_CHECKING:
    from coverage_census.ledger.intake.sheet_days import DayAsked
    from coverage_census.model.rounds import Round


@dataclass(frozen=True)
class Session:
    """One run of one command. `now` is aware, in UTC; time is never read elsewhere."""

    settings: Settings
    words: Words
    now: datetime
    round: str | None = None
    as_of: date | None = None
    policy: str | None = None
    engine: str = "duckdb"
    what_if: tuple[str, ...] = ()  # KEY=VALUE: numbers of the policy that are tried out
    older: bool = False  # whether sheets are wanted of which the ledger holds something newer (--older)

    @property
    def today(self) -> str:
        """The day of this run where it runs, ISO."""
        return self.now.astimezone().date().isoformat()

    @property
    def policy_name(self) -> str:
        """The policy of this run; people may call it by its title."""
        from coverage_census.policy.files import rulebook

        return rulebook.called(self.policy or self.settings.policy, self.settings.policies)

    @property
    def day_asked(self) -> "DayAsked":
        """For which day sheets are entered: by --as-of and --round, else by census.toml's [periods]."""
        from coverage_census.ledger.intake.sheet_days import DayAsked

        periods = self.settings.periods
        return DayAsked(self.as_of, self.round, self.today, periods.current, periods.length)

    def rounds(self) -> "tuple[Round, ...]":
        """Every round of the ledger, each with its period."""
        from coverage_census.ledger import rounds

        return rounds.all_rounds(self.settings.ledger, length=self.settings.periods.length)

    def find(self, wanted: str | None, as_of: date | None = None) -> "Round":
        """What shows the period (or the round of the number) that somebody asks for, else the newest round."""
        from coverage_census.ledger import rounds

        return rounds.find_in(self.rounds(), wanted, as_of)

    def numbered(self, number: int) -> "Round":
        """The round of that number."""
        from coverage_census.ledger import rounds

        return rounds.numbered(self.rounds(), number)
