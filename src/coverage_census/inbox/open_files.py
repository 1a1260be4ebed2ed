"""The marks that Excel, WPS and LibreOffice leave beside a workbook that is open; which workbooks those are, out."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

# Excel and WPS on Windows ~$表.xlsx · LibreOffice .~lock.表.xlsx# · WPS on Linux .~表.xlsx
_MARK = re.compile(r"^(?:\.~lock\.(?P<office>.+)#|~\$(?P<excel>.+)|\.~(?!lock\.|wps)(?P<wps>.+))$", re.DOTALL)


class OpenFiles:
    """The workbooks of an inbox that somebody seems to have open, by the newest mark of each."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._marks: dict[tuple[Path, str], float] = {}
        for path in paths:
            if match := _MARK.match(path.name):
                name = (match["office"] or match["excel"] or match["wps"]).casefold()
                try:
                    when = os.lstat(path).st_mtime
                except OSError:
                    continue
                self._marks[path.parent, name] = max(when, self._marks.get((path.parent, name), when))

    def editing(self, path: Path, since: float) -> bool:
        """Whether `path` bears a mark that is not older than `since`; long names lose their first two letters."""
        name = path.name.casefold()
        return any(self._marks.get((path.parent, called), since) > since for called in (name, name[2:]))
