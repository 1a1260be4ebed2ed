"""What every command is given: settings, language, the day, and which round and policy were asked for."""

from dataclasses import dataclass
from datetime import date, datetime

from coverage_census.settings import Settings
from coverage_census.words.catalogue import Words


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

    @property
    def policy_name(self) -> str:
        return self.policy or self.settings.policy
