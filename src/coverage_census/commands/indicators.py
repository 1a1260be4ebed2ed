"""`indicators`: a round of the ledger in; rates, the organisations behind them, and distributions out."""

from collections.abc import Collection, Sequence
from pathlib import Path

from coverage_census.commands.basis import basis
from coverage_census.commands.reconcile import base_list
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.files import plain_text
from coverage_census.policy.figures import claims as claiming
from coverage_census.policy.figures import rates
from coverage_census.policy.figures.indicators import definitions
from coverage_census.results import BehindFigures, IndicatorFigures, IndicatorNamed, Tables
from coverage_census.words import named

_LARGEST = 10_000_000  # bytes of a file of claims; a text of figures is a few pages


_RATE, _TABLE = "indicator.{}.label", "distribution.{}.title"


def names(session: Session, codes: Sequence[str]) -> tuple[IndicatorNamed, ...]:
    """Every rate, and every table of --more, by name and code."""
    from coverage_census.policy.figures import distributions

    if codes:
        raise WrongUsage("one_view")
    words = session.words
    tables = [IndicatorNamed(words(_TABLE.format(code)), code, True) for code in distributions.CODES]
    rates_ = (*definitions(), base_list.CODE)
    return (*(IndicatorNamed(words(_RATE.format(code)), code, False) for code in rates_), *tables)


def _codes(session: Session, said: Sequence[str], known: Collection[str], key: str) -> tuple[str, ...]:
    """The codes that are meant by codes or names, each once; what is neither is refused with the nearest."""
    found = []
    for each in named.several(said, tuple(known), key):
        code = named.code_of(each, known, key)
        if code is None:
            near = named.nearest_of(each, tuple(known), key, session.words) or ["—"]
            raise WrongUsage("indicator_not_found", code=each, near="、".join(near))
        found.append(code)
    return tuple(dict.fromkeys(found))


def indicators(session: Session, codes: Sequence[str]) -> IndicatorFigures:
    """The rates that were asked for by code or name, else all of them; refused before the ledger is opened."""
    codes = _codes(session, codes, (*definitions(), base_list.CODE), _RATE)
    found = basis(session)
    of_rounds = tuple(code for code in codes if code != base_list.CODE)
    computed = rates.rates(found, session.words, of_rounds) if of_rounds or not codes else ()
    of_registers = base_list.rate(session) if not codes or base_list.CODE in codes else ()
    if codes == (base_list.CODE,) and not of_registers:
        raise CensusError("no_register")
    return IndicatorFigures((*computed, *of_registers), found.round, found.stamp)


def behind(session: Session, codes: Sequence[str]) -> BehindFigures:
    """The organisations below the line of these figures, and those that may be."""
    asked = _codes(session, codes, (*definitions(), base_list.CODE), _RATE)
    if base_list.CODE in asked:
        raise WrongUsage("base_list_elsewhere")
    if not asked:
        every = (named.both(code, _RATE, session.words) for code in definitions())
        raise WrongUsage("which_indicator", known="、".join(every))
    found = basis(session)
    computed, listed = rates.behind(found, session.words, asked)
    return BehindFigures(tuple(computed), tuple(listed), found.round, found.stamp)


def more(session: Session, codes: Sequence[str]) -> Tables:
    """Reasons for not building, completeness of the four blocks, the three states, members among staff."""
    from coverage_census.policy.figures import distributions

    codes = _codes(session, codes, distributions.CODES, _TABLE)
    found = basis(session)
    frame = found.judged(distributions.fields(), distributions.regular(found.policy))
    tables = distributions.compute(frame, found.policy, session.words, found.round.as_of, tuple(codes))
    return Tables(tables, found.round, found.stamp)


def claims(path: Path, codes: Sequence[str]) -> tuple[claiming.Claim, ...]:
    """Each published figure of a text file, checked by its own arithmetic; the ledger is not asked."""
    if codes:
        raise WrongUsage("one_view")
    if path.is_dir() or not path.exists():
        raise CensusError("no_such_file", file=str(path))
    text = plain_text.read(path, _LARGEST)
    if text is None:
        raise CensusError("claims_unreadable", file=str(path))
    return claiming.check(text)
