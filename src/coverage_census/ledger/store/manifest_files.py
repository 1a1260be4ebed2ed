"""The files of a manifest: what many of them have in common (sheets, columns, settings) is written once.

Twenty townships send one form, and a phone sends ten thousand: each file keeps a line of its own with its name, size
and hashes, and the number of what it is like.
"""

import json
from collections.abc import Sequence

from coverage_census.model.record import Json, JsonView

ALIKE, LIKE = "alike", "like"
_OWN = ("file", "size", "sha256", "content_sha256", "return_of", "return_sha256", "answers")
"""What each file has for itself; left out where it is nothing."""

_File = JsonView


def folded(files: Sequence[_File]) -> tuple[list[_File], list[_File]]:
    """What files have in common, each kind once, and the files with the number of their kind."""
    kinds, numbers = list[_File](), dict[str, int]()
    lines = list[_File]()
    for each in files:
        kind = {name: value for name, value in each.items() if name not in _OWN}
        number = numbers.setdefault(json.dumps(kind, ensure_ascii=False), len(kinds))
        if number == len(kinds):
            kinds.append(kind)
        lines.append({name: each[name] for name in _OWN if each.get(name) not in (None, [])} | {LIKE: number})
    return kinds, lines


def unfolded(manifest: Json) -> Json:
    """The manifest with whole files; of one that was not folded, itself."""
    if ALIKE not in manifest:
        return manifest
    kinds = manifest.pop(ALIKE)
    files = [{**kinds[each.pop(LIKE)], **each} for each in manifest["files"]]
    return manifest | {"files": files}


def text(numbered: JsonView) -> str:
    """A manifest as JSON for people to read too: a line for each file and for each kind of them."""
    kinds, files = folded(numbered["files"])
    rest = {name: value for name, value in numbered.items() if name != "files"}
    whole = json.dumps(rest, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f'{whole},\n {json.dumps(ALIKE)}: {_lines(kinds)},\n "files": {_lines(files)}\n}}\n'


def _lines(each: Sequence[_File]) -> str:
    found = ",\n  ".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in each)
    return f"[\n  {found}\n ]" if found else "[]"
