"""What is wanted and a seed in; made-up workbooks in the shape of real ones, with the truth beside them, out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coverage_census.files import disk
from coverage_census.sample import truth
from coverage_census.sample.books import Built
from coverage_census.sample.units.dirt import CLEAN, Dirt

What = Literal["yuexi", "city", "tiandeng"]
SEED = 20200706
"""Of the samples under data/samples."""

Maker = Callable[[Path, int, Dirt], tuple[Built, dict[str, int], dict[str, object]]]


@dataclass(frozen=True)
class SamplesMade:
    """What was made. `replaced` names files written as .xlsx because the writer of their own format is missing."""

    files: tuple[Path, ...]
    organisations: int
    truth: Path
    figures: dict[str, int]
    replaced: tuple[str, ...] = ()


def make(
    out: Path,
    what: What | int,
    seed: int = SEED,
    dirt: Dirt | None = None,
    one_file: bool = False,
    registers: bool = False,
) -> SamplesMade:
    """A named sample, or `what` organisations in many workbooks or (with `one_file`) in one flat sheet; with
    `registers` of other offices that disagree with it."""
    disk.make_folder(out)
    maker, usual = _maker(what, one_file)
    built, figures, more = maker(out, seed, dirt or usual)
    about = {"what": what, "seed": seed, "figures": figures, **more}
    if registers:
        from coverage_census.sample.registers import books

        files, about["registers"] = books.write_registers(out, built.organisations, str(more["as_of"]), seed)
        built.files += files
    path = truth.save(out, truth.document(about, built.reported, built.organisations))
    return SamplesMade(tuple(built.files), figures["organisations"], path, figures, tuple(built.replaced))


def _maker(what: What | int, one_file: bool) -> tuple[Maker, Dirt]:
    """Who makes it, and how untidy it is where nothing else is asked."""
    if isinstance(what, int):
        from coverage_census.sample.samples import flat, province

        return (flat.flat(what) if one_file else province.province(what)), Dirt()
    if what == "yuexi":
        from coverage_census.sample.samples.yuexi_books import yuexi

        return yuexi, Dirt()
    if what == "city":
        from coverage_census.sample.samples.city import city

        return city, CLEAN
    from coverage_census.sample.samples.tiandeng import tiandeng

    return tiandeng, CLEAN
