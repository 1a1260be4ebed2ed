"""What the annual tables 27 and 30 (年报第27表、第30表) count: their lines and columns in the order of the forms.

Source: the layout of one year as public front-end code has it (domain.md, F2); line 0 is 单位数. Labels stand in the
catalogue under `annual.line` and `annual.column`.
"""

import re
from dataclasses import dataclass
from typing import Literal

from coverage_census.errors import WrongUsage
from coverage_census.model.choices import Kind

Measure = Literal["units", "branches", "persons", "never"]


@dataclass(frozen=True)
class AnnualLine:
    """One line (行): what it counts (`never`: we do not keep it); `under` is the line or heading it is a part of."""

    code: str
    counts: Measure = "units"
    under: str | None = None


@dataclass(frozen=True)
class AnnualForm:
    """One annual table; `groups` says how many columns stand under each of its unnamed group headings."""

    number: int
    kind: Kind
    lines: tuple[AnnualLine, ...]
    columns: tuple[str, ...]
    groups: tuple[int, ...]
    never: frozenset[str]  # columns about one person, or that no field tells

    def line(self, code: str) -> AnnualLine:
        return next(each for each in self.lines if each.code == code)


_BUILT_ALONE = tuple(AnnualLine(code, under="standalone") for code in ("committee", "general_branch", "branch"))
_JOINT = (AnnualLine("joint"), AnnualLine("joint_three", under="joint"), AnnualLine("joint_branches", "branches"))

ENTERPRISES = AnnualForm(
    number=27,
    kind=Kind.ENTERPRISE,
    lines=(
        AnnualLine("units"),
        AnnualLine("liaison", under="units"),
        *_BUILT_ALONE,
        *_JOINT,
        *(AnnualLine(code, under="unbuilt") for code in ("due", "few", "none")),
        AnnualLine("instructors", "persons", "more"),
        AnnualLine("employees", "persons", "more"),
        AnnualLine("members", "persons", "employees"),
        AnnualLine("built_employees", "persons", "more"),
        AnnualLine("built_members", "persons", "built_employees"),
        AnnualLine("liaison_employees", "persons", "more"),
        AnnualLine("liaison_members", "persons", "liaison_employees"),
    ),
    columns=(
        "total",
        "over_50",
        "over_100",
        "legal_member",
        "secretary",
        "private",
        "private_owned",
        "private_hmt",
        "private_foreign",
        "hmt",
        "hmt_owned",
        "foreign",
        "foreign_owned",
    ),
    groups=(5, 4, 2, 2),
    never=frozenset({"legal_member", "secretary"}),
)

SOCIAL_ORGANISATIONS = AnnualForm(
    number=30,
    kind=Kind.SOCIAL_ORG,
    lines=(
        AnnualLine("units"),
        *_BUILT_ALONE,
        *_JOINT,
        AnnualLine("due", under="unbuilt"),
        AnnualLine("groups", "never", "due"),
        *(AnnualLine(code, under="unbuilt") for code in ("few", "none", "dispatched")),
        AnnualLine("employees", "persons", "more"),
        AnnualLine("members", "persons", "more"),
        AnnualLine("not_transferred", "persons", "members"),
        AnnualLine("instructors", "persons", "more"),
        *(AnnualLine(f"taken_up_{code}", "never", "taken_up") for code in ("committee", "general_branch", "branch")),
    ),
    columns=("total", "association", "foundation", "service", "lawyers", "accountants", "tax_agents"),
    groups=(7,),
    never=frozenset(),
)

FORMS = (ENTERPRISES, SOCIAL_ORGANISATIONS)
PARTITION = ("committee", "general_branch", "branch", "joint", "due", "few", "none")
"""Every organisation that can be placed stands in exactly one of these lines; together they are 单位数."""

BUILT = frozenset(PARTITION[:4])


def cell_named(asked: str) -> tuple[AnnualForm, str, str]:
    """The form, line and column that `R8C1`, `27:R8C1` or `30:R8A` names: the line from 0, the column from 1 or by its
    letter; raises WrongUsage for what names no cell."""
    match = re.fullmatch(r"(?:(?<!\d)(\d+)[:!：])?R(\d+)(?:C(\d+)|([A-M]))", asked.strip(), re.IGNORECASE)
    form = next((each for each in FORMS if match and each.number == int(match[1] or FORMS[0].number)), None)
    if match is None or form is None:
        raise WrongUsage("unknown_cell", cell=asked)
    line = int(match[2])
    column = int(match[3]) - 1 if match[3] else ord(match[4].upper()) - ord("A")
    if line >= len(form.lines) or not 0 <= column < len(form.columns):
        raise WrongUsage(
            "cell_outside", cell=asked, number=form.number, lines=len(form.lines) - 1, columns=len(form.columns)
        )
    return form, form.lines[line].code, form.columns[column]
