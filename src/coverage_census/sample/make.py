"""What is wanted and a seed in; made-up workbooks in the shape of real ones, with the truth beside them, out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coverage_census.sample import truth
from coverage_census.sample.dirt import Dirt

What = Literal["yuexi", "city", "tiandeng"]
SEED = 20200706


@dataclass(frozen=True)
class Made:
    """What was made. `replaced` names files written as .xlsx because the writer of their own format is missing."""

    files: tuple[Path, ...]
    organisations: int
    truth: Path
    figures: dict[str, int]
    replaced: tuple[str, ...] = ()


def make(out: Path, what: What | int, seed: int = SEED, dirt: Dirt | None = None, one_file: bool = False) -> Made:
    """A named sample, or `what` organisations in many workbooks or (with `one_file`) one flat one."""
    out.mkdir(parents=True, exist_ok=True)
    if isinstance(what, int):
        raise NotImplementedError
    from coverage_census.sample import county

    built, figures, extra = county.yuexi(out, seed, dirt or Dirt())
    about = {"what": what, "seed": seed, "figures": figures, **extra}
    path = truth.save(out, truth.document(about, built.reported, built.organisations))
    return Made(tuple(built.files), len(built.organisations), path, figures, tuple(built.replaced))
