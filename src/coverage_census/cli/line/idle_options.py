"""What a command line gave in; an option that would do nothing beside the others (--until without --assign) refused.

Said for all commands in one place. An option is called by its first name, an argument by that of its parameter;
`rules show` is the command `rules` with that action.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from typer import Context
from typer.core import TyperCommand

from coverage_census.cli.line.usage import label
from coverage_census.errors import WrongUsage
from coverage_census.model.record import Facts

NEEDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "tasks": {
        "--evidence": ("--done",),
        "--reason": ("--void", "--open", "--assign"),
        "--until": ("--assign",),
        "--step": ("--assign",),
        "--who": ("--done", "--void", "--open", "--assign", "--read"),
        "--out": ("--html", "--xlsx"),
    },
    "diff": {"--round": ("--campaign",)},
    "joint": {"--name": ("--keep",)},
    "liaison": {"--name": ("--keep",), "--reason": ("--step",)},
    "mass": {"--name": ("--keep",)},
    "report": {"--csv": ("--trace",)},
    "rounds": {"--policy": ("--trend",)},
}
"""Command → an option that says something only beside one of others."""

_VIEWS = (
    "areas",
    "--list",
    "--due",
    "--overdue",
    "--state",
    "--class",
    "--unbuilt",
    "--html",
    "--xlsx",
    "--out",
    "--csv",
)
_POLICY = ("--round", "--as-of", "--policy", "--what-if", "--engine")
_MARKS = ("--done", "--void", "--open", "--assign", "--read")
APART: Mapping[str, Mapping[str, Sequence[str]]] = {
    "tasks": {
        **dict.fromkeys(_MARKS, _VIEWS),
        "--html": ("--csv", "--list", "--due"),
        "--xlsx": ("--csv", "--list", "--due"),
    },
    "diff": {"--campaign": ("rounds", "--since")},
    "indicators": {"--claims": _POLICY, "--names": _POLICY},
    "joint": {"--review": ("--xlsx", "--out")},
    "liaison": dict.fromkeys(
        ("--step", "--steps"), ("areas", "--instructors", "--optimal", "--what-if", "--keep", "--name", "--csv")
    ),
    "report": {"--trace": ("--html", "--xlsx", "--docx", "--template", "--out")},
    "rounds": {"--rename": ("--trend", "--as-of", "--csv")},
    "init": {"folder": ("--workspace",)},
    "sample": {"--what": ("--organisations",)},
    "rules list": {"action": ("names", "--what-if", "--round", "--engine")},
    "rules show": {"action": ("--what-if", "--round", "--engine", "--csv")},
    "rules check": {"action": ("--what-if", "--round", "--as-of", "--engine")},
}
"""Command → an option or an argument, and those that say nothing beside it."""

_EITHER = ("--json", "--csv")  # two documents on one stdout; `export` has a sentence of its own


def check(command: TyperCommand, ctx: Context, given: Facts) -> None:
    """`given`: what stands on the command line, by the names of parameters."""
    params = {_key(param): param for param in command.get_params(ctx)}
    typed = {key for key, param in params.items() if given.get(param.name) not in (None, (), [], False)}
    name = command.name or ""
    _apart(params, typed, APART.get(name, {}))
    _needs(params, typed, NEEDS.get(name, {}))
    if name == "rules":
        _action(params, typed, given.get("action") or "list")
    if name == "tasks" and "--owner" in typed and typed & set(_MARKS) and "--assign" not in typed:
        raise WrongUsage("option_alone", option="--owner", others="--assign")
    if name != "export" and typed.issuperset(_EITHER):
        raise WrongUsage("options_apart", option=_EITHER[1], other=_EITHER[0])


def _needs(params: Facts, typed: Collection[str], rules: Mapping[str, Sequence[str]]) -> None:
    for option, others in rules.items():
        if option in typed and not set(others) & set(typed):
            raise WrongUsage("option_alone", option=label(params[option]), others="、".join(others))


def _apart(params: Facts, typed: Collection[str], rules: Mapping[str, Sequence[str]]) -> None:
    for other, options in rules.items():
        idle = next((option for option in options if option in typed), None)
        if other in typed and idle is not None:
            raise WrongUsage("options_apart", option=label(params[idle]), other=label(params[other]))


def _action(params: Facts, typed: Collection[str], action: str) -> None:
    options = APART.get(f"rules {action}", {}).get("action", ())
    if idle := next((option for option in options if option in typed), None):
        raise WrongUsage("options_apart", option=label(params[idle]), other=f"rules {action}")


def _key(param: Any) -> str:
    return str(param.opts[0] if param.param_type_name == "option" else param.name)
