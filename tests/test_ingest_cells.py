"""Cells of many kinds with what is right for them (cases/values), read by the reader itself, and the scores of a half
that was set aside while the readers of cells were written."""

import pytest

import values_case

LEAST = {"polarity": 0.98, "options": 0.98, "counts": 0.98, "amounts": 0.96, "dates": 0.98, "roles": 0.98}


@pytest.mark.parametrize("name", values_case.FILES)
def test_cells_are_read_as_what_they_say(name: str) -> None:
    done = [(case, values_case.wrong(case)) for case in values_case.cases(name)]
    failed = [f"{case}: {found}" for case, found in done if found is not None]
    assert 1 - len(failed) / len(done) >= LEAST[name], "\n".join(failed)
