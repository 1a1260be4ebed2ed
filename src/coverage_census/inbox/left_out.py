"""The files that stayed in the inbox in; what is said of each, and what is remembered of it, out."""

from collections.abc import Mapping, Sequence

from coverage_census.inbox.look import Left
from coverage_census.inbox.memory import Met
from coverage_census.model.digest import FileLeftOut
from coverage_census.model.reading import Level, Problem
from coverage_census.words.catalogue import Words
from coverage_census.words.problems import sentences


def left_out(left: Sequence[Left], before: Mapping[str, Met], today: str, words: Words) -> tuple[FileLeftOut, ...]:
    """What is said of each file that stayed in the inbox; `told`: an earlier run of this day said the same."""
    found = []
    for each in left:
        met = before.get(each.label)
        same = met is not None and met.code == each.code
        message, fix = _sentences(each, words)
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


def met(left: Sequence[Left], hashes: Mapping[str, str], before: Mapping[str, Met], today: str) -> dict[str, Met]:
    """What is remembered of each: as which bytes it was met, why it stayed, and since which day."""
    found = {}
    for each in left:
        old = before.get(each.label)
        since = old.since if old is not None and old.code == each.code else today
        found[each.label] = Met(hashes.get(each.label), each.code, since, today, dict(each.values))
    return found


def _sentences(each: Left, words: Words) -> tuple[str, str]:
    """What is wrong and what to do: the run's own words first, else those of the reader."""
    if words.has(f"run.left.{each.code}.message"):
        filled = dict(each.values)
        return words(f"run.left.{each.code}.message", **filled), words(f"run.left.{each.code}.fix", **filled)
    problem = Problem(code=each.code, level=Level.ERROR, file=each.label, values=dict(each.values))
    return sentences(problem, words)
