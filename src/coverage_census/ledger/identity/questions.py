"""Pairs that may be one organisation in; the questions on them, in words, out."""

from collections.abc import Sequence

from coverage_census.ledger.identity.candidates import Candidate, PairSide
from coverage_census.model.identity import IdentityQuestion
from coverage_census.model.reading import Subject
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label, value_text

_COMPARED = ("uscc", "township", "kind", "address")


def questions(found: "Sequence[Candidate]", words: Words) -> tuple[IdentityQuestion, ...]:
    """Each pair in the words of the workbook."""
    return tuple(
        IdentityQuestion(
            number=number,
            one=_subject(each.one),
            other=_subject(each.other),
            sides=(_cells(each.one, words), _cells(each.other, words)),
            why=words(f"identity.why.{each.why}", likeness=round(each.likeness)),
            differs=_differs(each, words),
            else_=words("identity.unanswered.two"),
        )
        for number, each in enumerate(found, start=1)
    )


def _subject(side: "PairSide") -> Subject:
    return Subject(name=side.name, uscc=side.uscc, county=side.county, township=side.township)


def _cells(side: "PairSide", words: Words) -> tuple[str, ...]:
    place = {"file": side.file or "", "sheet": side.sheet or "", "row": side.row or "", "round": side.confirmed_round}
    kind = value_text("kind", side.kind, words) if side.kind else ""
    where = words("identity.where.row", **place)
    lines = (side.name, side.uscc), (side.township, kind), (side.address, where)
    return tuple("\n".join(filter(None, pair)) for pair in lines)


def _differs(each: "Candidate", words: Words) -> str:
    said = []
    for name in _COMPARED:
        values = getattr(each.one, name), getattr(each.other, name)
        label = field_label(name, words)
        if None in values and values[0] != values[1]:
            said.append(words("identity.differs.missing", label=label))
        elif values[0] != values[1]:
            said.append(words("identity.differs.item", label=label))
    said += [words("identity.differs.silent", name=side.name) for side in (each.one, each.other) if side.silent]
    return words("identity.differs.between").join(said) or words("identity.differs.nothing")
