"""Which sections a page has, in which order, and how they are numbered: the one list for template, contents and titles.

A section is a part of the template (`reports/templates/sections/<name>.html.j2`) and a title (`report.section.<name>`).
A new one is a module beside this one that works out its values, its part, and its line below.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from coverage_census.report.page import campaign
from coverage_census.report.page.facts import PageFacts
from coverage_census.words.catalogue import Words

Numbered = Literal["body", "annex", "appendix", ""]
"""一、 二、 …; 附; 附录一 …; or neither number nor place in the contents."""


class Section(NamedTuple):
    """`anchor` is where links lead, and the block that an office's own template may replace: else the name.

    `make` works out what only this section shows; its part finds that as `page.more.<name>`.
    """

    name: str
    numbered: Numbered = "body"
    anchor: str = ""
    make: Callable[[PageFacts, Words], Any] | None = None

    @property
    def id(self) -> str:
        return self.anchor or self.name


_APPENDIX = (
    Section("definitions", "appendix"),
    Section("basis", "appendix"),
    Section("reading", "appendix"),
)
COVERAGE = (
    Section("conclusion", ""),
    Section("campaign", "", make=campaign.section),
    Section("indicators"),
    Section("townships"),
    Section("kinds"),
    Section("charts"),
    Section("summary"),
    Section("sign", ""),
    Section("gaps"),
    Section("confirm"),
    Section("proposals", "annex"),
    Section("owing"),
    Section("base_list", make=lambda facts, _: facts.base),
    Section("quality"),
    Section("excluded"),
    Section("sources"),
    *_APPENDIX,
)
"""The report on one county."""
INDEX = (
    Section("conclusion", ""),
    Section("campaign", "", make=campaign.section),
    Section("indicators"),
    Section("counties", anchor="townships"),
    Section("kinds"),
    Section("charts"),
    Section("summary"),
    Section("sign", ""),
    *_APPENDIX,
)
"""The first page of a report on several counties."""
PAGES: Mapping[str, tuple[Section, ...]] = {"coverage.html.j2": COVERAGE, "index.html.j2": INDEX}


def contents(template: str) -> tuple[Section, ...]:
    """The sections that the contents of a page list: those that are always there and bear a number."""
    return tuple(each for each in PAGES[template] if each.numbered in ("body", "appendix"))


def title(name: str, words: Words) -> str:
    """With its number: 三、分单位类别覆盖情况."""
    page = next(page for page in PAGES.values() if any(each.name == name for each in page))
    section = next(each for each in page if each.name == name)
    alike = [each.name for each in page if each.numbered == section.numbered]
    number = {"body": f"s{alike.index(name) + 1}", "appendix": f"a{alike.index(name) + 1}", "annex": "annex"}
    key = number.get(section.numbered)
    return (words(f"report.ordinal.{key}") if key else "") + words(f"report.section.{name}")


def blocks(template: str) -> str:
    """What stands for `{% sections %}` in a template of that name: a block a section, each filled by its part."""
    return "".join(
        f'{{% block {each.id} %}}{{% include "sections/{each.name}.html.j2" %}}{{% endblock %}}'
        for each in PAGES.get(template, ())
    )
