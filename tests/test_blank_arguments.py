"""Nothing typed for an option or an argument, on every command: one sentence and exit 2, and nothing is written."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coverage_census.cli.app import build
from coverage_census.cli.line.usage import label
from coverage_census.errors import WrongUsage
from coverage_census.words.catalogue import Words
from kit import Census


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with its path."""

    def below(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
        if not hasattr(command, "commands"):
            yield path, command
        for name, each in getattr(command, "commands", {}).items():
            yield from below(each, (*path, name))

    yield from below(build(Words("zh")), ())


def typed(path: tuple[str, ...], command: Any, param: Any, value: str) -> list[str]:
    """The command with `value` for one parameter, and something for the arguments that stand before it."""
    if param.param_type_name == "option":
        return [*path, param.opts[0], *[value] * param.nargs]
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    return [*path, *["甲"] * arguments.index(param), value]


TAKE_VALUES = [
    (path, command, param)
    for path, command in commands()
    for param in command.params
    if param.name != "help" and not getattr(param, "is_flag", False)
]


def test_the_tree_is_walked() -> None:
    assert len({path for path, *_ in TAKE_VALUES}) > 25 and len(TAKE_VALUES) > 150


@pytest.mark.parametrize("value", ["", "　", " 、\t"])
def test_an_empty_value_of_each_is_refused(value: str) -> None:
    taken = []
    for path, command, param in TAKE_VALUES:
        words = typed((), command, param, value)
        try:
            command.make_context("census", words)
        except WrongUsage as stop:
            assert (stop.key, stop.values["parameter"]) == ("blank_value", label(param)), (path, stop.key)
        else:
            taken.append((*path, param.name))
    assert taken == []


@pytest.mark.parametrize(
    "words",
    [
        ["--workspace", "", "gaps"],
        ["--workspace=", "gaps"],
        ["--workspace", " ", "plan"],
        ["plan", "--workspace", "", "joint"],
        ["--lang", "", "gaps"],
        ["gaps", "--policy="],
        ["gaps", "甲镇", ""],
        ["rounds", "--rename", "2026Q2", ""],
    ],
)
def test_in_every_place_of_the_command_line(words: list[str], census: Census, tmp_path: Path) -> None:
    ran = census(*words)
    assert (ran.code, ran.out) == (2, "") and "后面是空的" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_help_and_what_says_something_are_let_through(census: Census) -> None:
    assert census("gaps", "--policy", "", "--help").code == 0
    assert "后面是空的" not in census("gaps", "甲镇、").err
    assert "is empty" in census("gaps", "--policy", "", "--lang", "en").err
