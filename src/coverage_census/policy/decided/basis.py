"""A round and a policy in; its organisations with facts and ends, in whatever form is asked for, out."""

from collections.abc import Collection
from dataclasses import dataclass

from coverage_census.model.decision import PolicyStamp
from coverage_census.model.record import Row
from coverage_census.model.rounds import Round
from coverage_census.policy.decide.frames import Frame, Native
from coverage_census.policy.files.policy import Policy


@dataclass(frozen=True)
class Basis:
    """One round under one policy; `table` holds its organisations, in the form of the engine that was asked for."""

    round: Round
    policy: Policy
    table: Native
    engine: str = "duckdb"

    @property
    def is_few(self) -> bool:
        """Whether the rows are sooner decided one by one; who asks for another engine gets it."""
        from coverage_census.policy.decide import records

        return self.engine == "duckdb" and self.round.organisations <= records.FEW

    @property
    def stamp(self) -> PolicyStamp:
        return self.policy.stamp

    def decided(self, carry: Collection[str] | None = None, rules: Collection[str] | None = None) -> Frame:
        """The table with facts and the ends of rules as columns, to count by; with `carry` only these of its own
        columns, with `rules` the ends of these rules."""
        from coverage_census.policy.decide import columns as decide

        return decide.ends(self.table, self.policy, rules, carry)

    def judged(self, carry: Collection[str], rules: Collection[str]) -> Frame:
        """As `decided`, with the verdicts in words."""
        from coverage_census.policy.decide import columns as decide

        return decide.columns(self.table, self.policy, rules, carry)

    def completed(self) -> list[Row]:
        """The rows with derived facts, one by one: sooner than `facts` where `is_few`."""
        from coverage_census.policy.decide import frames, records

        return records.completed(frames.plain_rows(self.table), self.policy)

    def judged_rows(self, rule: str) -> list[Row]:
        """As `completed`, with the verdict and gap of one rule in words."""
        from coverage_census.policy.decide import records

        return [row | records.in_words(row, self.policy, rule) for row in self.completed()]

    def facts(self) -> Frame:
        """The table with derived facts: its rows are what an explanation starts from."""
        from coverage_census.policy.decide import columns as decide

        return decide.facts(self.table, self.policy)
