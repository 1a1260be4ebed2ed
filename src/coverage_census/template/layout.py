"""Which fields the form asks for, under which heading groups, how wide, and what a filled-in line looks like."""

from dataclasses import dataclass

from coverage_census.model.choices import CHOICES
from coverage_census.model.organisation import about
from coverage_census.model.record import About
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import unit

# Enough for every rule of the shipped policies, every indicator and the annual tables (a test holds it),
# and no more: a township fills in each column by hand.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("identity", ("name", "uscc", "kind", "subtype", "registered_on")),
    ("place", ("township", "village", "zone", "address")),
    (
        "business",
        ("industry", "operating_status", "above_scale", "employees", "employees_fulltime", "female_employees"),
    ),
    (
        "members",
        (
            "members_total",
            "members_formal",
            "members_probationary",
            "members_fulltime",
            "activists",
            "members_new_year",
        ),
    ),
    (
        "org",
        (
            "has_org",
            "org_form",
            "org_level",
            "org_name",
            "org_founded_on",
            "joint_units",
            "superior_org",
            "responsibility",
        ),
    ),
    ("work", ("instructors", "not_built_reason", "planned_on", "responsible_unit")),
    ("mass", ("has_union", "union_members", "has_league", "league_members", "has_women_org")),
    ("standing", ("active", "venue", "funds_yuan", "remarks")),
)

# Invented, and marked 样例 in the first column, by which the reader skips the line.
EXAMPLE: dict[str, str | int | float | bool] = {
    "name": "template.example.name",
    "uscc": "91000000MA00000000",
    "kind": "enterprise",
    "subtype": "template.example.subtype",
    "registered_on": "2015-03",
    "township": "template.example.township",
    "village": "template.example.village",
    "industry": "template.example.industry",
    "operating_status": "operating",
    "above_scale": False,
    "address": "template.example.address",
    "employees": 26,
    "employees_fulltime": 26,
    "female_employees": 11,
    "members_total": 4,
    "members_formal": 3,
    "members_probationary": 1,
    "members_fulltime": 4,
    "activists": 2,
    "members_new_year": 0,
    "has_org": True,
    "org_form": "standalone",
    "org_level": "branch",
    "org_name": "template.example.org_name",
    "org_founded_on": "2019-06",
    "responsibility": "territorial",
    "superior_org": "template.example.superior_org",
    "instructors": 1,
    "has_union": True,
    "union_members": 20,
    "has_league": False,
    "league_members": 1,
    "has_women_org": False,
    "active": True,
    "venue": True,
    "funds_yuan": 3000,
}

_WIDTHS = {"count": 9.0, "flag": 9.5, "choice": 11.0, "date": 10.5, "number": 11.0, "star": 6.0, "text": 12.0}
_WIDER = {"name": 25.0, "uscc": 20.5, "org_name": 20.0, "superior_org": 14.0, "not_built_reason": 15.0, "remarks": 15.0}


@dataclass(frozen=True)
class TemplateColumn:
    """One column of the form, 0-based; the first is the running number."""

    place: int
    field: str
    group: str
    note: About

    @property
    def width(self) -> float:
        return _WIDER.get(self.field, _WIDTHS[self.note.holds])


def columns() -> tuple[TemplateColumn, ...]:
    pairs = [(group, field) for group, fields in GROUPS for field in fields]
    return tuple(
        TemplateColumn(place, field, group, about()[field]) for place, (group, field) in enumerate(pairs, start=1)
    )


def heading(column: TemplateColumn, words: Words, between: str = "") -> str:
    """The label with its unit in brackets; `between` may put the brackets on their own line.

    In every language the Chinese label comes first and what follows stands in brackets, so that the reader knows the
    column whoever made the form.
    """
    said = (column.note.en if words.lang == "en" else "", unit(column.note, words))
    inside = [part for part in said if part]
    if not inside:
        return column.note.zh
    return words("template.with_bracket", label=column.note.zh, between=between, inside=", ".join(inside))


def meaning(column: TemplateColumn, words: Words) -> str:
    """What the field means beyond its label: the catalogue's word for the form, else the model's."""
    if words.has(f"template.meaning.{column.field}"):
        return words(f"template.meaning.{column.field}")
    return column.note.meaning_zh if words.lang == "zh" else column.note.meaning_en


_CHINESE = Words("zh")


def options(column: TemplateColumn) -> dict[str, str]:
    """The words that may stand in a cell → their key in the catalogue; Chinese in every language, because the reader
    reads Chinese. Empty where anything of the right kind may stand."""
    if column.note.holds == "flag":
        keys = ["template.yes", "template.no"]
    elif column.note.holds == "choice":
        keys = [f"term.{column.field}.{choice.value}" for choice in CHOICES[column.field]]
    else:
        keys = []
    return {_CHINESE(key): key for key in keys}


def example(column: TemplateColumn, words: Words) -> str | int | float | None:
    """The cell of the sample line."""
    value = EXAMPLE.get(column.field)
    if isinstance(value, bool):
        return _CHINESE("template.yes" if value else "template.no")
    if isinstance(value, str) and column.note.holds == "choice":
        return _CHINESE(f"term.{column.field}.{value}")
    return words(value) if isinstance(value, str) and value.startswith("template.") else value
