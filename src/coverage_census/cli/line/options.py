"""The options and arguments of all commands, each once, with its help in the language of the run."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, NamedTuple

import typer

from coverage_census.cli.line.groups import OptionGroup, ShownAs, Which
from coverage_census.cli.line.typed import impersonal, narrow, note, several
from coverage_census.words.catalogue import Words


class OptionEntry(NamedTuple):
    """One option. `help` and `meta` are keys of the catalogue; `personal`: what may hold somebody's number; `read`:
    what makes a value of the text."""

    names: tuple[str, ...]
    default: Any = None
    help: str | None = None
    meta: str | None = None
    personal: bool = False
    read: Callable[[Any], Any] | None = None


class ArgumentEntry(NamedTuple):
    """One argument, likewise; `default` `...`: it must be there."""

    help: str
    meta: str
    default: Any = None
    personal: bool = False
    read: Callable[[Any], Any] | None = None


def _flag(name: str, help: str | None = None) -> OptionEntry:
    return OptionEntry((name,), False, help)


def _text(name: str, meta: str, help: str | None = None, *, personal: bool = False) -> OptionEntry:
    return OptionEntry((name,), None, help, meta, personal)


def _period(help: str | None = None) -> OptionEntry:
    return OptionEntry(("--round", "--period"), None, help, "NAME", True)


ENTRIES: dict[str, OptionEntry | ArgumentEntry] = {
    "workspace": _text("--workspace", "FOLDER"),
    "lang": _text("--lang", "LANG"),
    "json": _flag("--json"),
    "csv": _flag("--csv"),
    "round": _period(),
    "round_name": _period("round_name"),
    "reporting_round": _period("reporting_round"),
    "as_of": _text("--as-of", "DAY"),
    "cut_off": _text("--as-of", "DAY", "cut_off"),
    "as_of_round": _text("--as-of", "DAY", "as_of_round"),
    "policy": _text("--policy", "NAME"),
    "engine": OptionEntry(("--engine",), "duckdb", None, "NAME"),
    "what_if": OptionEntry(("--what-if",), None, None, "KEY_VALUE", read=several),
    "no_returns": _flag("--no-returns"),
    "older": _flag("--older"),
    "remember": _flag("--remember"),
    "dry_run": _flag("--dry-run"),
    **{name: _flag(f"--{name}") for name in ("county", "township", "kind", "industry", "zone", "scale")},
    "list": _flag("--list"),
    "behind": _flag("--list", "behind"),
    "owing": _flag("--list", "owing"),
    "more": _flag("--more"),
    "names": _flag("--names"),
    "claims": _text("--claims", "FILE"),
    "html": _flag("--html"),
    "xlsx": _flag("--xlsx"),
    "docx": _flag("--docx"),
    "annual": _flag("--annual"),
    "own_template": _text("--template", "NAME", "own_template"),
    "trace": OptionEntry(("--trace",), None, None, "CELL", read=narrow),
    "export_out": _text("--out", "FILE", "export_out"),
    "report_out": _text("--out", "FOLDER", "report_out"),
    "fill_out": _text("--out", "FILE", "fill_out"),
    "template_out": _text("--out", "FILE", "template_out"),
    "sample_out": _text("--out", "FOLDER", "sample_out"),
    "review_out": _text("--out", "FILE", "review_out"),
    "reminders_out": _text("--out", "FILE", "reminders_out"),
    "format": _text("--format", "FORMAT"),
    "organisations": _text("--organisations", "NUMBER"),
    "one_file": _flag("--one-file"),
    "sample_registers": _flag("--registers", "sample_registers"),
    "seed": _text("--seed", "NUMBER"),
    "what": _text("--what", "NAME"),
    "force": _flag("--force"),
    "anchor": _text("--anchor", "HASH"),
    "reason": _text("--reason", "TEXT", personal=True),
    "back": _text("--reason", "TEXT", "back", personal=True),
    "instructors": _text("--instructors", "FILE"),
    "blank_instructors": _flag("--instructors", "blank_instructors"),
    "optimal": OptionEntry(("--optimal",), "organisations", None, "SIDE"),
    "step": _text("--step", "STEP"),
    "steps": _text("--steps", "FILE"),
    "keep": _flag("--keep"),
    "plan_name": _text("--name", "NAME", "plan_name", personal=True),
    "review_xlsx": _flag("--xlsx", "review_xlsx"),
    "review": _text("--review", "FILE"),
    "reminders": _flag("--xlsx", "reminders"),
    "archive": _flag("--archive"),
    "cron": _flag("--cron"),
    "since": _text("--since", "DAY"),
    "trend": _flag("--trend"),
    "campaign": _flag("--campaign"),
    "rename": _text("--rename", "OLD_NEW"),
    "share": _text("--share", "FOLDER"),
    **{f"task_{name}": _flag(f"--{name}", f"task_{name}")
       for name in ("list", "due", "overdue", "unbuilt", "html", "xlsx")},
    **{f"task_{name}": _text(f"--{name}", meta, f"task_{name}")
       for name, meta in (("state", "STATE"), ("class", "CLASS"), ("done", "TASK"), ("void", "TASK"), ("open", "TASK"),
                          ("assign", "TASK"), ("until", "DAY"), ("step", "STATE"), ("read", "FILE"))},
    **{f"task_{name}": _text(f"--{name}", meta, f"task_{name}", personal=True)
       for name, meta in (("owner", "NAME"), ("evidence", "TEXT"), ("reason", "TEXT"), ("who", "NAME"))},
    "kept_plan": ArgumentEntry("kept_plan", "PLAN", personal=True),
    "compared_plan": ArgumentEntry("compared_plan", "PLAN", ..., personal=True),
    "undone": ArgumentEntry("undone", "ROUND", ..., personal=True),
    "compared": ArgumentEntry("compared", "ROUND", personal=True),
    "folder": ArgumentEntry("folder", "FOLDER"),
    "files": ArgumentEntry("files", "FILE", ...),
    "examined": ArgumentEntry("files", "FILE"),
    "form": ArgumentEntry("form", "FILE", ...),
    "areas": ArgumentEntry("areas", "AREA", read=several),
    "organisation": ArgumentEntry("organisation", "NAME", ...),
    "codes": ArgumentEntry("codes", "CODE"),
    "rules_action": ArgumentEntry("rules_action", "ACTION", "list"),
    "register_files": ArgumentEntry("register_files", "FILE"),
    "register": _text("--register", "NAME", personal=True),
    "register_list": _text("--list", "CLASS", "register_list"),
    "register_xlsx": _flag("--xlsx", "register_xlsx"),
    "register_out": _text("--out", "FILE", "register_out"),
    "register_as_of": _text("--as-of", "DAY", "register_as_of"),
    "policies": ArgumentEntry("policies", "NAME", read=several),
}  # fmt: skip
"""What an option is called here → the option."""


class Options:
    """Options and arguments as the default values of a command's parameters; AttributeError for what is none."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def __getattr__(self, name: str) -> Any:
        if (entry := ENTRIES.get(name)) is None:
            raise AttributeError(name)
        words, read = self._words, self._without_persons if entry.personal else entry.read
        metavar = words(f"help.meta.{entry.meta}") if entry.meta else None
        if isinstance(entry, ArgumentEntry):
            said = words(f"help.argument.{entry.help}")
            return typer.Argument(entry.default, help=said, metavar=metavar, show_default=False, callback=read)
        said = words(f"help.option.{entry.help or entry.names[0].lstrip('-').replace('-', '_')}")
        return typer.Option(entry.default, *entry.names, help=said, metavar=metavar, show_default=False, callback=read)

    def __getitem__(self, kind: type) -> Any:
        """The options of a dataclass: one a field, called as the field (behind the `PREFIX` of the class)."""
        prefix = getattr(kind, "PREFIX", "")
        return OptionGroup(kind, {each.name: getattr(self, prefix + each.name.rstrip("_")) for each in fields(kind)})

    @property
    def which(self) -> "WhichOptions":
        return WhichOptions(self)

    @property
    def shown(self) -> Any:
        """In what form, in which workspace and language."""
        return self[ShownAs]

    @property
    def told(self) -> Any:
        """The same of a command that has no table."""
        return OptionGroup(ShownAs, {name: getattr(self, name) for name in ("json", "workspace", "lang")})

    @property
    def at(self) -> Any:
        """In which workspace and language only."""
        return OptionGroup(ShownAs, {name: getattr(self, name) for name in ("workspace", "lang")})

    def _without_persons(self, value: Any) -> Any:
        kept = impersonal(value)
        if kept != value:
            note(self._words("console.typed_hidden"))
        return kept


class WhichOptions:
    """`o.which["round", "as_of=cut_off"]`: the fields of `Which` that a command asks for, under the entries named."""

    def __init__(self, options: Options) -> None:
        self._options = options

    def __getitem__(self, names: str | tuple[str, ...]) -> Any:
        pairs = (each.partition("=") for each in ((names,) if isinstance(names, str) else names))
        return OptionGroup(Which, {name: getattr(self._options, entry or name) for name, _, entry in pairs})
