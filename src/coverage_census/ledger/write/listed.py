"""漏报补录: organisations of a register that a person added to the base list in; the state with them at its end out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from coverage_census.ledger.identity import duplicates, keys, match
from coverage_census.ledger.identity.answers import Answered
from coverage_census.ledger.identity.keys import PLACED
from coverage_census.model.register import MASS
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.names.core_name import Cores
from coverage_census.names.endings import without_endings

if TYPE_CHECKING:
    import pyarrow as pa

UNSURVEYED = 0
"""The round that confirmed what no sheet has named yet; the first sheet that names it confirms it as any other."""


def added(table: "pa.Table", fresh: Iterable[Entry], answers: Answered, cores: Cores) -> "pa.Table":
    """With those that the table does not hold; nothing is known of them but name, code, place and perhaps kind."""
    import pyarrow as pa

    rows = [_row(each) for each in fresh if each.kind is EntryKind.LISTED]
    if not rows:
        return table
    new = _distinct(pa.Table.from_pylist(rows, schema=table.schema), answers, cores)
    partners = match.across(_keys(new, cores), _keys(table, cores), answers).of
    missing = [row for row, partner in enumerate(partners) if partner is None]
    return pa.concat_tables([table, new.take(pa.array(missing, pa.int64()))]) if missing else table


def refused(table: "pa.Table", fresh: Iterable[Entry], cores: Cores) -> list[Entry]:
    """Those whose code the table knows by another name: 一码两名 is to be settled first."""
    asked = [each for each in fresh if each.kind is EntryKind.LISTED and each.subject and each.subject.uscc]
    if not asked:
        return []
    rows = _keys(table, cores)
    known = dict(zip(rows.uscc, rows.core, strict=True))
    own = cores.of([each.subject.name for each in asked if each.subject], [None] * len(asked))[0]
    return [
        each
        for each, core in zip(asked, own, strict=True)
        if each.subject and known.get(each.subject.uscc, core) != core
    ]


def _distinct(new: "pa.Table", answers: Answered, cores: Cores) -> "pa.Table":
    """Two registers may list one organisation."""
    import pyarrow as pa

    holders = match.within(_keys(new, cores), answers).of
    rows = new.to_pylist()
    for row, holder in enumerate(holders):
        if holder != row:
            duplicates.fill(rows[holder], rows[row])
    kept = [row for place, row in enumerate(rows) if holders[place] == place]
    return pa.Table.from_pylist(kept, schema=new.schema)


def _keys(table: "pa.Table", cores: Cores) -> keys.Keys:
    return keys.keys({name: table[name].to_pylist() for name in PLACED}, cores)


def _row(each: Entry) -> dict[str, object]:
    assert each.subject is not None
    where = each.source
    subject = each.subject.model_dump()
    if each.whose in MASS:  # 东风汽修有限公司工会委员会 is listed, 东风汽修有限公司 belongs to the base list
        (subject["name"],) = without_endings([each.subject.name])
    return {
        **subject,
        "kind": each.new,
        "source_file": where.file if where else None,
        "source_sheet": where.sheet if where else None,
        "source_row": where.row if where else None,
        "confirmed_round": UNSURVEYED,
    }
