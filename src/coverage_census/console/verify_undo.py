"""What became of the ledger in; the lines, the table or the document that say so out."""

from typing import TYPE_CHECKING

from coverage_census.console import out
from coverage_census.results import PeriodNamed, Undone
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import called, label_of

if TYPE_CHECKING:
    from coverage_census.ledger.verify import Damage, Verified

_NAMED = 6
_HEADS = ("what", "where", "round", "restore")


def verified(found: "Verified", words: Words, *, as_json: bool, as_csv: bool) -> None:
    """What is damaged first and what to copy back, then what lies about, then the counts and the head."""
    if as_json:
        return out.as_json(found)
    if as_csv:
        header = [words(f"console.verify.head.{head}") for head in _HEADS]
        return out.as_csv(header, [_row(each, words) for each in found.damage])
    for each in found.damage:
        out.line(words(f"console.verify.{each.what}", where=each.where))
        if each.restore:
            out.line(words("console.verify.restore", files=words("console.separator").join(each.restore)))
    for notice in found.notices:
        out.line(words(f"console.verify.{notice.what}", where=notice.where))
    counts = {"rounds": found.rounds, "files": found.files, "size": f"{found.bytes / 1e6:.1f}"}
    out.line(words("console.verify.damaged" if found.damage else "console.verify.sound", **counts))
    if found.head is not None and not found.damage:
        out.line(words("console.verify.head_hash", hash=found.head, organisations=found.organisations))
    return None


def _row(each: "Damage", words: Words) -> list[object]:
    said = words(f"console.verify.{each.what}", where=each.where)
    return [said, each.where, each.round, words("console.separator").join(each.restore)]


def undone(done: Undone, words: Words, *, as_json: bool, adopted: int | None = None) -> None:
    """The new round, which one it takes back, what the next run does with the files, and how to have them again."""
    made = done.round
    if as_json:
        return out.as_json(made)
    if adopted is not None:
        out.line(words("console.ledger_adopted", round=adopted))
    counted = {"period": called(made, words), "organisations": made.organisations, "day": made.as_of}
    out.line(words("console.undone", undone=made.supersedes, round=made.number, **counted))
    if done.back is not None:
        return out.line(words("console.undone_back", back=done.back))
    if done.left:
        numbers = words("console.separator").join(map(str, done.left))
        out.line(words("console.undone_left", rounds=numbers, last=done.left[-1]))
    out.line(words("console.undone_restore", round=made.number))
    inside = len(done.files) - len(done.elsewhere)
    if inside:
        out.line(words("console.undone_inbox", count=inside, inbox=done.inbox))
    if done.elsewhere:
        names = words("console.separator").join(done.elsewhere[:_NAMED]) + ("…" if len(done.elsewhere) > _NAMED else "")
        out.line(words("console.undone_elsewhere", count=len(done.elsewhere), files=names))
    return None


def named(made: PeriodNamed, words: Words, *, as_json: bool) -> None:
    """What a period is called now, and how to take that back."""
    if as_json:
        return out.as_json({
            "old": made.old, "new": made.new, "period": made.state.period, "name": made.state.name,
            "round": made.round.number,
        })  # fmt: skip
    said = {"old": label_of(made.old, words), "new": called(made.state, words)}
    return out.line(words("console.named", **said, round=made.round.number))
