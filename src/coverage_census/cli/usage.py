"""What Typer says of a wrong command line in; one sentence in the language of the run out."""

from typing import Any

from coverage_census.words.catalogue import Words


def sentence(error: Any, words: Words) -> str:
    """Which option or command is wrong, the nearest that exist, and where to read on."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "census"
    return words("errors.usage", what=_what(error, words), command=command)


def _what(error: Any, words: Words) -> str:
    # By name: Typer keeps the classes behind `typer.TyperException` private.
    name = type(error).__name__
    if name == "NoSuchOption":
        near = "、".join(error.possibilities or ())
        return words("errors.no_such_option", option=error.option_name) + (
            words("errors.near", near=near) if near else ""
        )
    param = getattr(error, "param", None)
    label = _label(param) if param is not None else ""
    if name == "MissingParameter":
        return words("errors.missing_parameter", parameter=label)
    if name == "BadParameter" and label:
        return words("errors.bad_parameter", parameter=label, why=error.message)
    return str(error.message)


def _label(param: Any) -> str:
    return str(param.opts[0] if param.param_type_name == "option" else param.metavar or param.name)
