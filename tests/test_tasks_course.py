"""The law of tasks: what a round or a person says moves a task so, and in no other way."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coverage_census.model.decision import Gap, Verdict
from coverage_census.model.reading import Subject
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.model.task import Owner, TaskState
from coverage_census.tasks import numbers, owners
from coverage_census.tasks.course import MOVES, Course, GapFound, Signal, TaskStanding, course
from coverage_census.tasks.items import Calendar, Item, tallies, tally

_VERDICTS = {"gap": Verdict.GAP, "met": Verdict.MET, "exempt": Verdict.EXEMPT, "unknown": Verdict.UNKNOWN}
_PERSONS = {"DONE": EntryKind.DONE, "VOID": EntryKind.VOID, "OPEN": EntryKind.OPENED}


def told(story: str) -> Course | None:
    """`gap DONE gap~` : a word a round, or a person's word in capitals; `~` after a round that only carries it on."""
    found, said = list[GapFound](), list[tuple[int, Entry]]()
    for number, word in enumerate(story.split(), start=1):
        when, plain = f"2026-01-{number:02}T00:00:00+00:00", word.rstrip("~")
        if plain in _VERDICTS:
            found.append(GapFound(number, when, _VERDICTS[plain], fresh=not word.endswith("~")))
        elif plain in _PERSONS:
            said.append((number, entry(_PERSONS[plain], number)))
        else:
            name, value = plain.split("=")
            said.append((number, entry(EntryKind.ASSIGNED, number, field=name, new=value)))
    return course(found, said)


def entry(kind: EntryKind, number: int, **more: object) -> Entry:
    when = f"2026-01-{number:02}T00:00:00+00:00"
    return Entry.model_validate({
        "kind": kind, "who": "县非公办", "when": when, "subject": Subject(name="某厂"), "task": "union-7k3m9qxa",
        "reason": f"理由{number}", **more,
    })  # fmt: skip


STORIES = """
| 经过                        | 状态        | 立项 | 重新 | 证实 |
| met                         | -           |      |      |      |
| unknown met                 | -           |      |      |      |
| gap                         | open        | 1    | 0    |      |
| met gap                     | open        | 2    | 0    |      |
| gap gap                     | open        | 1    | 0    |      |
| gap met                     | done        | 1    | 0    |      |
| gap unknown                 | open        | 1    | 0    |      |
| gap exempt                  | void        | 1    | 0    |      |
| gap exempt gap              | open        | 1    | 1    |      |
| gap exempt met              | done        | 1    | 0    |      |
| gap met gap                 | open        | 1    | 1    |      |
| gap met gap~                | open        | 1    | 1    |      |
| gap met unknown             | done        | 1    | 0    |      |
| gap met gap met gap         | open        | 1    | 2    |      |
| gap DONE                    | done        | 1    | 0    | no   |
| gap DONE gap~               | done        | 1    | 0    | no   |
| gap DONE gap                | to_verify   | 1    | 0    | no   |
| gap DONE gap gap            | to_verify   | 1    | 0    | no   |
| gap DONE unknown            | to_verify   | 1    | 0    | no   |
| gap DONE met                | done        | 1    | 0    | yes  |
| gap DONE gap met            | done        | 1    | 0    | yes  |
| gap DONE met gap            | open        | 1    | 1    |      |
| gap DONE gap DONE           | done        | 1    | 0    | no   |
| gap DONE gap OPEN           | open        | 1    | 0    |      |
| gap DONE gap exempt         | void        | 1    | 0    |      |
| gap DONE exempt             | done        | 1    | 0    | no   |
| gap DONE OPEN               | open        | 1    | 0    |      |
| gap met DONE                | done        | 1    | 0    | yes  |
| gap met OPEN                | open        | 1    | 0    |      |
| gap met OPEN met~           | open        | 1    | 0    |      |
| gap met OPEN met            | done        | 1    | 0    |      |
| gap VOID                    | void        | 1    | 0    |      |
| gap VOID gap                | void        | 1    | 0    |      |
| gap VOID met                | void        | 1    | 0    |      |
| gap VOID OPEN               | open        | 1    | 0    |      |
| gap VOID OPEN met           | done        | 1    | 0    |      |
| gap VOID DONE               | done        | 1    | 0    | no   |
| gap step=in_progress        | in_progress | 1    | 0    |      |
| gap step=in_progress gap    | in_progress | 1    | 0    |      |
| gap step=in_progress met    | done        | 1    | 0    |      |
| gap step=in_progress met gap | open       | 1    | 1    |      |
| gap step=in_progress step=open | open     | 1    | 0    |      |
| DONE gap                    | open        | 2    | 0    |      |
"""


def _rows(table: str) -> list[list[str]]:
    return [[each.strip() for each in line.strip("|").split("|")] for line in table.strip().splitlines()[1:]]


@pytest.mark.parametrize("row", _rows(STORIES), ids=lambda row: row[0])
def test_what_a_story_comes_to(row: list[str]) -> None:
    story, state, opened, again, confirmed = row
    found = told(story)
    if state == "-":
        assert found is None
        return
    assert found is not None
    said = {"yes": True, "no": False, "": None}[confirmed]
    assert (found.state, found.opened, found.reopened, found.confirmed) == (state, int(opened), int(again), said)


def test_every_move_is_told_by_a_story() -> None:
    """A move that no story reaches is a move that nobody has thought about."""
    reached = set()
    for story, *_ in _rows(STORIES):
        words = story.split()
        for length in range(1, len(words) + 1):
            before, after = told(" ".join(words[: length - 1])), told(" ".join(words[:length]))
            standing = before.standing if before else TaskStanding.NONE
            signal = {"DONE": Signal.DONE, "VOID": Signal.VOID, "OPEN": Signal.OPENED}.get(words[length - 1])
            signal = signal or next((each for each in Signal if each.value == words[length - 1].rstrip("~")), None)
            if after is not None and signal is not None and len(after.events) > len(before.events if before else ()):
                reached.add((standing, signal))
    by_person = {Signal.DONE, Signal.VOID, Signal.OPENED}
    assert {move for move in MOVES if move[1] not in by_person} <= reached
    assert reached <= set(MOVES)


@pytest.mark.parametrize("standing", [each for each in TaskStanding if each is not TaskStanding.NONE])
def test_a_person_can_always_tick_void_and_open(standing: TaskStanding) -> None:
    for signal, state in ((Signal.DONE, "done"), (Signal.VOID, "void"), (Signal.OPENED, "open")):
        assert Course(standing=MOVES[standing, signal][0]).state == state


def test_evidence_and_what_was_assigned_stay_as_long_as_the_tick() -> None:
    done = told("gap owner=总工会 due=2026-12-31 DONE gap~")
    assert done is not None and (done.owner, done.due, done.evidence) == ("总工会", "2026-12-31", "理由4")
    again = told("gap owner=总工会 due=2026-12-31 DONE met gap")
    assert again is not None and (again.owner, again.due, again.evidence) == ("总工会", "2026-12-31", None)


WORDS = st.sampled_from([
    "gap", "gap~", "met", "met~", "exempt", "unknown", "DONE", "VOID", "OPEN", "step=in_progress", "due=2026-12-31",
])  # fmt: skip


@given(st.lists(WORDS, max_size=12), st.randoms())
def test_the_order_in_which_facts_and_entries_come_in_does_not_matter(words: Sequence[str], random: object) -> None:
    found, said = list[GapFound](), list[tuple[int, Entry]]()
    for number, word in enumerate(words, start=1):
        plain = word.rstrip("~")
        if plain in _VERDICTS:
            when = f"2026-01-{number:02}T00:00:00+00:00"
            found.append(GapFound(number, when, _VERDICTS[plain], not word.endswith("~")))
        elif plain in _PERSONS:
            said.append((number, entry(_PERSONS[plain], number)))
        else:
            name, value = plain.split("=")
            said.append((number, entry(EntryKind.ASSIGNED, number, field=name, new=value)))
    straight = course(found, said)
    random.shuffle(found)  # type: ignore[attr-defined]
    random.shuffle(said)  # type: ignore[attr-defined]
    assert course(found, said) == straight == course(found, said)


@given(st.lists(WORDS, max_size=12))
def test_a_round_that_only_carries_on_changes_nothing(words: Sequence[str]) -> None:
    """Rounds of other townships, and rounds of human entries, leave a task alone."""
    last = next((word.rstrip("~") for word in reversed(words) if word.rstrip("~") in _VERDICTS), None)
    if last is None:
        return
    before, after = told(" ".join(words)), told(" ".join([*words, f"{last}~"]))
    assert (before and (before.state, before.events)) == (after and (after.state, after.events))


@given(st.lists(WORDS, max_size=12))
def test_done_by_a_person_stays_marked_until_a_round_or_a_person_says_otherwise(words: Sequence[str]) -> None:
    found = told(" ".join([*words, "DONE"]))
    assert found is None or (found.state is TaskState.DONE and found.evidence is not None)


# ── ids ──────────────────────────────────────────────────────────────────────
FIRST = ("91340828YY3675XA6L", "岳西县", "中关镇", "某厂", 0)


def test_an_id_is_read_back_as_people_type_it() -> None:
    of = numbers.code(FIRST)
    written = numbers.task_id("union", of)
    assert written == "union-" + of and len(of) == 8 and not set(of) & set("ilou")
    full_width = "".join(chr(ord(each) + 0xFEE0) for each in written.upper())
    misread = "union-" + of.replace("1", "l").replace("0", "O")
    assert {numbers.typed(each) for each in (f" {written} ", written.upper(), full_width, misread)} == {written}
    assert numbers.parts(written) == ("union", of)
    assert numbers.parts("large_unbuilt-" + of) == ("large_unbuilt", of)
    assert numbers.parts("liaison:ZD-01") is None


def test_who_has_a_code_is_known_by_it_alone() -> None:
    moved = ("91340828YY3675XA6L", "岳西县", "天堂镇", "某某厂", 0)
    assert numbers.code(FIRST) == numbers.code(moved)
    assert numbers.code((None, *FIRST[1:])) != numbers.code((None, *moved[1:]))
    assert numbers.code((None, "岳西县", "中关镇", "某厂", 0)) != numbers.code((None, "岳西县", "中关镇", "某厂", 1))


# ── owners ───────────────────────────────────────────────────────────────────
OWNERS = """
| 隶属关系    | 责任单位   | 上级党组织 | 乡镇   | 归谁             | 依据        |
|             |            |            | 中关镇 | 中关镇党委       | territorial |
| territorial |            | 县商务局党委 | 中关镇 | 中关镇党委     | territorial |
| industry    |            | 县商务局党委 | 中关镇 | 县商务局党委   | industry    |
| counterpart |            | 县工商联党委 | 中关镇 | 县工商联党委   | counterpart |
| affiliated  |            | 社区党总支   | 中关镇 | 社区党总支     | affiliated  |
| designated  |            | 园区党工委   | 中关镇 | 园区党工委     | designated  |
| industry    |            |              | 中关镇 | 综合党委       | catch_all   |
| industry    | 县教育局党委 |            | 中关镇 | 县教育局党委   | stated      |
|             |            |            |        | 综合党委         | catch_all   |
"""


@pytest.mark.parametrize("row", _rows(OWNERS), ids=lambda row: f"{row[0]}-{row[5]}")
def test_who_owns_a_gap(row: list[str]) -> None:
    line, unit, superior, township, name, by = (each or None for each in row)
    facts = {"responsibility": line, "responsible_unit": unit, "superior_org": superior, "township": township}
    names = owners.CommitteeNames(lambda each: f"{each}党委", "综合党委")
    assert owners.owner(facts, owners.USUAL, names) == Owner.model_validate({"name": name, "by": by})


# ── counting ─────────────────────────────────────────────────────────────────
def item(owner: str, story: str, due: str | None, row: int = 0) -> Item:
    found = told(story)
    assert found is not None
    day = date.fromisoformat(due) if due else None
    return Item(FIRST, row, "union", Gap.MASS_ORG_MISSING, found, Owner(name=owner, by="territorial"), day, {})


def test_overdue_due_soon_and_done_lately_are_counted_by_owner() -> None:
    calendar = Calendar(date(2026, 11, 21), 30, since=1)
    items = [
        item("甲党委", "gap", "2026-11-20", 1),  # yesterday
        item("甲党委", "gap", "2026-11-21", 1),  # today is not over yet
        item("甲党委", "gap", "2026-12-21", 2),
        item("甲党委", "gap", "2026-12-22", 3),
        item("乙党委", "gap met", "2020-01-01"),
        item("乙党委", "gap DONE gap", "2020-01-01"),  # somebody says that it is done: its day is not counted
        item("乙党委", "gap VOID", "2020-01-01"),
        item("乙党委", "gap step=in_progress", None),
    ]
    first, second = tallies(items, calendar)
    assert (first.owner, first.open, first.overdue, first.due_soon, first.organisations) == ("甲党委", 4, 1, 2, 3)
    assert (second.done, second.done_lately, second.to_verify, second.void, second.in_progress) == (1, 1, 1, 1, 1)
    assert (second.open, second.to_verify, second.overdue, second.due_soon) == (2, 1, 0, 0)
    total = tally(None, items, calendar)
    assert total.open == first.open + second.open and total.owner is None and total.owner_by is None
