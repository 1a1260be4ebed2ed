"""What Typer says of a wrong command line, in English, in; one sentence in the language of the run out."""

import re
from typing import Any

from coverage_census.privacy import door
from coverage_census.words.catalogue import Words

# Typer has no codes for these: its sentences are what can be told apart. One that is not known is not repeated.
_SENTENCES = {
    "extra_argument": re.compile(r"unexpected extra arguments?(?:\(s\))? \((?P<said>.*)\)"),
    "no_value": re.compile(r"Option '?(?P<said>[^' ]+)'? does not take a value"),
    "needs_values": re.compile(r"Option '?(?P<said>[^' ]+)'? requires (?P<count>\d+) arguments"),
    "needs_value": re.compile(r"Option '?(?P<said>[^' ]+)'? requires an argument"),
    "missing_command": re.compile(r"Missing command"),
}
_NUMBER = re.compile(r"valid (?:integer|number|float)|not a valid int")


def sentence(error: Any, words: Words) -> str:
    """Which option or command is wrong, the nearest that exist, and where to read on."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "census"
    return words("errors.usage", what=_what(error, words), command=command)


def _what(error: Any, words: Words) -> str:
    # By name: Typer keeps the classes behind `typer.TyperException` private.
    name, said = type(error).__name__, str(getattr(error, "message", error))
    if name == "NoSuchOption":
        near = "、".join(error.possibilities or ())
        return words("errors.no_such_option", option=door.hidden(error.option_name)) + (
            words("errors.near", near=near) if near else ""
        )
    param = getattr(error, "param", None)
    named = label(param) if param is not None else ""
    if name == "MissingParameter":
        return words("errors.missing_parameter", parameter=named)
    if name == "BadParameter" and named:
        return words("errors.bad_number" if _NUMBER.search(said) else "errors.bad_parameter", parameter=named)
    for key, pattern in _SENTENCES.items():
        if match := pattern.search(said):
            return words(f"errors.{key}", **{name: door.hidden(each) for name, each in match.groupdict().items()})
    return words("errors.bad_usage")


def label(param: Any) -> str:
    """What a person calls an option (--policy) or an argument."""
    return str(param.opts[0] if param.param_type_name == "option" else param.metavar or param.name)
