"""A name or a code in; the one organisation of a round that is meant, with those of its joint branch, out."""

import unicodedata

from coverage_census.errors import CensusError
from coverage_census.model.record import Row
from coverage_census.policy.decide.frames import Native
from coverage_census.policy.decided.basis import Basis

_SHOWN = 8  # names offered where several organisations match


def branch(found: Basis, row: Row) -> list[Row]:
    """The row, and those that may be in one joint branch with it; the province is only searched for them."""
    import narwhals as nw

    from coverage_census.policy.decide import frames, joint

    nearby = joint.around(row)
    every = [] if nearby is None else frames.rows(nw.from_native(found.table).filter(nearby))
    place = ("name", "source_file", "source_sheet", "source_row")
    return [row, *(each for each in every if any(each[name] != row[name] for name in place))]


def one(found: Basis, asked: str) -> Row:
    """The row of the organisation with this code, this name, or the only one whose name contains it."""
    import narwhals as nw

    from coverage_census.policy.decide.frames import rows

    table = nw.from_native(found.table)
    name, asked = nw.col("name"), asked.strip()
    place, _, area = asked.removesuffix("）").removesuffix(")").replace("(", "（").rpartition("（")
    code = "".join(unicodedata.normalize("NFKC", asked).split()).upper()
    conditions = [nw.col("uscc") == code, name == asked]
    if place and area:  # as a list of several offers it: 名称（乡镇）
        conditions.append((name == place) & (nw.col("township") == area))
    if asked:
        conditions.append(name.str.contains(asked, literal=True))
    for condition in conditions:
        matching = rows(table.filter(condition.fill_null(False)))
        if len(matching) == 1:
            return matching[0]
        if matching:
            names = "、".join(_named(row) for row in matching[:_SHOWN])
            raise CensusError("several_organisations", name=asked, count=len(matching), names=names)
    raise CensusError("unknown_organisation", name=asked, near="、".join(_near(table, asked)) or "—")


def _near(table: Native, asked: str) -> list[str]:
    from rapidfuzz import fuzz, process

    from coverage_census.policy.decide.frames import rows

    names = [row["name"] for row in rows(table.select("name"))]
    return [match[0] for match in process.extract(asked, names, scorer=fuzz.ratio, limit=5)]


def _named(row: Row) -> str:
    return f"{row['name']}（{row['uscc'] or row['township'] or '—'}）"
