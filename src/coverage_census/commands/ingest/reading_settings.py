"""The settings of a workspace and the files of an intake in; whether each would be read today as it was, out."""

from collections.abc import Callable, Sequence

from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import FileReading
from coverage_census.settings import Settings


def of(settings: Settings, incoming: Sequence[Incoming]) -> Callable[[str, FileReading], bool]:
    """(label, how the file was understood) → whether it would be read so today."""
    from coverage_census.ingest import reading_hash

    counties = {each.label: each.county for each in incoming}

    def same(label: str, reading: FileReading) -> bool:
        return reading.read_with is None or reading.read_with in reading_hash.fitting(
            counties[label], settings.columns, reading
        )

    return same
