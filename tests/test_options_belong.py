"""An option that would do nothing beside the others is refused, on every command; nothing is written."""

from typing import Any

import pytest

from coverage_census.cli.app import build
from coverage_census.cli.line import idle_options
from coverage_census.errors import WrongUsage
from coverage_census.words.catalogue import Words
from kit import Census

COMMANDS: dict[str, Any] = {}


def command(name: str) -> Any:
    if not COMMANDS:
        tree: Any = build(Words("zh"))
        COMMANDS.update(tree.commands["plan"].commands)
        COMMANDS.update(tree.commands)
    return COMMANDS[name]


def typed(name: str, key: str) -> list[str]:
    """One option or argument as somebody types it."""
    params = command(name).params
    param = next(each for each in params if key in (each.opts[0], each.name))
    if param.param_type_name == "argument":
        return ["甲镇"]
    return [key] if param.is_flag else [key, *["1"] * param.nargs]


def refused(name: str, *words: str) -> str | None:
    try:
        command(name).make_context("census", list(words))
    except WrongUsage as stop:
        return stop.key
    return None


@pytest.mark.parametrize(
    ("name", "option", "others"),
    [(name, option, others) for name, rules in idle_options.NEEDS.items() for option, others in rules.items()],
)
def test_an_option_of_another_is_refused_without_it(name: str, option: str, others: tuple[str, ...]) -> None:
    assert refused(name, *typed(name, option)) == "option_alone"
    for other in others:
        assert refused(name, *typed(name, option), *typed(name, other)) != "option_alone"


@pytest.mark.parametrize(
    ("name", "other", "option"),
    [
        (name, other, option)
        for name, rules in idle_options.APART.items()
        if " " not in name
        for other, options in rules.items()
        for option in options
    ],
)
def test_what_would_do_nothing_beside_another_is_refused(name: str, other: str, option: str) -> None:
    assert refused(name, *typed(name, other), *typed(name, option)) == "options_apart"


@pytest.mark.parametrize("action", ["list", "show", "check"])
def test_options_that_an_action_of_rules_does_not_use(action: str) -> None:
    for option in idle_options.APART[f"rules {action}"]["action"]:
        assert refused("rules", action, *typed("rules", option)) == "options_apart"
    assert refused("rules", action) is None


def test_two_documents_on_one_stdout_are_refused_everywhere() -> None:
    command("gaps")
    for name, each in COMMANDS.items():
        options = {param.opts[0] for param in each.params}
        if {"--json", "--csv"} <= options and name != "export":
            arguments = ["甲"] * sum(param.param_type_name == "argument" and param.required for param in each.params)
            assert refused(name, *arguments, "--json", "--csv") in {"options_apart", "option_alone"}, name


def test_the_words(census: Census) -> None:
    ran = census("tasks", "--until", "明年底")
    assert (ran.code, ran.out) == (2, "") and "--until 要和 --assign 一起用" in ran.err
    ran = census("tasks", "--done", "T-1", "--evidence", "甲", "--owner", "乙")
    assert ran.code == 2 and "--owner 要和 --assign 一起用" in ran.err
    ran = census("rules", "show", "--what-if", "staff=1", "--lang", "en")
    assert ran.code == 2 and "--what-if does nothing beside rules show" in ran.err
    assert "--csv does nothing beside --json" in census("gaps", "--json", "--csv", "--lang", "en").err


@pytest.mark.parametrize(
    "owner",
    ["张三 13812345678", "张三", "欧阳小明", "王建国", "李四（13900001111）", "13812345678", "110101199003070011"],
)
def test_an_owner_is_an_office_and_no_person(owner: str) -> None:
    from coverage_census.tasks.marks import is_person

    assert is_person(owner)


@pytest.mark.parametrize(
    "owner",
    [
        "甲镇党委",
        "妇联",
        "县工商联",
        "ZD-001",
        "组织部",
        "云岭县委两新工委",
        "团委",
        "市监局",
        "综合党委",
        "柳河社区",
        "党建办",
        "G3",
    ],
)
def test_offices_and_post_codes_are_owners(owner: str) -> None:
    from coverage_census.tasks.marks import is_person

    assert not is_person(owner)
