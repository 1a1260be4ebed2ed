"""Indicators, the rows behind them, distributions and checked claims in; tables, JSON or CSV out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from coverage_census.console import out
from coverage_census.errors import ExitCode
from coverage_census.model.decision import Indicator
from coverage_census.model.record import Json
from coverage_census.policy.figures.rates import OrganisationBehind
from coverage_census.results import BehindFigures, IndicatorFigures, IndicatorNamed, Tables
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import percent
from coverage_census.words.periods import called
from coverage_census.words.rates import indicator_lacking, indicator_rate

if TYPE_CHECKING:
    from coverage_census.policy.figures.claims import Claim
    from coverage_census.policy.figures.distributions import DistributionPart

_STAMP = ("policy", "policy_version", "policy_as_of")
_BEHIND = ("code", "name", "uscc", "county", "township", "numerator", "denominator", "unknown")
_PART = (
    "table", "code", "part_of", "label", "numerator", "denominator", "denominator_label", "rate", "counted", "as_of",
    "definition",
)  # fmt: skip
_CLAIM = ("line", "text", "verdict", "claimed", "computed", "base", "off", "word", "base_exact")
_LEAST = 3  # fields named behind a block that is not full


def show(found: IndicatorFigures, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """Rates as a table with what it rests on under it, as JSON or as CSV."""
    if as_json:
        return out.as_json([{**out.plain(each), "policy": out.plain(found.stamp)} for each in found.rows])
    if as_csv:
        rows = [[*_told(each, words).values(), *_stamp(found)] for each in found.rows]
        return out.as_csv([*Indicator.model_fields, *_STAMP], rows)
    heads = ("indicator", "numerator", "denominator", "rate", "denominator_label", "unknown")
    rows = [
        [
            each.label,
            each.numerator,
            each.denominator,
            indicator_rate(each, words),
            each.denominator_label,
            each.unknown or "",
        ]
        for each in found.rows
    ]
    out.table([words(f"console.head.{head}") for head in heads], rows, right=(1, 2, 3, 5), wrap=(4,))
    by_total = [
        words("console.by_total_one", label=each.label, count=each.by_total_basis)
        for each in found.rows
        if each.by_total_basis
    ]
    for each in found.rows:
        if each.target_percent is not None:
            given = {"label": each.label, "percent": each.target_percent, "source": each.target_source}
            key = "target_reached" if not each.target_missing else "target_missing"
            out.paragraph(words(f"console.{key}", missing=each.target_missing, **given))
    if by_total:
        out.paragraph(words("console.by_total", parts=words("console.separator").join(by_total)))
    if gone := max((each.gone for each in found.rows), default=0):
        out.line(words("gone.line", count=gone))
    _footer(found, words)
    return None


def names(found: Sequence[IndicatorNamed], words: Words, *, as_json: bool, as_csv: bool) -> int:
    """What may be asked for, and how."""
    if as_json:
        out.as_json(found)
    elif as_csv:
        out.as_csv(["label", "code", "more"], [[each.label, each.code, each.more] for each in found])
    else:
        heads = [words(f"console.head.{head}") for head in ("indicator", "code", "way")]
        ways = {more: f"census indicators {'--more ' if more else ''}" for more in (False, True)}
        out.table(heads, [[each.label, each.code, ways[each.more] + each.label] for each in found])
    return ExitCode.DONE


def _told(each: Indicator, words: Words) -> Json:
    """As a table that people open shows it: no rate where too little is known."""
    plain: Json = out.plain(each)
    return {**plain, "rate": indicator_lacking(each, words) or plain["rate"]}


def behind(found: BehindFigures, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """Every organisation behind some figures, and on which side of the line it is."""
    if as_json:
        return out.as_json([{**out.plain(each), "policy": out.plain(found.stamp)} for each in found.rows])
    if as_csv:
        rows = [[*out.plain(each).values(), *_stamp(found)] for each in found.rows]
        return out.as_csv([*_BEHIND, *_STAMP], rows)
    for figure in found.figures:
        mine = sorted((each for each in found.rows if each.code == figure.code), key=_side)
        out.line(
            words(
                "console.behind.heading",
                label=figure.label,
                rate=indicator_rate(figure, words),
                numerator=figure.numerator,
                denominator=figure.denominator,
                of=figure.denominator_label,
                unknown=figure.unknown,
            )
        )
        header = [words(f"console.head.{head}") for head in ("township", "name", "side")]
        listed = [[each.township or "", each.name, words(f"console.behind.{_SIDES[_side(each)]}")] for each in mine]
        out.table(header, listed, wrap=(1,))
        out.paragraph(figure.definition)
    _footer(found, words)
    return None


_SIDES = ("only_denominator", "unknown_below", "unknown_outside", "numerator")


def _side(each: OrganisationBehind) -> int:
    """What is to be worked on first."""
    if each.numerator:
        return 3
    if each.unknown:
        return 1 if each.denominator else 2
    return 0


def tables(found: Tables, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """Each distribution with its title, its parts and how they are counted."""
    every = [each for parts in found.tables.values() for each in parts]
    if as_json:
        return out.as_json([{**out.plain(each), "policy": out.plain(found.stamp)} for each in every])
    if as_csv:
        rows = [[*out.plain(each).values(), *_stamp(found)] for each in every]
        return out.as_csv([*_PART, *_STAMP], rows)
    for table, parts in found.tables.items():
        out.line(words(f"distribution.{table}.title"))
        listed = [each for each in parts if each.part_of is None]
        rows = [_part(each, parts, words) for each in listed]
        heads = ("part", "numerator", "denominator", "share", "remark")[: 5 if any(row[4] for row in rows) else 4]
        header = [words(f"distribution.head.{head}") for head in heads]
        out.table(header, [row[: len(heads)] for row in rows], right=(1, 2, 3), wrap=range(4, len(heads)))
        out.paragraph(listed[0].definition)
        out.line()
    _footer(found, words)
    return None


def _part(each: "DistributionPart", parts: "Sequence[DistributionPart]", words: Words) -> list[Any]:
    fields = [one for one in parts if one.part_of == each.code and one.numerator < one.denominator]
    fields.sort(key=lambda one: one.rate or 0)
    least = words("console.separator").join(
        words("distribution.blocks.field", label=one.label, share=percent(one.numerator, one.denominator))
        for one in fields[:_LEAST]
    )
    remark = words("distribution.blocks.least", fields=least) if least else ""
    return [each.label, each.numerator, each.denominator, percent(each.numerator, each.denominator), remark]


def claims(found: "Sequence[Claim]", words: Words, *, as_json: bool, as_csv: bool) -> ExitCode:
    """Line by line which figures reproduce; a line that cannot be read is set aside (exit 3)."""
    unread = sum(each.verdict == "unreadable" for each in found)
    code = ExitCode.SET_ASIDE if unread else ExitCode.DONE
    remarks = [_remark(each, words) for each in found]
    if as_json:
        out.as_json([{**out.plain(each), "message": said} for each, said in zip(found, remarks, strict=True)])
        return code
    if as_csv:
        rows = [[*out.plain(each).values(), said] for each, said in zip(found, remarks, strict=True)]
        out.as_csv([*_CLAIM, "message"], rows)
        return code
    header = [words(f"claims.head.{head}") for head in ("line", "text", "verdict", "remark")]
    shown = [
        [each.line, each.text, words(f"claims.verdict.{each.verdict}"), said]
        for each, said in zip(found, remarks, strict=True)
    ]
    out.table(header, shown, wrap=(1, 3))
    good = sum(each.verdict in ("reproduces", "rounding") for each in found)
    left = sum(each.verdict == "inexact" for each in found)
    bad = len(found) - good - left - unread
    out.line(words("claims.count", all=len(found), good=good, bad=bad, left=left, unread=unread))
    return code


def _remark(each: "Claim", words: Words) -> str:
    said = words(f"claims.remark.{each.verdict}", claimed=each.claimed, computed=each.computed, word=each.word)
    if each.base is None:
        return said
    gap = "" if words.lang == "zh" else " "
    key = "base_exact" if each.base_exact else "base"
    return said + gap + words(f"claims.remark.{key}", claimed=each.claimed, base=each.base)


def _stamp(found: IndicatorFigures | BehindFigures | Tables) -> list[str]:
    return [found.stamp.name, found.stamp.version, found.stamp.as_of]


def _footer(found: IndicatorFigures | BehindFigures | Tables, words: Words) -> None:
    round_, stamp = called(found.round, words), found.stamp
    out.line(words("console.footer", day=found.round.as_of, round=round_, policy=stamp.name, version=stamp.version))
