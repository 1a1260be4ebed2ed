"""Options that belong together: one parameter of a command, as many options on its command line."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Any

from coverage_census.model.record import Facts


@dataclass(frozen=True)
class Which:
    """Which round, under which policy: what decides what a command looks at."""

    round: str | None = None
    as_of: str | None = None
    policy: str | None = None
    what_if: list[str] | None = None
    engine: str = "duckdb"


@dataclass(frozen=True)
class Shown:
    """In which workspace, in which language, and as what it is shown."""

    json: bool = False
    csv: bool = False
    workspace: Path | None = None
    lang: str | None = None

    @property
    def machine(self) -> bool:
        """Whether stdout is a document."""
        return self.json or self.csv

    @property
    def form(self) -> dict[str, bool]:
        """As the console is told of it."""
        return {"as_json": self.json, "as_csv": self.csv}


@dataclass(frozen=True)
class Group:
    """The default of a parameter that stands for several options: a dataclass, and the option of each field of it."""

    kind: Callable[..., Any]
    options: Facts

    @property
    def parameters(self) -> list[Parameter]:
        """The options as parameters, in their order, with the types of the fields."""
        types = {each.name: each.type for each in fields(self.kind)}  # type: ignore[arg-type]
        return [
            Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=option, annotation=types[name])
            for name, option in self.options.items()
        ]


def expanded(command: Callable[..., int]) -> Callable[..., int]:
    """The command as Typer is to see it: in the place of each group its options."""
    own = signature(command).parameters.values()
    groups = {each.name: each.default for each in own if isinstance(each.default, Group)}
    if not groups:
        return command

    def called(**given: Any) -> int:
        made = {
            name: group.kind(**{option: given.pop(option) for option in group.options})
            for name, group in groups.items()
        }
        return command(**given, **made)

    shown = [one for each in own for one in (groups[each.name].parameters if each.name in groups else [each])]
    called.__name__ = command.__name__
    called.__annotations__ = {each.name: each.annotation for each in shown} | {"return": int}
    setattr(called, "__signature__", Signature(shown))  # noqa: B010
    return called
