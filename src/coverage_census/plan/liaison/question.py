"""Organisations, who of them needs an officer, and a bank of officers in; the question that is to be solved out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coverage_census.model.liaison_plan import Needing
from coverage_census.model.reading import Subject
from coverage_census.model.record import Facts
from coverage_census.plan.liaison.officers_and_wishes import Bank, LedgerKnowledge, squeezed
from coverage_census.plan.liaison.two_way import Wishes
from coverage_census.plan.organisations import townships


class Want(NamedTuple):
    """Which need of the policy an organisation has (None: none that is sure), and whether it has an officer already."""

    need: str | None
    served: bool | None

    @property
    def open(self) -> bool:
        """In need, and not known to have one."""
        return self.need is not None and self.served is not True


def needing(rows: Sequence[Facts], wants: Sequence[Want]) -> tuple[list[Needing], dict[int, int]]:
    """Those in need, and which number each row has among them."""
    found: list[Needing] = []
    numbers = {}
    for number, (row, want) in enumerate(zip(rows, wants, strict=True)):
        if want.need is not None and want.open:
            numbers[number] = len(found)
            found.append(
                Needing(
                    subject=Subject.of(row), industry=row["industry"], industry_code=row["industry_code"],
                    need=want.need, has_none=want.served is False,
                )
            )  # fmt: skip
    return found, numbers


def known(rows: Sequence[Facts], wants: Sequence[Want]) -> LedgerKnowledge:
    """What the ledger knows of the organisations that wishes may name."""
    names: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        names.setdefault(squeezed(row["name"]), []).append(number)
    return LedgerKnowledge(
        townships=townships(rows), counties=frozenset(row["county"] for row in rows if row["county"]),
        by_name={name: tuple(those) for name, those in names.items()},
        by_uscc={row["uscc"]: number for number, row in enumerate(rows) if row["uscc"]},
        in_need=frozenset(number for number, want in enumerate(wants) if want.open),
    )  # fmt: skip


def wishes(bank: Bank, numbers: Mapping[int, int]) -> Wishes:
    """Rows as numbers of those in need, codes as numbers of officers."""
    officer = {each.code: number for number, each in enumerate(bank.officers)}

    def meant(wish: str) -> int | str:
        return numbers[int(wish[1:])] if wish.startswith("#") else wish

    return Wishes(
        officers_of={numbers[row]: [officer[c] for c in codes] for row, codes in bank.organisation_wishes.items()},
        expertise_of={numbers[row]: texts for row, texts in bank.wanted.items()},
        wished_by={officer[code]: [meant(wish) for wish in them] for code, them in bank.officer_wishes.items()},
    )
