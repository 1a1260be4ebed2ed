"""One value of which a register and the ledger say different things in; the words for it out."""

from coverage_census.model.register import Compared
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label, value_text


def difference(each: Compared, words: Words) -> str:
    """从业人员：名册 30，台账 25."""
    said = (value_text(each.field, value, words) for value in (each.register, each.ledger))
    register, ledger = (words("console.unknown") if text in ("", None) else text for text in said)
    return words("reconcile.both", field=field_label(each.field, words), register=register, ledger=ledger)


def contradiction(each: Compared, words: Words) -> str:
    """是否建立工会：名册 是（工会名册.xlsx!B4），台账 否（青石镇.xlsx!F9），说法不一，按不详处理."""
    cells = {"register_cell": each.register_cell or words("console.unknown"), "ledger_cell": each.ledger_cell or ""}
    register, ledger = (value_text(each.field, value, words) for value in (each.register, each.ledger))
    field = field_label(each.field, words)
    return words("reconcile.contradiction", field=field, register=register, ledger=ledger, **cells)
