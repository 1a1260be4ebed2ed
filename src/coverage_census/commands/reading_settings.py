"""The settings of a workspace and the files of an intake in; by what settings each would be read today, out."""

from collections.abc import Callable, Sequence

from coverage_census.ingest.incoming import Incoming
from coverage_census.model.reading import FileReading
from coverage_census.settings import Settings


def of(settings: Settings, incoming: Sequence[Incoming]) -> Callable[[str, FileReading], str]:
    """(label, how the file was understood) → the hash that `FileReading.read_with` would be."""
    from coverage_census.ingest import understood

    counties = {each.label: each.county for each in incoming}
    return lambda label, reading: understood.settings(counties[label], settings.columns, reading)
