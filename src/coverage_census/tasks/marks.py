"""What a person says of some tasks (done, void, open again, assigned) in; the entries that record it out."""

import getpass
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from coverage_census.errors import WrongUsage
from coverage_census.model import relative_days
from coverage_census.model.reading import Subject
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.model.task import TaskState
from coverage_census.privacy import door
from coverage_census.tasks import numbers
from coverage_census.tasks.course import STEPS
from coverage_census.tasks.items import Item, Tasks
from coverage_census.words import named
from coverage_census.words.catalogue import LANGS, Words

_BETWEEN = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True)
class Marks:
    """What is asked: ids for each verb, and what goes with them."""

    done: Sequence[str] = ()
    void: Sequence[str] = ()
    open: Sequence[str] = ()
    assign: Sequence[str] = ()
    evidence: str | None = None
    reason: str | None = None
    owner: str | None = None
    due: str | None = None
    step: str | None = None
    who: str | None = None

    @property
    def any(self) -> bool:
        return bool(self.done or self.void or self.open or self.assign)


@dataclass
class KnownTasks:
    """The tasks there are, by id."""

    found: Tasks
    _by_id: dict[str, Item] = field(default_factory=dict)

    def get(self, written: str) -> Item | None:
        if not self._by_id:
            self._by_id = {each.id: each for each in self.found.items}
        return self._by_id.get(numbers.typed(written))

    def near(self, written: str) -> list[str]:
        return numbers.near(numbers.typed(written), list(self._by_id))


def entries(known: KnownTasks, marks: Marks, now: datetime) -> list[Entry]:
    """Ticks, voids and assignments; raises WrongUsage for an id that is not there, or that is said two things of."""
    made, seen = list[Entry](), dict[str, EntryKind]()
    for kind, asked in (
        (EntryKind.DONE, marks.done),
        (EntryKind.VOID, marks.void),
        (EntryKind.OPENED, marks.open),
        (EntryKind.ASSIGNED, marks.assign),
    ):
        ids = [each for text in asked for each in _BETWEEN.split(text) if each]
        said = _said(kind, marks, known.found.calendar.today) if ids else []
        for item in _items(known, ids):
            if seen.setdefault(item.id, kind) is not kind and EntryKind.ASSIGNED not in {kind, seen[item.id]}:
                raise WrongUsage("task_twice", id=item.id)
            made += [entry(now, item, marks.who, kind, reason, **fields) for reason, fields in said]
    return made


def _items(known: KnownTasks, ids: Iterable[str]) -> list[Item]:
    found = dict[str, Item]()
    for each in ids:
        item = known.get(each)
        if item is None:
            near = known.near(each)
            raise WrongUsage("task_unknown" if near else "task_unknown_any", id=each[:40], near="、".join(near))
        found[numbers.typed(each)] = item
    return list(found.values())


def _said(kind: EntryKind, marks: Marks, today: date) -> list[tuple[str | None, dict[str, str]]]:
    """The reason and the fields of each entry that a verb makes; refused where something is missing."""
    evidence, reason = plain(marks.evidence), plain(marks.reason)
    if kind is EntryKind.DONE and not evidence:
        raise WrongUsage("task_no_evidence")
    if kind is EntryKind.VOID and not reason:
        raise WrongUsage("task_no_reason")
    if kind is EntryKind.ASSIGNED:
        if is_person(marks.owner):
            raise WrongUsage("owner_person")
        given = assigned(plain(marks.owner), _due(marks.due, today), _step(marks.step))
        if not given:
            raise WrongUsage("task_nothing_assigned")
        return [(reason, each) for each in given]
    return [(evidence if kind is EntryKind.DONE else reason, {})]


def assigned(owner: str | None, due: str | None, step: str | None) -> list[dict[str, str]]:
    """One entry a field."""
    return [{"field": name, "new": value} for name, value in (("owner", owner), ("due", due), ("step", step)) if value]


# What offices are called in four signs or fewer; a short name that ends otherwise is taken for that of a person.
_OFFICE = re.compile(
    r"[委局办部室所站厅司镇乡]$|(?:联|公|商|协|学|工|居|村委|理事)会$|妇联|工商联|团委|党组|支部|社区|街道|公司|学校|医院|政府$"
)


def is_person(owner: str | None) -> bool:
    """Whether a new owner holds somebody's number, or is a short name that no office has; post codes have signs of
    their own (ZD-001), as the codes of officers have."""
    text = "".join((owner or "").split())
    if not text:
        return False
    short = len(text) <= 4 and not re.search(r"[0-9A-Za-z]", text)
    return door.HIDDEN in text or door.redact(text, office=True) is not None or (short and not _OFFICE.search(text))


def plain(text: str | None) -> str | None:
    """What somebody wrote, without what must not stand in a ledger (numbers of persons and telephones)."""
    return door.hidden(" ".join((text or "").split())) or None


def _due(text: str | None, today: date) -> str | None:
    if text is None:
        return None
    found = relative_days.read(text, today, coming=True)
    if found is None:
        raise WrongUsage("bad_day", day=text[:40])
    if found < today.isoformat():
        raise WrongUsage("task_due_past", day=found, today=today)
    return found


def _step(said: str | None) -> str | None:
    if said is None:
        return None
    if found := named.code_of(said, [each.value for each in STEPS], "tasks.state.{}"):
        return found
    known = "、".join(Words(lang)(f"tasks.state.{each}") for each in STEPS for lang in LANGS)
    raise WrongUsage("task_step", step=said[:20], known=known)


def entry(now: datetime, item: Item, who: str | None, kind: EntryKind, reason: str | None, **more: object) -> Entry:
    """`old` is the state, owner or day that there was before."""
    facts, state = item.facts, item.state
    before = {"owner": item.owner.name, "due": item.due and item.due.isoformat(), "step": state.value}
    name = more.get("field")
    given = {"old": before[str(name)] if name else TaskState(state).value, **more}
    subject = Subject.of(facts)
    return Entry.model_validate({
        "kind": kind, "who": plain(who) or whoever(), "when": now.isoformat(timespec="seconds"),
        "subject": subject, "reason": reason, "task": item.id, **given,
    })  # fmt: skip


def whoever() -> str:
    """The account and the machine: who somebody is beyond that is not asked."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError, ImportError):  # an account without a name, as containers have
        name = "?"
    return f"{name}@{platform.node() or '?'}"
