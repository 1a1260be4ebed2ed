"""A round and a policy in; the hashes of what a plan is made from, by which a kept one knows that something changed."""

import hashlib
from pathlib import Path

from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage
from coverage_census.model.rounds import Round
from coverage_census.places.neighbours import FILE


def hashes(session: Session, found: Round, policy: str, *, beside: bool = True) -> dict[str, str]:
    """Of the organisations of the round and, where there is one and it is asked for (`beside`), of neighbours.csv;
    the policy by its version."""
    from coverage_census.ledger import rounds

    made_from = {"organisations": rounds.parquet(session.settings.ledger, found)}
    made_from |= {FILE: neighbours(session)} if beside else {}
    there = {name: path for name, path in made_from.items() if path.is_file()}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()} | {"policy": policy}


def check_sizes(session: Session) -> None:
    """No plan is made of groups or thresholds of nobody: `--what-if joint_units_max=0` is a slip."""
    for each in session.what_if:
        _, sign, value = each.partition("=")
        if sign and value.strip().isdigit() and int(value) == 0:
            raise WrongUsage("what_if_size", said=each)


def neighbours(session: Session) -> Path:
    """The file of neighbouring townships, which may be missing."""
    return session.settings.workspace / FILE
