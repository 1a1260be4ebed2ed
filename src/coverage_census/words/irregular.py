"""Organisations (家) in irregular joint branches (不规范联合) and these branches (个) in; one sentence on both, out."""

from coverage_census.words.catalogue import Words


def irregular(units: int, branches: int, words: Words) -> str:
    """The units show the gap, the branch is what is to be put in order."""
    return words("report.gap.irregular_joint.branches", units=units, branches=branches)
