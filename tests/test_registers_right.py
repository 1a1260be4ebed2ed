"""Made-up registers with hard names: no wrong link, few missed, few asked; a part of `make bench`, kept small."""

import pytest

from registers_score import registers, scored

SIZE = 6_000
REACHED = {"market": (0.94, 0.99, 0.06), "union": (0.85, 0.98, 0.15)}
"""Linked, linked or asked, asked: at full size .95, .985 and .05; .85, .95 and .15."""


@pytest.mark.parametrize("aside", [False, True])
@pytest.mark.parametrize("what", REACHED)
def test_links_are_right(what: str, aside: bool) -> None:
    found = scored(*registers(what, SIZE, aside=aside))
    linked, asked_too, asked = REACHED[what]
    assert not found.wrong_pairs
    assert found.recall >= linked
    assert found.recall_asked >= asked_too
    assert found.asked <= asked


def test_a_register_that_lacks_most() -> None:
    """What is left over on one side finds no partner by force."""
    ours, theirs = registers("union", SIZE, aside=False)
    found = scored(ours, theirs.first(len(theirs.name) // 4))
    assert not found.wrong_pairs
