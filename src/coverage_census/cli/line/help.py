"""Commands whose help is in the language of the run and which refuse what says nothing (`--policy ''`, `ingest ' '`).

Typer's own help pages are English only and count a Chinese character as one column.
"""

import re
from difflib import get_close_matches
from typing import Any

from typer.core import TyperCommand, TyperGroup

from coverage_census.cli.line import idle_options
from coverage_census.cli.line.typed import blank
from coverage_census.cli.line.usage import label
from coverage_census.errors import WrongUsage
from coverage_census.words.catalogue import Words
from coverage_census.words.width import fold, pad, width

COLUMNS = 80
_INDENT = 2
_WIDEST_NAME = 26


def classes(words: Words) -> tuple[type[TyperGroup], type[TyperCommand]]:
    """A group and a command class whose `--help` speaks the language of `words`."""

    class HelpGroup(TyperGroup):
        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
                near = get_close_matches(args[0], self.commands, n=3) or list(self.commands)
                raise WrongUsage("no_such_command", name=args[0], near="、".join(near))
            return super().resolve_command(ctx, args)

        def get_help(self, ctx: Any) -> str:
            commands = [(name, self.commands[name].help or "") for name in self.list_commands(ctx)]
            sections = [("commands", [(name, text.partition("\n")[0]) for name, text in commands])]
            return _page(self, ctx, words, sections)

    class Command(TyperCommand):
        def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
            _looked_at(self, ctx, args)
            return super().parse_args(ctx, args)

        def get_help(self, ctx: Any) -> str:
            return _page(self, ctx, words, [])

    return HelpGroup, Command


def _looked_at(command: Any, ctx: Any, args: list[str]) -> None:
    """What is wrong names the command whose help says how it is done."""
    from typer import TyperException

    try:
        _look(command, ctx, args)
    except WrongUsage as wrong:
        raise WrongUsage(wrong.key, **{"command": ctx.command_path} | wrong.values) from None
    except TyperException as error:  # its parser knows of no command
        if getattr(error, "ctx", None) is None:
            setattr(error, "ctx", ctx)  # noqa: B010
        raise


def _look(command: Any, ctx: Any, args: list[str]) -> None:
    """What says nothing, alone or beside the rest; before Typer makes paths and lists of it: an empty path would be the
    folder in which the command runs, an empty name whatever comes first."""
    given, _, _ = command.make_parser(ctx).parse_args(args=list(args))
    if given.get("help"):
        return
    for param in command.get_params(ctx):
        said = given.get(param.name)
        texts = said if isinstance(said, (list, tuple)) else (said,)
        if any(isinstance(text, str) and blank(text) for text in texts):
            raise WrongUsage("blank_value", parameter=label(param))
    idle_options.check(command, ctx, given)


def _page(command: Any, ctx: Any, words: Words, sections: list[tuple[str, list[tuple[str, str]]]]) -> str:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    pieces = pieces.replace("[OPTIONS]", words("help.word.options_piece")).replace(
        "COMMAND [ARGS]...", words("help.word.command_piece")
    )
    lines = [words("help.word.usage") + f"{ctx.command_path} {pieces}".rstrip(), ""]
    for paragraph in (command.help or "").split("\n"):
        lines += [" " * _INDENT + line if line else "" for line in fold(paragraph, COLUMNS - _INDENT)]
    for title, rows in [*_params(command, ctx, words), *sections]:
        lines += ["", words(f"help.word.{title}"), *_columns(rows)]
    if command.epilog:
        lines += ["", *(line.rstrip() for line in command.epilog.strip("\n").split("\n"))]
    return "\n".join(lines)


def _params(command: Any, ctx: Any, words: Words) -> list[tuple[str, list[tuple[str, str]]]]:
    """Arguments and options as (section, rows); Typer's own three options get our words."""
    arguments: list[tuple[str, str]] = []
    options: list[tuple[str, str]] = []
    for param in command.get_params(ctx):
        record = param.get_help_record(ctx)
        if record is None:
            continue
        name, text = record
        if param.param_type_name == "argument":
            name = param.metavar or name
        own = f"help.typer.{param.name}"
        text = words(own) if words.has(own) else text
        row = (name, re.sub(r"(?<!\s)\s*\[required\]", words("help.word.required"), text))
        (arguments if param.param_type_name == "argument" else options).append(row)
    return [(title, rows) for title, rows in (("arguments", arguments), ("options", options)) if rows]


def _columns(rows: list[tuple[str, str]]) -> list[str]:
    """Rows of two columns; a name that is too wide stands on a line of its own."""
    left = min(max(width(name) for name, _ in rows), _WIDEST_NAME) + 2
    lines = []
    for name, text in rows:
        folded = fold(text, COLUMNS - _INDENT - left) or [""]
        head = " " * _INDENT + pad(name, left)
        if width(name) > left - 2:
            lines.append(" " * _INDENT + name)
            head = " " * (_INDENT + left)
        lines.append((head + folded[0]).rstrip())
        lines += [" " * (_INDENT + left) + line for line in folded[1:]]
    return lines
