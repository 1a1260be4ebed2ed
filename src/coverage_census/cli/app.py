"""The catalogue in one language in; the Typer application with all its commands out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from coverage_census.cli import (
    check_ingest,
    diff,
    doctor,
    fill,
    gaps_explain_indicators,
    init_template_sample,
    missing,
    reconcile,
    report_rounds_export,
    rules,
    run,
    tasks,
    verify_undo,
)
from coverage_census.cli.line.groups import expanded
from coverage_census.cli.line.help import classes
from coverage_census.cli.line.options import Options
from coverage_census.cli.plan import joint, kept, liaison, mass
from coverage_census.words.catalogue import Words


def build(words: Words, first: str | None = None) -> Callable[..., Any]:
    """The runnable command; help and refusals in the language of `words`.

    Where `first` is a command, Typer makes that one alone: making all took a third of a quick command's time.
    """
    group, command = classes(words)
    app = typer.Typer(
        cls=group,
        help=words("help.census").strip("\n"),
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    options = Options(words)

    def census(
        version: bool = typer.Option(False, "--version", help=words("help.option.version"), show_default=False),
        lang: str | None = options.lang,
    ) -> None:
        """`--version` never comes here (see `main`); it stands here for the help page."""

    app.callback(help=words("help.census").strip("\n"))(census)

    def add(function: Callable[..., int]) -> None:
        name = function.__name__
        app.command(name, cls=command, help=words(f"help.command.{name}").strip("\n"))(expanded(function))

    def subcommands_of(name: str) -> Callable[[Callable[..., int]], None]:
        """A command that only holds others, as `plan` does; their help stands under `plan_joint` and so on."""
        inner = typer.Typer(cls=group, help=words(f"help.command.{name}").strip("\n"), no_args_is_help=True)

        def holder(workspace: Path | None = options.workspace, lang: str | None = options.lang) -> None:
            """Both stand here for the help page: `main` hands them on to the command below."""

        inner.callback(help=words(f"help.command.{name}").strip("\n"))(holder)
        app.add_typer(inner, name=name)

        def add_below(function: Callable[..., int]) -> None:
            text = words(f"help.command.{name}_{function.__name__}").strip("\n")
            inner.command(function.__name__, cls=command, help=text)(expanded(function))

        return add_below

    parts = (
        init_template_sample, check_ingest, doctor, gaps_explain_indicators, rules, report_rounds_export, fill, diff,
        verify_undo, run, missing, tasks, reconcile,
    )  # fmt: skip
    for part in parts:
        part.add_to(add, options)
    add_plan = subcommands_of("plan")
    for kind_of_plan in (joint, liaison, mass, kept):
        kind_of_plan.add_to(add_plan, options)
    known = {each.name for each in app.registered_commands} | {each.name for each in app.registered_groups}
    if first in known:
        app.registered_commands = [each for each in app.registered_commands if each.name == first]
        app.registered_groups = [each for each in app.registered_groups if each.name == first]
    return typer.main.get_command(app)
