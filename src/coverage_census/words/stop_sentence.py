"""What stopped a command, or a part of one, as the sentence that a person is told or that a digest keeps."""

from collections.abc import Mapping

from coverage_census.errors import CensusError
from coverage_census.words.catalogue import Words


def of(words: Words, stop: CensusError) -> str:
    """What was typed, or stands in a file, is repeated without anything that points to one person."""
    return words(f"errors.{stop.key}", **impersonal(stop.values))


def impersonal(values: Mapping[str, object]) -> dict[str, object]:
    """What fills the gaps of a sentence, numbers as they are."""
    from coverage_census.privacy import door  # its patterns take a while to be made, and most commands are not stopped

    return {
        key: each if isinstance(each, int | float) else door.hidden(str(each), place=True)
        for key, each in values.items()
    }
