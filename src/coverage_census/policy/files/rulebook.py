"""The name of a policy and a day in; the checked `Policy` in force on that day out. Policies are TOML files."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from coverage_census.errors import CensusError, WrongUsage
from coverage_census.files import toml_text
from coverage_census.files.disk import stopped
from coverage_census.model.choices import GONE
from coverage_census.model.organisation import about
from coverage_census.policy.files.document import (
    AdviceCase,
    Deadline,
    Liaison,
    MassForm,
    ParameterEntry,
    PolicyFile,
    Quoted,
    Rule,
    in_force,
    left_out,
)
from coverage_census.policy.files.mistakes import first_slip, nearest, refused
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.conditions import Condition

FOLDER = Path(__file__).with_name("policies")
NOBODY = Condition.model_validate({"fact": "name", "known": False})
"""Whom a policy leaves out while none of its exclusions is in force."""


def names(folder: Path | None = None) -> tuple[str, ...]:
    """Names of the policies there are: the office's own and ours, sorted."""
    return tuple(sorted({path.stem for place in _places(folder) for path in place.glob("*.toml")}))


def called(said: str, folder: Path | None = None) -> str:
    """The name of the policy that is called so: by its name, or by its title in any language (正式党员口径). What is
    neither stays as it is, to be refused where it is looked for."""
    return next(iter(called_each([said], folder)), said)


def called_each(said: Sequence[str], folder: Path | None = None) -> tuple[str, ...]:
    """The same of several words; a title that holds blanks may stand in several of them."""
    if all(_path(each, folder) for each in said):
        return tuple(said)
    titles, left, found = _titles(folder), list(said), list[str]()
    while left:
        joined = ((end, titles.get(_bare("".join(left[:end])))) for end in range(len(left), 0, -1))
        end, name = next(((end, name) for end, name in joined if name), (1, left[0]))
        found.append(name)
        left = left[end:]
    return tuple(found)


def _titles(folder: Path | None) -> dict[str, str]:
    """Everything that a policy may be called → its name; a file that cannot be read has no title."""
    found = {}
    for name in names(folder):
        path = _path(name, folder)
        try:
            title = toml_text.read(path)[0].get("title") if path else None
        except CensusError:
            continue
        for text in (*(title.values() if isinstance(title, dict) else ()), name):
            found[_bare(str(text))] = name
    return found


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def load(name: str, as_of: date, folder: Path | None = None) -> Policy:
    """The policy `name` as it was in force on `as_of`; a file in `folder` goes before ours of that name."""
    _, _, file = written(name, folder)
    parameters = {each: entry for each, entries in file.parameters.items() if (entry := in_force(entries, as_of))}
    rules = {each: rule for each in file.rules if (rule := file.rule_on(each, as_of))}
    exclusions = tuple(each for each in file.exclusions if _stands(each.when, each.citation, parameters, as_of))
    excluded = left_out(exclusions) or file.excluded or NOBODY
    advice = _advice(file, parameters)
    standing = (excluded, file.stated, file.all_members, *(case.when for case in advice))
    for condition in standing:
        for missing in sorted(condition.parameters() - set(parameters)) if isinstance(condition, Condition) else ():
            first = min(entry.since for entry in file.parameters[missing]).isoformat()
            raise CensusError("policy_not_in_force", policy=name, parameter=missing, day=as_of.isoformat(), since=first)
    assert file.stated is not None  # _check_whole
    return Policy(
        name=name, title=file.title, about=file.about, version=version(file), as_of=as_of,
        excluded=_with_gone(excluded), exclusions=exclusions, stated=file.stated, advice=advice,
        parameters=parameters, rules=rules,
        waiting={each: rule.title for each, rule in file.rules.items() if each not in rules},
        all_members=file.all_members or False,
        deadlines={each: deadline for each, deadline in file.deadlines.items() if deadline.in_force(as_of)},
        modes={each: one for each, one in file.modes.items() if _stands(one.when, one.citation, parameters, as_of)},
        targets={each: target for each, target in file.targets.items() if target.in_force(as_of)},
        plan=file.plan, later=_later(file, parameters, as_of),
        liaison=_liaison(file.liaison, parameters, as_of),
        mass=_mass(file.mass, parameters, as_of),
        owners=tuple(each for each in file.owners or () if _stands(each.when, each.citation, parameters, as_of)),
    )  # fmt: skip


def _so_far(when: Condition, parameters: Collection[str]) -> Condition | bool:
    """The advice as far as its numbers are in force: what a later document says of one kind holds for nobody yet, and
    the rest stands. True or False: for everybody, for nobody."""
    if when.all is not None and any(part.fact == "kind" for part in when.all) and when.parameters() - set(parameters):
        return False
    if when.fact is not None:
        return when
    parts = [_so_far(part, parameters) for part in when.parts]
    left = tuple(part for part in parts if not isinstance(part, bool))
    if when.not_ is not None:
        return when.model_copy(update={"not_": left[0]}) if left else not parts[0]
    decides = when.all is None  # one part that holds is enough for any, one that does not is enough against all
    if decides in parts or not left:
        return decides in parts if decides else decides not in parts
    return when.model_copy(update={"all" if when.all is not None else "any": left})


def _advice(file: PolicyFile, parameters: Collection[str]) -> tuple[AdviceCase, ...]:
    found = [(each, _so_far(each.when, parameters)) for each in file.advice]
    return tuple(
        each if when is True else each.model_copy(update={"when": when}) for each, when in found if when is not False
    )


def written(name: str, folder: Path | None = None) -> tuple[Path, PolicyFile, PolicyFile]:
    """The file of the policy `name`: where it lies, what it says itself, and what it says with all it extends."""
    path = _find(name, folder)
    whole = _whole(path, folder, ())
    _check_whole(path, whole)
    return path, _read(path), whole


def _later(file: PolicyFile, parameters: dict[str, ParameterEntry], day: date) -> dict[str, ParameterEntry]:
    """Limits of plans that come into force after `day`: who plans on old figures still plans for what is to come."""
    named = file.plan.limits().values() if file.plan else ()
    absent = {name: [entry for entry in file.parameters[name] if entry.since > day] for name in named}
    return {name: entries[0] for name, entries in absent.items() if entries and name not in parameters}


def version(file: PolicyFile) -> str:
    """The last date in it, and a hash of what it says: layout and comments do not change it, a parent's number does."""
    content = json.dumps(
        file.model_dump(mode="json", by_alias=True, exclude_none=True), sort_keys=True, ensure_ascii=False
    )
    days = [entry.since for entries in file.parameters.values() for entry in entries]
    days += [day for rule in file.rules.values() for day in (rule.since, rule.citation.begins()) if day]
    days += [deadline.since for deadline in file.deadlines.values()]
    last = max(days, default=date.min).isoformat()
    return f"{last}+{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def _places(folder: Path | None) -> tuple[Path, ...]:
    return (folder, FOLDER) if folder is not None and folder.is_dir() else (FOLDER,)


def _find(name: str, folder: Path | None) -> Path:
    if (path := _path(name, folder)) is not None:
        return path
    known, titles = names(folder), _titles(folder)
    alike = dict.fromkeys(titles[each] for each in titles if _bare(name) and _bare(name) in each)
    near = "、".join(alike) or nearest(name, known)
    raise WrongUsage("policy_not_found", policy=name, near=near, known="、".join(known))


def _path(name: str, folder: Path | None) -> Path | None:
    paths = (place / f"{name}.toml" for place in _places(folder)) if name and Path(name).name == name else ()
    return next((path for path in paths if path.is_file()), None)


def _whole(path: Path, folder: Path | None, below: tuple[str, ...]) -> PolicyFile:
    """The file with what it extends; `below` are the files that lead here."""
    file = _read(path)
    if file.extends is None:
        return file
    chain = (*below, path.stem)
    if file.extends in chain:
        raise CensusError("policy_circular", file=path.name, chain=" → ".join((*chain, file.extends)))
    try:
        parent = _whole(_find(file.extends, folder), folder, chain)
    except WrongUsage as error:
        raise refused(path, "extends", given=file.extends, known=names(folder)) from error
    for each in file.without:
        if each not in (known := {*parent.rules, *parent.deadlines}):
            raise refused(path, "without", given=each, known=known)
    rules = {each: rule for each, rule in parent.rules.items() if each not in file.without}
    deadlines = {each: one for each, one in parent.deadlines.items() if each not in file.without}
    whole = _joined(file, parent, rules, deadlines)
    for each, rule in rules.items():
        before = (*((rule,) if each in file.rules else ()), *parent._earlier.get(each, ()))
        whole._earlier.update({each: before} if before else {})
    return whole


def _joined(file: PolicyFile, parent: PolicyFile, rules: dict[str, Rule], deadlines: dict[str, Deadline]) -> PolicyFile:
    """What `file` says, and what its parent says beside it."""
    own = bool(file.excluded or file.exclusions)
    return PolicyFile.model_construct(
        title=file.title, about=file.about,
        excluded=file.excluded if own else parent.excluded,
        exclusions=file.exclusions if own else parent.exclusions, stated=file.stated or parent.stated,
        all_members=parent.all_members if file.all_members is None else file.all_members,
        advice=file.advice or parent.advice,
        parameters=parent.parameters | {each: _after(parent.parameters.get(each, ()), entries)
                                        for each, entries in file.parameters.items()},
        rules=rules | file.rules,
        deadlines=deadlines | file.deadlines, modes=file.modes or parent.modes,
        targets=parent.targets | file.targets, plan=file.plan or parent.plan,
        liaison=file.liaison or parent.liaison, mass=file.mass or parent.mass, owners=file.owners or parent.owners,
    )  # fmt: skip


def _after(before: tuple[ParameterEntry, ...], entries: tuple[ParameterEntry, ...]) -> tuple[ParameterEntry, ...]:
    """Until a file's own numbers come into force, those that it extends hold."""
    return (*(each for each in before if each.since < entries[0].since), *entries)


def _read(path: Path) -> PolicyFile:
    try:
        content = toml_text.content(path, path.name)
    except OSError as error:
        raise stopped(error, path) from error
    return _understood(path, content)


@lru_cache(maxsize=64)
def _understood(path: Path, content: bytes) -> PolicyFile:
    """Remembered, because one command asks for a file some four times, each as long as deciding of a hundred
    organisations. Nobody changes what comes out."""
    written, text = toml_text.parsed(content, path.name)
    try:
        return PolicyFile.model_validate(written)
    except ValidationError as error:
        raise first_slip(path, error, text) from error


def _check_whole(path: Path, file: PolicyFile) -> None:
    """What only the whole can tell: all parts there, every parameter that is named exists."""
    excluded = left_out(file.exclusions) or file.excluded
    there = {"excluded": excluded, "stated": file.stated, "advice": file.advice, "rules": file.rules}
    for part, said in there.items():
        if not said:
            raise CensusError("policy_incomplete", file=path.name, part=part)
    if "formation" not in file.rules:
        raise CensusError("policy_incomplete", file=path.name, part="rules.formation")
    for part, condition in (("excluded", excluded), ("stated", file.stated)):
        for leaf in condition.leaves() if condition else ():
            if leaf.fact not in about():  # they come before everything that is worked out
                raise refused(path, part, given=str(leaf.fact), known=about())
    places = [(f"advice.{index}", case.when) for index, case in enumerate(file.advice)]
    places += [(f"rules.{each}", condition) for each, rule in file.rules.items() for condition in rule.conditions()]
    places += [(f"rules.{each}", condition) for each, rule in file.rules.items() for condition in rule.readings()]
    places += [(f"deadlines.{each}.when", limit.when) for each, limit in file.deadlines.items() if limit.when]
    places += [(f"owners.{index}.when", line.when) for index, line in enumerate(file.owners or ()) if line.when]
    if isinstance(file.all_members, Condition):
        places.append(("all_members", file.all_members))
    if file.liaison:
        places.append(("liaison.served", file.liaison.served))
        places += [(f"liaison.needs.{index}.when", need.when) for index, need in enumerate(file.liaison.needs)]
    places += [(f"mass.{index}.when", form.when) for index, form in enumerate(file.mass)]
    for index, form in enumerate(file.mass):
        if form.together is not None and form.together not in file.parameters:
            raise refused(path, f"mass.{index}.together", given=form.together, known=file.parameters)
    places += [(f"modes.{each}.when", mode.when) for each, mode in file.modes.items() if mode.when]
    for place, condition in [("excluded", excluded), ("stated", file.stated), *places]:
        for name in sorted(condition.parameters() if condition else ()):
            if name not in file.parameters:
                raise refused(path, place, given=name, known=file.parameters)
    for each, name in file.plan.limits().items() if file.plan else ():
        if name not in file.parameters:
            raise refused(path, f"plan.{each}", given=name, known=file.parameters)
    for each, limit in file.deadlines.items():
        for rule in limit.rules:
            if rule not in file.rules:
                raise refused(path, f"deadlines.{each}.rules", given=rule, known=file.rules)


def _with_gone(excluded: Condition) -> Condition:
    """What a policy leaves out, and whoever is gone: a policy that does not name them cannot bring them back."""
    told = (excluded, *(excluded.any or ()))
    if any(each.fact == "operating_status" and set(GONE) <= set(each.in_ or ()) for each in told):
        return excluded
    gone = Condition.model_validate({"fact": "operating_status", "in": GONE})
    return Condition.model_validate({"any": [excluded, gone]})


def _stands(when: Condition | None, cited: Quoted, parameters: dict[str, ParameterEntry], day: date) -> bool:
    """Whether its text and all its numbers were in force on `day`."""
    return cited.in_force(day) and (when is None or when.parameters() <= set(parameters))


def _liaison(written: Liaison | None, parameters: dict[str, ParameterEntry], day: date) -> Liaison | None:
    """Without the needs whose texts or numbers are not in force."""
    if written is None:
        return None
    needs = tuple(each for each in written.needs if _stands(each.when, each.citation, parameters, day))
    return written.model_copy(update={"needs": needs})


def _mass(written: tuple[MassForm, ...], parameters: dict[str, ParameterEntry], day: date) -> tuple[MassForm, ...]:
    return tuple(each for each in written if _parameters(each) <= set(parameters) and each.citation.in_force(day))


def _parameters(each: MassForm) -> set[str]:
    return each.when.parameters() | ({each.together} if each.together else set())
