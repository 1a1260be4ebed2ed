"""A filled form in; how many organisations it holds, what was left blank and why, and where it lies, printed."""

from collections.abc import Sequence

from coverage_census.console import out
from coverage_census.model.filling import Filled, FormField, FormFilled, StatusStanding
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label
from coverage_census.words.periods import called

_KEYS = ("sheet", "column", "heading", "field", "state", "filled", "unknown", "unfit", "differing", "nearest")


def show(made: Filled, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """The path is the last line."""
    form = made.form
    if as_json:
        return out.as_json(_document(made))
    if as_csv:
        return out.as_csv(_KEYS, [[getattr(each, key) for key in _KEYS] for each in form.fields])
    label = called(made.round, words)
    out.line(words("fill.done", count=form.organisations, round=label, as_of=made.round.as_of))
    for each in form.sheets:
        if each.organisations:
            key = "rows" if each.kind == "ledger" else "cards"
            out.line(words(f"fill.sheet_{key}", sheet=each.sheet, count=each.organisations, added=each.added))
        elif each.kind in ("crosstab", "roster"):
            out.line(words(f"fill.sheet_{each.kind}", sheet=each.sheet))
    for why, count in form.left_out.items():
        out.line(words("fill.left_out_line", why=words(f"fill.left_out.{why}", count=count)))
    if form.gone.count or form.shells.count:
        out.line(
            words("fill.gone", gone=_standing(form.gone, "gone", words), shells=_standing(form.shells, "shell", words))
        )
    _columns(form, words)
    _check(form, words)
    out.line(str(made.path))
    return None


def _standing(found: StatusStanding, key: str, words: Words) -> str:
    """What became of those that are gone, or of the shells."""
    which = (
        "none" if not found.count else "in" if found.filled == found.count else "out" if not found.filled else "some"
    )
    return words(f"fill.{key}_{which}", count=found.count, filled=found.filled)


def _document(made: Filled) -> dict[str, object]:
    told = out.plain(made.form)
    return {"path": str(made.path), "round": made.round.number, **{key: told[key] for key in told if key != "refused"}}


def _columns(form: FormFilled, words: Words) -> None:
    """What was not filled at all, then what has blanks."""
    several = len({each.sheet for each in form.fields}) > 1
    left = [each for each in form.fields if each.state != "filled"]
    if left:
        out.line(words("fill.not_filled", count=len(left)))
        rows = [_row(each, _reason(each, words), several) for each in left]
        out.table(_head(words, "why"), rows, wrap=(1, 2))
    wrong = [each for each in form.fields if each.unfit or each.differing]
    if wrong:
        out.line(words("fill.wrong", count=len(wrong)))
        out.table(_head(words, "blanks"), [_row(each, _blanks(each, words), several) for each in wrong], wrap=(1, 2))
    blanks = [words("fill.blank_of", heading=each.heading, count=each.unknown) for each in form.fields if each.unknown]
    if blanks:
        out.paragraph(words("fill.partly", columns=words("console.separator").join(blanks)))


def _head(words: Words, last: str) -> list[str]:
    return [words(f"fill.head.{key}") for key in ("place", "heading", last)]


def _row(each: FormField, said: str, several: bool) -> Sequence[str]:
    return [f"{each.sheet}!{each.column}" if several else each.column, each.heading, said]


def _reason(each: FormField, words: Words) -> str:
    if each.state == "unrecognised" and each.nearest:
        return words("fill.state.near", label=field_label(each.nearest, words))
    return words(f"fill.state.{each.state}")


def _blanks(each: FormField, words: Words) -> str:
    counts = {"unfit": each.unfit, "differing": each.differing}
    return words("fill.between").join(words(f"fill.blank.{key}", count=n) for key, n in counts.items() if n)


def _check(form: FormFilled, words: Words) -> None:
    """What else was done, and whether the form says the same when it is read."""
    if form.particulars:
        out.line(words("fill.particulars", places=words("console.separator").join(form.particulars)))
    if form.replaced_formulas:
        out.line(words("fill.formulas", count=form.replaced_formulas))
    wrong = sum(each.differing for each in form.fields)
    columns = sum(each.state == "filled" and each.filled > 0 for each in form.fields)
    key = "read_back" if not wrong else "read_otherwise"
    out.line(words(f"fill.{key}", count=form.read_back, columns=columns, wrong=wrong))
