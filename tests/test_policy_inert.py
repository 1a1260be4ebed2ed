"""Nothing in a policy file is inert: every key of every policy is read by a decision, a plan, a task or the handout."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from coverage_census.commands.plan import mass
from coverage_census.commands.tasks import owners as task_owners
from coverage_census.console import rules_show
from coverage_census.model.mass_plan import MASS_KINDS
from coverage_census.model.record import Record
from coverage_census.policy.decide import deadlines, explain, modes
from coverage_census.policy.figures import indicators, what_if
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.document import Liaison, LiaisonCosts, Need
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.plans import joint, liaison_and_mass
from coverage_census.words.catalogue import Words

DAY = date(2026, 6, 30)
BY_LOADING = {"since", "until", "alias"}
"""Dates decide at loading what is in force that day (tests/test_policy_rulebook.py)."""
COUNTS = (
    (120, 4, 4, False, None), (120, 1, 2, False, None), (60, 0, 0, False, None), (60, 3, 3, True, "joint"),
    (60, 120, 120, True, "standalone"), (60, 60, 60, True, "standalone"), (40, None, None, None, None),
    (40, 1, 1, False, None),
)  # fmt: skip
MORE: tuple[dict[str, Any], ...] = (
    {}, {"zone": "园区"}, {"industry": "茶叶"}, {"not_built_reason": "应建未建"}, {"not_built_reason": "业主有顾虑"},
    {"not_built_reason": "不具备条件", "responsibility": "industry"}, {"operating_status": "closed"},
    {"name": "某协会", "remarks": "无固定场所"}, {"name": "某商会"}, {"address": "无办公场所"},
)  # fmt: skip
SAME = {"county": "甲县", "township": "乙镇", "instructors": 0, "registered_on": "2026-01", "above_scale": True}
ROWS: list[dict[str, Any]] = [
    {"name": f"甲{kind}", "kind": kind, "employees": employees, "members_formal": formal, "members_total": total}
    | SAME
    | {"has_org": has, "org_form": form}
    | more
    for kind in ("enterprise", "social_org")
    for employees, formal, total, has, form in COUNTS
    for more in MORE
]


def records(value: Any) -> Iterator[Record]:
    """Every table of a loaded policy."""
    if isinstance(value, Record):
        yield value
        for name in type(value).model_fields:
            yield from records(object.__getattribute__(value, name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from records(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from records(each)


def use(policy: Policy) -> None:
    """Everything that looks into a policy, but for the loader and the schema."""
    for lang in ("zh", "en"):
        rules_show.show([policy], Words("zh") if lang == "zh" else Words("en"), as_json=False)
    found: Any = SimpleNamespace(policy=policy)
    tasks = SimpleNamespace(catch_all="")
    session: Any = SimpleNamespace(settings=SimpleNamespace(tasks=tasks), words=Words("zh"))
    owners = task_owners.owners(session, policy, [])
    for row in ROWS:
        explain.decisions(row, policy, Words("zh"))
        for lang in ("zh", "en"):
            explain.readings(row, policy, Words("zh") if lang == "zh" else Words("en"))
        facts = explain.complete(row, policy)
        modes.offered(facts, policy, Words("zh"))
        liaison_and_mass.asked(facts, policy)
        owners.of(facts)
        for rule in policy.rules:
            deadlines.due_on(rule, facts, policy)
            what_if.neighbours(row, policy, rule)
        for kind in ("union", "league", "women"):
            liaison_and_mass.forms(facts, policy, kind)
    for each in MASS_KINDS:
        mass._forms(each, found)
    joint.limits(policy), joint.weights(policy)
    for code in indicators.definitions():
        one = indicators._indicator(code, [1, 2, 0, 0, 2], 0, Words("zh"), "2026")
        indicators._aimed(one, policy)


@pytest.mark.parametrize("name", rulebook.names())
def test_every_key_is_read(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    policy = rulebook.load(name, DAY)
    parts = {key: value for key, value in vars(policy).items() if key not in ("waiting", "later")}
    seen: set[tuple[int, str]] = set()

    def watched(self: Record, attribute: str) -> Any:
        seen.add((id(self), attribute))
        return object.__getattribute__(self, attribute)

    classes = {type(each) for each in records(parts)}
    with monkeypatch.context() as patched:
        for each in classes:
            patched.setattr(each, "__getattribute__", watched, raising=False)
        use(policy)
    capsys.readouterr()
    unread = [
        f"{type(each).__name__}.{key} of {object.__getattribute__(each, key)!r}"[:200]
        for each in records(parts)
        for key in each.model_fields_set
        if key not in BY_LOADING and (id(each), key) not in seen and not _is_elsewhere(each, key)
    ]
    assert unread == [], chr(10).join(unread)


def _is_elsewhere(each: Record, key: str) -> bool:
    """Read by the plan of officers, which needs a ledger (tests/test_plan_liaison_command.py)."""
    return isinstance(each, LiaisonCosts) or (isinstance(each, Liaison | Need) and key in ("id", "full_time", "costs"))
