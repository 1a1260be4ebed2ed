"""The province's workbook through the tools that an office could take instead: what each does, its wall time and ratio.

Each validates what it can say in its own terms: whole numbers from zero up, no name blank, members within employees.
None of them finds headings below a title, reads 约50人, knows an organisation twice or keeps a ledger.
"""

from pathlib import Path
from statistics import median

from measure import Cost, census, cost, python

WHOLE = ("从业人员", "女职工数", "团员人数", "党员总数", "正式党员", "预备党员", "党建联络员（人）")

_FRICTIONLESS = f"""
import os, sys
from pathlib import Path
import openpyxl
from frictionless import Checklist, Dialect, Resource, Schema, checks, fields, formats
path, whole = Path(sys.argv[1]), {WHOLE!r}
os.chdir(path.parent)
sheet = openpyxl.load_workbook(path.name, read_only=True).active
(names,) = sheet.iter_rows(min_row=2, max_row=2, values_only=True)
known = [
    fields.IntegerField(name=name, constraints={{"minimum": 0}}) if name in whole
    else fields.StringField(name=name, constraints={{"required": True}} if name == "单位名称" else {{}})
    for name in names
]
resource = Resource(
    path=path.name, schema=Schema(fields=known), dialect=Dialect(header_rows=[2], controls=[formats.ExcelControl()])
)
report = resource.validate(Checklist(checks=[checks.row_constraint(formula="党员总数 <= 从业人员")]))
assert report.stats["tasks"] == 1 and report.tasks[0].stats["rows"] > 0, report.stats
"""

_PANDERA = f"""
import sys
import pandas
import pandera.pandas as pandera
table = pandas.read_excel(sys.argv[1], header=1, engine="calamine")
columns = {{name: pandera.Column("Int64", pandera.Check.ge(0), nullable=True, coerce=True) for name in {WHOLE!r}}}
columns["单位名称"] = pandera.Column(str, nullable=False)
within = pandera.Check(lambda frame: (frame["党员总数"] <= frame["从业人员"]).fillna(True))
try:
    pandera.DataFrameSchema(columns, checks=within).validate(table, lazy=True)
except pandera.errors.SchemaErrors as found:
    assert len(found.failure_cases)
assert len(table)
"""


def table(workbook: Path, folder: Path, floors: list[Cost], ingests: list[Cost]) -> None:
    """Prints the tools side by side; `floors` are runs of calamine alone, `ingests` those of `census ingest`."""
    floor = median(each.wall for each in floors)
    place = folder / "checked"
    place.mkdir()
    rows = [
        ("python-calamine: the cells as lists", floors),
        ("census check: understood and validated", [cost([census(), "check", workbook], place, 1, (0, 3))]),
        ("census ingest: and written to a ledger", ingests),
        ("pandera: pandas, types and two checks", [cost([*python(_PANDERA), workbook], folder, 1)]),
        ("frictionless: openpyxl, types and two checks", [cost([*python(_FRICTIONLESS), workbook], folder, 1)]),
    ]
    print(f"\n{'side by side':46} {'wall s':>8} {'ratio':>7} {'CPU s':>8} {'MB':>7}")  # noqa: T201
    for what, runs in rows:
        wall, cpu = median(each.wall for each in runs), median(each.cpu for each in runs)
        memory = max(each.memory for each in runs)
        print(f"{what:46} {wall:8.1f} {wall / floor:7.2f} {cpu:8.1f} {memory:7.0f}")  # noqa: T201
