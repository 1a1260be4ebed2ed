"""A sheet as plain cells: rows of values, merged areas, where its header stands; every writer takes this."""

from dataclasses import dataclass, field

from coverage_census.sample.units.unit import Cell, Day

Row = list[Cell | Day]


@dataclass
class SampleGrid:
    """One sheet. A merge is first row, first column, last row, last column: 0-based, both ends included."""

    name: str
    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    header: tuple[int, int] = (0, 0)
    titles: int = 0  # title rows at the top, set in large type
    width: int = 1

    def add(self, cells: Row) -> int:
        """Appends a row and gives its 0-based number."""
        self.rows.append(cells)
        return len(self.rows) - 1

    def across(self, text: str) -> int:
        """Appends a row with one cell merged over the whole width."""
        at = self.add([text])
        if self.width > 1:
            self.merges.append((at, 0, at, self.width - 1))
        return at

    def head(self, paths: list[tuple[str, ...]]) -> None:
        """Appends the header rows: equal parents are merged across, short headings downwards."""
        levels = max(len(path) for path in paths)
        top = len(self.rows)
        self.header = (top, top + levels - 1)
        for level in range(levels):
            self.add([path[level] if level < len(path) else None for path in paths])
        for at, path in enumerate(paths):
            if len(path) < levels:
                self.merges.append((top + len(path) - 1, at, top + levels - 1, at))
        for level in range(levels - 1):
            self._merge_parents(paths, top, level)

    def _merge_parents(self, paths: list[tuple[str, ...]], top: int, level: int) -> None:
        first = 0
        while first < len(paths):
            last = first
            if len(paths[first]) > level + 1:
                parent = paths[first][: level + 1]
                while (
                    last + 1 < len(paths)
                    and paths[last + 1][: level + 1] == parent
                    and len(paths[last + 1]) > level + 1
                ):
                    last += 1
                    self.rows[top + level][last] = None
                if last > first:
                    self.merges.append((top + level, first, top + level, last))
            first = last + 1
