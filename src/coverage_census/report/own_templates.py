"""The folder of an office's own templates and a name in; the templates of that name out."""

from pathlib import Path

from coverage_census.errors import WrongUsage
from coverage_census.words.catalogue import Words

# By what stands before .j2, or by itself in a Word document: what the file that comes out is called.
ENDINGS = ("html", "txt", "md", "docx")
_PARTS = frozenset({"base", "parts"})  # only included by others


def find(folder: Path, name: str, words: Words) -> list[Path]:
    """The templates of this name (`通知`, `通知.txt`, `通知.txt.j2`); a name that is none is refused with the known."""
    there = _there(folder)
    found = [file for file in there if name in {stem(file), file.name, file.name.removesuffix(".j2")}]
    if not found:
        known = "、".join(dict.fromkeys(map(stem, there))) or words("report.template.none")
        raise WrongUsage("no_such_template", name=name, folder=str(folder), known=known)
    return found


def _there(folder: Path) -> list[Path]:
    """The office's own templates by name; those that replace parts of ours are none to be filled by themselves."""
    if not folder.is_dir():
        return []
    files = [file for file in sorted(folder.iterdir()) if file.is_file() and not file.name.startswith(("~$", "."))]
    return [file for file in files if ending(file) in ENDINGS and stem(file) not in _PARTS]


def ending(file: Path) -> str:
    """Of the file that comes out."""
    if file.suffix == ".docx":
        return "docx"
    return Path(file.stem).suffix.removeprefix(".") if file.suffix == ".j2" else ""


def stem(file: Path) -> str:
    """What a template is called."""
    return file.name.removesuffix(".j2").removesuffix(f".{ending(file)}")
