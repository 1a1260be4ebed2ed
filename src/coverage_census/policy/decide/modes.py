"""One organisation's completed facts and a policy in; the ways of forming (组建方式) that the policy offers it out."""

from coverage_census.model.decision import FormationMode
from coverage_census.model.record import Facts
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.conditions import truth
from coverage_census.policy.language.record_algebra import OneRecord
from coverage_census.words.catalogue import Words


def offered(facts: Facts, policy: Policy, words: Words) -> tuple[FormationMode, ...]:
    """单独、联合、挂靠、依托、临时、派驻、带动: those whose condition surely holds, in the order of the document;
    nothing for whoever the policy leaves out."""
    if facts["excluded"]:
        return ()
    on = OneRecord(facts)
    return tuple(
        FormationMode(
            mode=name,
            form=each.form.value if each.form else None,
            title=getattr(each.title, words.lang),
            citation=each.citation.citation(),
        )
        for name, each in policy.modes.items()
        if each.when is None or truth(each.when, on, policy.bounds).yes
    )
