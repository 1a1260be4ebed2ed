"""What was asked, configured and set in the environment in; the language of this run out."""

from collections.abc import Mapping

from coverage_census.words.catalogue import LANGS, Lang


def choose(asked: str | None, configured: str | None, environment: Mapping[str, str]) -> Lang:
    """`--lang`, else census.toml, else the locale, else zh: a county office reads Chinese."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    for wish in (asked, configured, locale[:2].lower()):
        for lang in LANGS:
            if wish == lang:
                return lang
    return "zh"
