"""The lists of planted faults still fit the code: each guard that is taken out stands there, once."""

import re
from pathlib import Path

import pytest

from mutants import guards, planting
from mutants.planting import Bug
from soak import planted

TESTS = Path(__file__).parent
EVERY = [*planted.BUGS, *guards.FAULTS]


@pytest.mark.parametrize("bug", EVERY, ids=lambda bug: bug.name)
def test_the_guard_is_there(bug: Bug) -> None:
    text = planting.without_guard(bug)  # else change the list along with the code
    compile(text, bug.file, "exec")  # it fails by what it does, not by its grammar


@pytest.mark.parametrize("bug", EVERY, ids=lambda bug: bug.name)
def test_the_tests_that_are_to_catch_it_are_there(bug: Bug) -> None:
    arguments = planting.words(bug.caught_by)
    files = [TESTS / word.removeprefix("tests/").split("::")[0] for word in arguments if word.startswith("tests/")]
    source = "".join(each.read_text(encoding="utf-8") for each in files)
    for word in re.split(r" or ", arguments[-1]) if "-k" in arguments else ():
        assert word in source


def test_three_thirds_are_the_whole() -> None:
    thirds = [planting.third(guards.FAULTS, str(number)) for number in range(3)]
    assert sorted(bug.name for each in thirds for bug in each) == sorted(bug.name for bug in guards.FAULTS)
    assert max(map(len, thirds)) - min(map(len, thirds)) <= 1
