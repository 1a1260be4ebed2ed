"""The digest of a run in; nothing on stdout where nothing changed (cron mails whatever is printed), else its page."""

from coverage_census.console import out
from coverage_census.model.digest import Digest


def show(digest: Digest, text: str, *, as_json: bool) -> None:
    """As JSON it is printed always: a program asked for it."""
    if as_json:
        out.as_json(digest)
    elif digest.changed:
        for line in text.splitlines():
            out.line(line)
