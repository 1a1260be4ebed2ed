"""60,000,000 organisations in one Parquet file: coverage by county under `official`, in seconds and memory."""

import shutil
import sys
import tempfile
from pathlib import Path

from measure import cost, line

ORGANISATIONS = 60_000_000
COUNTIES = 2_843
_NEEDED = 60  # bytes of disk for one organisation, with room to spare

# Every figure comes from a hash of its row number: the same file on every machine, on any number of threads.
_SQL = """
SET preserve_insertion_order = false;
COPY (
    WITH n AS (SELECT i, hash(i) AS a, hash(i + 1_000_007) AS b, hash(i + 2_000_003) AS c FROM range({rows}) t(i)),
    m AS (SELECT *, CASE WHEN a % 100 < 55 THEN 0 ELSE (b % 9)::BIGINT END AS members FROM n)
    SELECT
        '第' || i || '号有限公司' AS name,
        lpad(i::VARCHAR, 18, '9') AS uscc,
        CASE a % 10 WHEN 0 THEN 'social_org' WHEN 1 THEN 'cooperative' ELSE 'enterprise' END AS kind,
        '第' || (a // 100 % {counties}) || '县' AS county,
        '第' || (b % 20) || '乡' AS township,
        '行业' || (c % 19) AS industry,
        CASE WHEN c % 20 = 0 THEN 'closed' WHEN c % 7 = 0 THEN NULL ELSE 'operating' END AS operating_status,
        CASE WHEN c % 11 = 0 THEN NULL ELSE a % 30 = 0 END AS above_scale,
        (1990 + a % 35)::VARCHAR AS registered_on,
        CASE WHEN b % 13 = 0 THEN NULL ELSE (b % 180)::BIGINT END AS employees,
        CASE WHEN c % 17 = 0 THEN NULL ELSE members END AS members_total,
        CASE WHEN b % 6 = 0 THEN NULL ELSE greatest(members - (c % 2)::BIGINT, 0) END AS members_formal,
        CASE WHEN b % 6 = 0 THEN NULL ELSE least(members, (c % 2)::BIGINT) END AS members_probationary,
        CASE WHEN a % 23 = 0 THEN NULL ELSE members > 2 AND b % 3 > 0 OR members > 0 AND b % 5 = 0 END AS has_org,
        CASE b % 4 WHEN 0 THEN 'joint' WHEN 1 THEN 'affiliated' WHEN 2 THEN 'standalone' END AS org_form,
        CASE WHEN b % 4 = 0 THEN '第' || (i // 3) || '联合支部' END AS org_name,
        CASE WHEN c % 3 = 0 THEN NULL ELSE (c % 2)::BIGINT END AS instructors,
        c % 4 = 0 AS has_union,
        c % 9 = 0 AS has_league,
        CASE WHEN c % 2 = 0 THEN a % 5 > 0 END AS active
    FROM m
) TO '{file}' (FORMAT parquet, COMPRESSION snappy);
"""

_COVERAGE = """
import sys
from datetime import date
import duckdb
from coverage_census.policy.figures import coverage
from coverage_census.policy.decide import columns as decide
from coverage_census.policy.files import rulebook
policy = rulebook.load("official", date(2026, 1, 1))
table = duckdb.connect().read_parquet(sys.argv[1])
lines = coverage.by(decide.ends(table, policy, ("formation",), coverage.fields("county")), "county", policy)
assert sum(each.organisations for each in lines) == int(sys.argv[2]), len(lines)
"""


def main(rows: int = ORGANISATIONS) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        free = shutil.disk_usage(folder).free
        if free < rows * _NEEDED:
            sys.exit(f"needs {rows * _NEEDED / 1e9:.0f} GB in {folder}, there are {free / 1e9:.0f}")
        file = folder / "nation.parquet"
        make(file, rows)
        found = cost([sys.executable, "-c", _COVERAGE, file, str(rows)], folder, 2)
        figures = f"{found.cpu:.1f} s CPU, {found.memory:.0f} MB, file {file.stat().st_size / 1e9:.1f} GB"
        line(f"nation: {rows:,} by county, seconds", found.wall, 15, figures)
        line("nation: memory in GB", found.memory / 1000, 6, f"{found.memory:.0f} MB")


def make(file: Path, rows: int) -> None:
    """The nation, invented."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(_SQL.format(rows=rows, counties=COUNTIES, file=file))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ORGANISATIONS)
