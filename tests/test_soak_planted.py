"""The table of planted bugs still fits the code: each guard that `make soak` takes out stands there, once."""

import pytest

from soak.planted import BUGS, PACKAGE, ROOT, Bug


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_the_guard_is_there(bug: Bug) -> None:
    text = (ROOT / PACKAGE / bug.file).read_text(encoding="utf-8")
    assert text.count(bug.guard) == 1, "change tests/soak/planted.py along with the code"
    compile(text.replace(bug.guard, bug.planted), bug.file, "exec")  # it fails by what it does, not by its grammar
