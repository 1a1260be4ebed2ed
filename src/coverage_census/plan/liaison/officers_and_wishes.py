"""The lines of instructors.xlsx and what the ledger knows in; officers, wishes, and every line that is in doubt out."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from coverage_census.model.forms import FormLine, FormsRead
from coverage_census.model.officers import Officer, duty_code
from coverage_census.model.reading import Level, Problem

_RANKS = ("wish_1", "wish_2", "wish_3")
_FULL = frozenset({"专职", "专", "全职", "full", "full-time", "full time"})
_PART = frozenset({"兼职", "兼", "part", "part-time", "part time"})
_WILLING = frozenset({"是", "服从", "服从调剂", "愿意", "同意", "可以", "可", "√", "✓", "y", "yes"})
_UNWILLING = frozenset({
    "否",
    "不",
    "不服从",
    "不服从调剂",
    "不愿意",
    "不同意",
    "不可以",
    "不调剂",
    "×",
    "✗",
    "n",
    "no",
})


@dataclass(frozen=True)
class LedgerKnowledge:
    """What the ledger knows: townships by county, and the key of each organisation by name and by USCC.

    A name that several organisations bear stands for none of them; a USCC decides.
    """

    townships: Mapping[str, frozenset[str]]  # township → its counties
    counties: frozenset[str]
    by_name: Mapping[str, tuple[int, ...]]
    by_uscc: Mapping[str, int]
    in_need: frozenset[int]

    def find(self, name: str, uscc: str | None = None) -> tuple[int, ...]:
        """The organisations that may be meant."""
        if uscc and uscc in self.by_uscc:
            return (self.by_uscc[uscc],)
        return self.by_name.get(squeezed(name), ())


@dataclass
class Bank:
    """人才库: the officers that can be sent, by code; what was wished for, the best first."""

    officers: tuple[Officer, ...] = ()
    organisation_wishes: dict[int, tuple[str, ...]] = field(default_factory=dict)  # organisation → codes
    wanted: dict[int, tuple[str, ...]] = field(default_factory=dict)  # organisation → expertise
    officer_wishes: dict[str, tuple[str, ...]] = field(default_factory=dict)  # code → townships and `#organisation`
    problems: list[Problem] = field(default_factory=list)


def squeezed(name: str) -> str:
    """A name for comparison: without blanks, brackets of one kind."""
    return re.sub(r"\s", "", name).replace("（", "(").replace("）", ")")


def read(forms: FormsRead, known: LedgerKnowledge) -> Bank:
    """Whatever cannot be used is left out and said; the rest is planned with."""
    bank = Bank(problems=list(forms.problems))
    lines = {name: [line for line in forms.lines if line.form == name] for name in forms.forms}
    bank.officers = tuple(sorted(_officers(lines.get("officers", []), known, bank), key=lambda each: each.code))
    if "officers" in lines and not lines["officers"]:
        bank.problems.append(Problem(code="no_officers_listed", level=Level.ERROR, file=forms.file))
    codes = {each.code for each in bank.officers}
    for line in lines.get("organisation_wishes", []):
        _organisation_wish(line, codes, known, bank)
    for line in lines.get("officer_wishes", []):
        _officer_wish(line, codes, known, bank)
    return bank


def _officers(lines: Sequence[FormLine], known: LedgerKnowledge, bank: Bank) -> Iterable[Officer]:
    first: dict[str, FormLine] = {}
    for line in lines:
        code = _code(line, bank)
        if code is None:
            continue
        if code in first:
            bank.problems.append(_problem(line, "officer_twice", Level.ERROR, "code", code=code, row=first[code].row))
            continue
        first[code] = line
        capacity = line.number("capacity")
        townships = _townships(line, known, bank)
        if capacity is None:
            if "capacity" not in line.unreadable:
                bank.problems.append(_problem(line, "capacity_missing", Level.ERROR, "capacity", code=code))
        elif townships is not None:
            yield Officer(
                code=code, post=line.text("post"), expertise=line.texts("expertise"), townships=townships,
                capacity=capacity, full_time=_full_time(line, bank), willing=_willing(line, bank) is not False,
            )  # fmt: skip


def _code(line: FormLine, bank: Bank) -> str | None:
    """A duty code; what looks like a person's name is not let in, and not quoted."""
    code = line.text("code")
    if code is None:
        bank.problems.append(_problem(line, "officer_without_code", Level.ERROR, "code"))
    elif not re.search(r"[0-9A-Za-z]", code) and len(code) <= 4:
        bank.problems.append(_problem(line, "officer_code_is_name", Level.ERROR, "code"))
        code = None
    return code if code is None else duty_code(code)


def _townships(line: FormLine, known: LedgerKnowledge, bank: Bank) -> tuple[str, ...] | None:
    """None where none of those named is known: a blank would mean the whole county, which nobody said."""
    asked = line.texts("townships")
    if not asked and len(known.counties) > 1:
        code, count = line.text("code") or "", len(known.counties)
        bank.problems.append(_problem(line, "officer_any_county", Level.WARNING, "townships", code=code, count=count))
    good = [each for each in asked if each in known.townships or each in known.counties]
    for each in asked:
        if each not in good:
            bank.problems.append(
                _problem(line, "township_unknown", Level.WARNING, "townships", township=each, near=_near(each, known))
            )
    return tuple(good) if good or not asked else None


def _near(township: str, known: LedgerKnowledge) -> str:
    from coverage_census.places.nearest import nearest

    return "、".join(nearest(township, sorted(known.townships))) or "—"


def _full_time(line: FormLine, bank: Bank) -> bool | None:
    return _told(line, bank, "full_time", _FULL, _PART)


def _willing(line: FormLine, bank: Bank) -> bool | None:
    """服从调剂; None where nothing is said, which is no refusal."""
    return _told(line, bank, "willing", _WILLING, _UNWILLING)


def _told(line: FormLine, bank: Bank, key: str, yes: Collection[str], no: Collection[str]) -> bool | None:
    """Which of two answers the cell gives; one that is neither is noted, and counts as none."""
    said = (line.text(key) or "").strip().lower()
    if said in yes or said in no:
        return said in yes
    if said:
        bank.problems.append(_problem(line, f"{key}_unclear", Level.WARNING, key, found=said[:8]))
    return None


def _unwilling(code: str, bank: Bank) -> None:
    """What is said beside the wishes counts as much as what is said beside the post."""
    bank.officers = tuple(
        each.model_copy(update={"willing": False}) if each.code == code else each for each in bank.officers
    )


def _organisation_wish(line: FormLine, codes: set[str], known: LedgerKnowledge, bank: Bank) -> None:
    organisation = _organisation(line, line.text("name"), line.text("uscc"), "name", known, bank)
    if organisation is None:
        return
    if organisation in bank.organisation_wishes or organisation in bank.wanted:
        bank.problems.append(_problem(line, "wish_twice", Level.WARNING, "name", who=line.text("name") or ""))
        return
    wishes = []
    for key in _RANKS:
        for code in map(duty_code, line.texts(key)):
            if code in codes:
                wishes.append(code)
            else:
                bank.problems.append(_problem(line, "wish_unknown_officer", Level.ERROR, key, code=_shown(code)))
    if wishes:
        bank.organisation_wishes[organisation] = tuple(dict.fromkeys(wishes))
    if line.texts("expertise"):
        bank.wanted[organisation] = line.texts("expertise")


def _officer_wish(line: FormLine, codes: set[str], known: LedgerKnowledge, bank: Bank) -> None:
    code = _code(line, bank)
    if code is None:
        return
    if code not in codes:
        bank.problems.append(_problem(line, "wish_of_unknown_officer", Level.ERROR, "code", code=code))
        return
    if code in bank.officer_wishes:
        bank.problems.append(_problem(line, "wish_twice", Level.WARNING, "code", who=code))
        return
    wishes = []
    for key in _RANKS:
        for text in line.texts(key):
            if text in known.townships or text in known.counties:
                wishes.append(text)
            elif (organisation := _organisation(line, text, None, key, known, bank)) is not None:
                wishes.append(f"#{organisation}")
    if wishes:
        bank.officer_wishes[code] = tuple(dict.fromkeys(wishes))
    if _willing(line, bank) is False:
        _unwilling(code, bank)


def _organisation(
    line: FormLine, name: str | None, uscc: str | None, key: str, known: LedgerKnowledge, bank: Bank
) -> int | None:
    if name is None:
        return None
    found = known.find(name, uscc)
    if len(found) == 1 and found[0] in known.in_need:
        return found[0]
    code, level = "wish_unknown_organisation", Level.ERROR
    if len(found) == 1:
        code, level = "wish_without_need", Level.NOTE
    elif found:
        code = "wish_ambiguous"
    bank.problems.append(_problem(line, code, level, key, name=name))
    return None


def _shown(code: str) -> str:
    """A code as it may be quoted; a name is not."""
    return code if re.search(r"[0-9A-Za-z]", code) else "（略）"


def _problem(line: FormLine, code: str, level: Level, key: str, /, **values: str | int) -> Problem:
    return Problem(code=code, level=level, file=line.file, sheet=line.sheet, cell=line.at.get(key), values=dict(values))
