"""Which registers there are: those that every county has, and the office's own from census.toml."""

from collections.abc import Mapping

from coverage_census.errors import WrongUsage
from coverage_census.model.register import RegisterClass
from coverage_census.settings import REGISTERS, Settings
from coverage_census.words.catalogue import Words


def named(settings: Settings, said: str, words: Words) -> str:
    """The register that somebody means by its code or by what it is called (工会, 市场监管); else wrong usage."""
    import difflib

    known = {each: each for each in (*REGISTERS, *settings.registers)}
    known |= {words(f"term.register.{each}"): each for each in REGISTERS}
    known |= {words(f"term.register_short.{each}"): each for each in REGISTERS}
    known |= {own.label: name for name, own in settings.registers.items()}
    text = said.strip()
    if text in known or text.casefold() in known:
        return known.get(text) or known[text.casefold()]
    near = difflib.get_close_matches(text, known, n=1, cutoff=0.5)
    raise WrongUsage("unknown_register", register=text[:40], known="、".join(near or (*REGISTERS, *settings.registers)))


def label(settings: Settings, register: str, words: Words) -> str:
    """What people call a register."""
    if register in REGISTERS:
        return words(f"term.register.{register}")
    return settings.registers[register].label if register in settings.registers else register


def headings(settings: Settings, register: str) -> Mapping[str, str]:
    """What its headings mean: the words that every such register has, and the office's own before them."""
    from coverage_census.registers import vocabulary

    own = settings.registers.get(register)
    return {**vocabulary.headings(own.like if own and own.like else register), **(own.columns if own else {})}


def class_named(said: str, words: Words) -> RegisterClass:
    """The class of results that somebody means: by its code, its label or what a clerk calls it (漏报)."""
    import difflib

    text = said.strip()
    known = {str(each): each for each in RegisterClass}
    known |= {words(f"reconcile.class.{each}"): each for each in RegisterClass}
    known |= {word: each for each, own in _CALLED.items() for word in own}
    if text in known:
        return known[text]
    near = difflib.get_close_matches(text, known, n=1, cutoff=0.5)
    raise WrongUsage("unknown_class", said=text[:40], known="、".join(near or map(str, RegisterClass)))


_CALLED = {
    RegisterClass.NOT_IN_LEDGER: ("漏报", "名册有台账无", "名册有、台账无", "台账无"),
    RegisterClass.NOT_IN_REGISTER: ("台账有名册无", "台账有、名册无", "名册无"),
    RegisterClass.REPEATED: ("重复", "名册重复"),
    RegisterClass.GONE_BUT_LISTED: ("已注销", "注销"),
    RegisterClass.COUNTS_DIFFER: ("不一致", "数字不一致"),
}
