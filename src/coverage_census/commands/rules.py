"""`rules`: names of policies in; what they say, whether they hold together, and where two of them differ, out."""

from collections.abc import Sequence
from datetime import date

from coverage_census.commands.basis import basis, policy_named
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.mistakes import nearest
from coverage_census.policy.files.policy import Policy
from coverage_census.results import Fault, PolicyCheck, PolicyComparison, PolicyLine
from coverage_census.words import stop_sentence

ACTIONS = ("list", "show", "check", "compare")


def action(asked: str) -> str:
    """One of `ACTIONS`; anything else is refused with the nearest."""
    if asked not in ACTIONS:
        raise WrongUsage("rules_action", action=asked, near=nearest(asked, ACTIONS))
    return asked


def listed(session: Session) -> tuple[PolicyLine, ...]:
    """Every policy there is: the office's own and ours; one that cannot be used says why."""
    return tuple(_line(session, name) for name in rulebook.names(session.settings.policies))


def shown(session: Session, names: Sequence[str]) -> tuple[Policy, ...]:
    """The policies to be printed; without a name the one in use."""
    return tuple(_loaded(session, name) for name in _names(session, names) or (session.policy_name,))


def checked(session: Session, names: Sequence[str]) -> tuple[PolicyCheck, ...]:
    """What is wrong with each policy; a file that cannot be read is one finding, and does not hide the others."""
    known, names = rulebook.names(session.settings.policies), _names(session, names)
    for name in names:
        if name not in known:
            raise WrongUsage("policy_not_found", policy=name, near=nearest(name, known), known="、".join(known))
    return tuple(_check(session, name) for name in names or known)


def compared(session: Session, names: Sequence[str]) -> PolicyComparison:
    """The organisations of the round that two policies judge differently. --what-if is tried on the second."""
    from coverage_census.policy.figures import compare

    known = rulebook.names(session.settings.policies)
    first, second = _two(session, _names(session, names), known)
    found = basis(session)
    a = policy_named(session, first, found.round, tried=False)
    b = policy_named(session, second, found.round)
    differing = compare.differences(found.table, a, b, session.words)
    return PolicyComparison(a, b, differing, found.round, compare.living(found.table))


def _names(session: Session, said: Sequence[str]) -> tuple[str, ...]:
    """By name or by title."""
    return rulebook.called_each(said, session.settings.policies)


def _two(session: Session, names: Sequence[str], known: Sequence[str]) -> tuple[str, str]:
    """`compare A B`; with numbers to try out `compare A` is enough: it is compared with itself."""
    given = [*names, *([] if names else [session.policy_name])] if session.what_if else [*names]
    if session.what_if and len(given) == 1:
        return given[0], given[0]
    if len(given) != 2:
        raise WrongUsage("rules_names", action="compare", count=2, known="、".join(known))
    return given[0], given[1]


def _line(session: Session, name: str) -> PolicyLine:
    current = name == session.policy_name
    try:
        policy = _loaded(session, name)
    except CensusError as error:
        return PolicyLine(name, None, None, None, 0, current, stop_sentence.of(session.words, error))
    title, about = (getattr(each, session.words.lang) for each in (policy.title, policy.about))
    return PolicyLine(name, title, about, policy.version, len(policy.rules), current, None)


def _loaded(session: Session, name: str) -> Policy:
    return rulebook.load(name, _day(session), session.settings.policies)


def _day(session: Session) -> date:
    return session.as_of or session.now.astimezone().date()


def _check(session: Session, name: str) -> PolicyCheck:
    from coverage_census.policy.trial import lint

    proof = lint.prove(name, session.settings.policies)
    findings = tuple(
        Fault(each.file, each.at or None, each.key, session.words(each.key, **each.values)) for each in proof.findings
    )
    return PolicyCheck(name, proof.combinations, proof.boundaries, findings)
