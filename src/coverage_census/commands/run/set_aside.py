"""The files that stayed in the inbox in; what is said of each, and what is remembered of it, out."""

from coverage_census.commands.run.inbox import Left
from coverage_census.commands.run.memory import Memory, Met
from coverage_census.commands.run.new_files import Arrived
from coverage_census.commands.session import Session
from coverage_census.model.digest import FileLeftOut
from coverage_census.model.reading import Level, Problem
from coverage_census.words.problems import sentences


def left_out(session: Session, arrived: Arrived, before: Memory) -> tuple[FileLeftOut, ...]:
    """What is said of each file that stayed in the inbox; `told`: an earlier run of this day said the same."""
    today = session.now.astimezone().date().isoformat()
    found = []
    for each in arrived.left:
        met = before.met.get(each.label)
        same = met is not None and met.code == each.code
        message, fix = _sentences(each, session)
        found.append(
            FileLeftOut(
                file=each.label,
                code=each.code,
                waiting=each.waiting,
                message=message,
                fix=fix,
                since=met.since if met is not None and same else today,
                told=same and met is not None and met.told == today,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.waiting, each.told, each.file)))


def met(session: Session, arrived: Arrived, before: Memory) -> dict[str, Met]:
    today = session.now.astimezone().date().isoformat()
    found = {}
    for each in arrived.left:
        old = before.met.get(each.label)
        since = old.since if old is not None and old.code == each.code else today
        found[each.label] = Met(arrived.hashes.get(each.label), each.code, since, today, dict(each.values))
    return found


def _sentences(each: Left, session: Session) -> tuple[str, str]:
    """What is wrong and what to do: the run's own words first, else those of the reader."""
    words = session.words
    if words.has(f"run.left.{each.code}.message"):
        filled = dict(each.values)
        return words(f"run.left.{each.code}.message", **filled), words(f"run.left.{each.code}.fix", **filled)
    problem = Problem(code=each.code, level=Level.ERROR, file=each.label, values=dict(each.values))
    return sentences(problem, words)
