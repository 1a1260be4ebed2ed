"""A mistake in a policy file in; the refusal that names file, key and the nearest spelling out."""

from collections.abc import Collection, Iterable
from pathlib import Path

from pydantic import BaseModel, ValidationError

from coverage_census.errors import CensusError
from coverage_census.files import toml_text
from coverage_census.policy.files.document import (
    AdviceCase,
    Both,
    Case,
    Deadline,
    Exclusion,
    GapCase,
    Liaison,
    LiaisonCosts,
    MassForm,
    Mode,
    Need,
    ParameterEntry,
    Planning,
    PlanWeight,
    PolicyFile,
    Quoted,
    Reading,
    Rule,
    Target,
)
from coverage_census.policy.language.conditions import Condition

_SHAPES: tuple[type[BaseModel], ...] = (
    PolicyFile, ParameterEntry, Exclusion, Rule, Case, GapCase, AdviceCase, Reading, Deadline, Mode, Target, Quoted,
    Both, Condition, Planning, PlanWeight,
    Liaison, LiaisonCosts, Need, MassForm,
)  # fmt: skip


def nearest(given: str, known: Iterable[str]) -> str:
    """The known spelling that comes closest, else a dash."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(given, list(known), n=1, cutoff=0.5)), "—")


def refused(path: Path, key: str, given: str, known: Iterable[str]) -> CensusError:
    """A name that nothing answers to."""
    return CensusError("policy_unknown_name", file=path.name, at=key, given=given, near=nearest(given, known))


def first_slip(path: Path, error: ValidationError, text: str) -> CensusError:
    """The first slip that pydantic found in `text` (a misspelt key before all), as a person can mend it."""
    found = error.errors()
    slip = next((each for each in found if each["type"] == "extra_forbidden"), found[0])  # explains a missing one
    key, context = ".".join(str(part) for part in slip["loc"]), slip.get("ctx", {})
    line = toml_text.line_of(text, slip["loc"]) or toml_text.line_of(text, _of_one(slip["loc"])) or 1
    key = key.replace("citation.0", "citation")  # of several, where one is written the first is meant
    match slip["type"]:
        case "extra_forbidden":
            given = str(slip["loc"][-1])
            near = nearest(given, _keys(slip))
            return CensusError("policy_unknown_key", file=path.name, line=line, at=key, near=near)
        case "unknown_fact" | "unknown_word":
            return refused(path, key, str(context["given"]), context["known"])
        case "enum" | "literal_error":
            return refused(path, key, str(slip["input"]), _words(str(context["expected"])))
        case "missing":
            return CensusError("policy_missing_key", file=path.name, line=line, at=key)
        case "overlap":
            return CensusError("policy_overlap", file=path.name, at=context["given"], since=context["since"])
        case "not_a_number":
            return CensusError("policy_not_a_number", file=path.name, line=line, at=key, given=context["given"])
        case "condition_shape":
            return CensusError("policy_condition_shape", file=path.name, line=line, at=key)
        case _:
            given = str(slip["input"])[:40]
            return CensusError(_shape(slip["type"]), file=path.name, line=line, at=key, given=given)


def _shape(kind: str) -> str:
    """The sentence for one of pydantic's kinds (its own words are English): what the value should be."""
    if kind in _OWN:
        return f"policy_{kind}"
    shapes = (f"policy_not_{each}" for each, starts in _SHAPED.items() if kind.startswith(starts))
    return next(shapes, "policy_wrong_value")


_OWN = frozenset({"deadline_shape", "mass_shape", "plan_weight", "plan_points"})
_SHAPED: dict[str, tuple[str, ...]] = {
    "whole": ("int_", "float_", "finite_number"),
    "text": ("string_type", "string_sub_type"),
    "filled": ("string_too_short", "too_short"),
    "id": ("string_pattern",),
    "within": ("greater_than", "less_than", "too_long"),
    "flag": ("bool_",),
    "day": ("date",),
    "list": ("tuple_type", "list_type"),
    "table": ("dict_type", "model_type", "model_attributes", "mapping_type"),
}


def _of_one(where: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The place in a file that writes one citation where there may be several."""
    return tuple(part for before, part in zip((None, *where), where, strict=False) if (before, part) != ("citation", 0))


def _keys(slip: object) -> Collection[str]:
    """Keys that any table of a policy may have; nested tables are told apart well enough by spelling."""
    return {field.alias or name for shape in _SHAPES for name, field in shape.model_fields.items()}


def _words(expected: str) -> list[str]:
    return [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
