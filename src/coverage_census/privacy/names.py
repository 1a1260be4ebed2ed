"""A folded text in; the places in it where a person is named, out.

A name is known by where it stands: after a role word and a join, before one, beside 同志, in a list with other names.
What consists of ordinary words, or ends like a place or an office, is none.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from coverage_census.privacy import alone, ordinary, roles, surnames

_HAN = r"[\u3400-\u9fff]"
_RUN = re.compile(rf"{_HAN}[\u3400-\u9fff·•]{{0,15}}")
_BACK = re.compile(r"[\u3400-\u9fff·]{1,12}$")
_SAID = re.compile(
    r"(?:姓名|名字|签名|签字|签章|盖章|本人|同志|人选|一职|职务|职责){0,3}(?:\([^()\n]{0,10}\))?"
    r"(?P<gap>[\W_]{0,5})"
    r"(?P<verb>(?:的?(?:姓名|名字))?(?:仍|现|暂|改|变更|调整|更换|换|变)?(?:分别)?(?:为|是|叫做?|系|由|姓|即|名叫|的是|成)?)"
    r"(?P<more>[\W_]{0,3})"
)
_LATIN = re.compile(r"[A-Z][A-Za-z'\-]+(?:[ .·]{1,2}[A-Z][A-Za-z'\-]*){0,3}")
_BETWEEN = re.compile(r"同?志?(?:\([^()\n]{0,8}\))?(?:[\W_]{1,3}|和|与|及|以及|、)")
_BETWEEN_AND = re.compile(r"和|与|及|以及")
_LEADS = frozenset("由请经派向给让叫找问是为系现即和与及同被对")
_PLACE_WITHIN = re.compile(rf"{_HAN}{{1,4}}(?:镇|乡|村|县|市|区|街道|社区|省)")
_MASKED = re.compile(rf"{_HAN}(?:某{{1,2}}|[*×xX]{{1,2}})")
_BRACKETED = re.compile(r"\([^()\n]{2,24}\)")
_WEAK = frozenset(" ,。.!?")  # a name may follow, and often something else does; any other sign asks for one
# What only a person does or meets: before it stands the name.
_LIVED = re.compile(
    r"(?:已经?|现已?|近期|去年|今年|前年|因病|因故|又|刚)?(?:于?[0-9]{2,4}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?)?"
    r"(?:病故|病逝|去世|逝世|过世|身故|身亡|入党|转为(?:正式|中共|预备)?党员|退休|离休|辞职|离职|退党|毕业|参军|入伍|服刑|被捕"
    r"|外出务工|外出打工|在外务工|在外打工|出国|本人|之[子女妻夫父母弟兄]|的[儿女]|夫妇|夫妻|父子|兄弟|一家|家的|不配合|不同意|不愿)"
)
# 宓旻瑄、佴瑀琤两名党员, 宓旻瑄等人: persons are counted, and who they are stands before.
_COUNTED = re.compile(r"(?:共?[两二三四五六七八九十2-9](?:名|位|人)|等[人同])")
# Somebody is about to be named: 由宓旻瑄经营, 已与宓旻瑄谈过. The weak ones need a surname that many have.
_LED = re.compile(r"由|请|找|派|叫|委托|安排|(?P<weak>经|与|跟|因|系|向|让|问|同)")
LONGEST = 6
MANY = 12  # names of one list


class Span(NamedTuple):
    begin: int
    end: int


def find(text: str, named: bool = False, heading: bool = False) -> Iterator[Span]:
    """In any order; they may overlap. `named`: it is the name of an organisation; `heading`: it asks for something,
    and 党员数 may follow 负责人."""
    found = _find(text, named or heading, heading)
    if not heading:
        return found
    return (each for each in found if not _asks(text[each.begin : each.end]))


def _asks(word: str) -> bool:
    """填表人(签名): whoever is to sign, no name."""
    return roles.ROLE.fullmatch(word) is not None or _of_role(word)


def _find(text: str, named: bool, heading: bool) -> Iterator[Span]:
    for role in roles.ROLE.finditer(text):
        if not heading or not ordinary.starts_han(text, role.end()):
            yield from _after(text, role.end(), named, role[0])
        yield from _before(text, role.start(), named)
    for label in roles.LIKE_A_ROLE.finditer(text):
        if not heading or not ordinary.starts_han(text, label.end()):
            yield from _after(text, label.end(), named, "")
        if (run := _BACK.search(text, max(0, label.end() - 12), label.end())) is not None:
            yield from _in_front(text, run[0], label.end() - len(run[0]), named)
    if not named:
        for duty in roles.DUTY.finditer(text):
            yield from _doing(text, duty)
    for beside in roles.BESIDE.finditer(text):
        yield from _ending(text, beside.start(), apart=True)
    if not named:
        for lived in _LIVED.finditer(text):
            yield from _ending(text, lived.start(), apart=False)
        for counted in _COUNTED.finditer(text):
            yield from _list_before(text, counted.start())
        for led in _LED.finditer(text):
            yield from _led_by(text, led)


def _list_before(text: str, end: int) -> Iterator[Span]:
    """Each name of a list that ends there."""
    for _ in range(MANY):
        last = next(_ending(text, end, apart=True), None)
        if last is None:
            return
        yield last
        end = last.begin - 1
        if end < 0 or text[end] not in "、和与及,":
            return


def _led_by(text: str, led: re.Match[str]) -> Iterator[Span]:
    """The name that follows, and behind it a word or nothing, but no organisation that is called so."""
    run = _RUN.match(text, led.end())
    if run is None or (led["weak"] and run[0][0] not in surnames.FREQUENT):
        return
    for size in (3, 2, 4):
        name, rest = run[0][:size], run[0][size:]
        if len(name) < size or not alone.is_name(name) or alone.ORGANISED.search(rest, 0, 8):
            continue
        if not rest or alone.is_sure(name) or ordinary.word_at(rest):
            yield Span(led.end(), led.end() + size)
            return


def _in_brackets(text: str, end: int) -> Iterator[Span]:
    """负责人(宓旻瑄), 党员(宓旻瑄、佴瑀琤)."""
    inner = _BRACKETED.match(text, end)
    if inner is None:
        return
    for part in _RUN.finditer(inner[0]):
        if alone.is_name(part[0]):
            yield Span(end + part.start(), end + part.end())


def _after(text: str, end: int, named: bool, role: str) -> Iterator[Span]:
    """What follows a role word, with the others of a list."""
    yield from _in_brackets(text, end)
    said = _SAID.match(text, end)
    if said is None:
        return
    gap = said["gap"] + said["more"]
    strong = any(sign not in _WEAK for sign in gap) or bool(said["verb"])
    direct = said.end() == end or not (gap or said["verb"])
    soft = roles.is_soft(role)
    if named and ((soft and not gap) or (direct and (soft or _within_name(text, end)))):
        return
    asks = bool(role) or any(sign in ":=" for sign in gap)
    outright = any(sign in ":=|" for sign in gap)
    span = _name(text, said.end(), strong, direct and (soft or not role), foreign=asks, outright=outright)
    while span is not None:
        yield span
        between = _BETWEEN.match(text, span.end)
        if between is None:
            return
        span = _next(text, between, span)


def _within_name(text: str, end: int) -> bool:
    run = _RUN.match(text, end)
    return run is not None and ordinary.of_organisation(run[0]) and ordinary.consists(run[0])


def _next(text: str, between: re.Match[str], one: Span) -> Span | None:
    """The next of a list: a surname begins it, or it stands behind 、 and is as short as the one before."""
    run = _RUN.match(text, between.end())
    if run is None:
        return None
    found = _name(text, between.end(), strong=False, soft=False)
    if found is None and "、" in between[0] and len(run[0]) <= 4 and not ordinary.consists(run[0]):
        return None if ordinary.of_place(run[0]) else Span(*run.span())
    return found


def _name(text: str, begin: int, strong: bool, soft: bool, foreign: bool = True, outright: bool = False) -> Span | None:
    """The name that begins there."""
    run = _RUN.match(text, begin)
    if run is None:
        latin = _LATIN.match(text, begin)
        return Span(*latin.span()) if latin and strong else None
    if masked := _MASKED.match(text, begin):
        return Span(*masked.span())
    word, size = run[0], surnames.size(run[0])
    if _is_word_as_name(word, size, outright, strong or not soft):
        return Span(*run.span())
    if "·" in word.strip("·"):
        return Span(*run.span()) if strong or size else None
    word = word.rstrip("·")
    if not size:
        return _foreign(word, begin) if strong and foreign else None
    if word[size : size + 1] in alone.NO_GIVEN and not (
        (strong and _names_all_the_same(word, size, outright)) or (foreign and _only_a_name(word, size))
    ):
        return None
    if _PLACE_WITHIN.match(word) and not _long_enough(word, size):
        return None
    if ordinary.consists(word):
        return _noun_as_name(word, begin, size) if strong else None
    if soft and ordinary.of_organisation(word):
        return None
    return _sized(word, begin, size, strong)


def _names_all_the_same(word: str, size: int, outright: bool) -> bool:
    """书记：柳未央，常驻: nothing but a name begins so, though 未 and 不 begin few given names; 尚未定 is an answer."""
    if ordinary.word_at(word) or len(word) < size + 2:
        return outright and len(word) == size + 1 and word[0] in surnames.FREQUENT and not ordinary.word_at(word)
    return len(word) == size + 2 or (outright and bool(ordinary.word_at(word, size + 2)))


def _only_a_name(word: str, size: int) -> bool:
    """书记柳未央: nothing else stands behind the role, and no words are in it; 书记方未到 says what he did not."""
    return len(word) == size + 2 and not (ordinary.word_at(word) or ordinary.consists(word[size:]))


def _long_enough(word: str, size: int) -> bool:
    """A place that is named with a surname's character: 石关乡政府; not 宓旻瑄镇里干部."""
    end = next((place for place, sign in enumerate(word) if place and sign in "镇乡村县市区省街社"), 0)
    return end > size + 2


def _sized(word: str, begin: int, size: int, strong: bool) -> Span | None:
    """The surname and one or two characters more, as far as what follows is a word or nothing."""
    fits = [
        end for end in (size + 1, size + 2) if end <= len(word) and (end == len(word) or ordinary.word_at(word, end))
    ]
    whole = [end for end in fits if end == len(word) or ordinary.consists(word[end:])]
    listed = [end for end in fits if _BETWEEN_AND.match(word, end)]
    if whole or fits:
        end = max(listed or whole or fits)
        if not strong and (ordinary.is_word(word[:end]) or ordinary.of_place(word[:end])):
            return None
        if strong and end < len(word) and ordinary.of_place(word[:end]) and ordinary.of_organisation(word):
            return None
        return Span(begin, begin + end)
    if strong:
        return Span(begin, begin + _until_word(word, size + 1))
    if alone.is_sure(word[:3]) and not alone.ORGANISED.match(word[3:]):
        return Span(begin, begin + 3)
    doubtful = word[: size + 2]
    if ordinary.of_place(doubtful) or ordinary.word_at(word) or ordinary.word_at(word, 1):
        return None
    return Span(begin, begin + min(len(word), _until_word(word, size + 1)))


def _until_word(word: str, begin: int) -> int:
    return next(
        (end for end in range(begin, min(len(word), LONGEST)) if ordinary.word_at(word, end)), min(len(word), LONGEST)
    )


def _is_word_as_name(word: str, size: int, outright: bool, asked: bool) -> bool:
    """大海, 许愿 outright behind a colon, 王平 behind a role word: names that are words as well."""
    if not ordinary.is_word(word) or len(word) > 3 or ordinary.of_place(word) or roles.ROLE.search(word):
        return False
    frequent = len(word) == 2 and word[0] in surnames.FREQUENT
    if outright:
        return frequent or ordinary.is_noun(word)
    return asked and frequent and size > 0 and word[1] in surnames.GIVEN and ordinary.is_noun(word)


def _noun_as_name(word: str, begin: int, size: int) -> Span | None:
    """高峰, 王国强 outright behind a colon: nouns with a surname's character first; 安排, 常年在外 are none."""
    first = ordinary.word_at(word)
    if len(word) > size + 2 or ordinary.of_place(word) or roles.ROLE.match(word):
        return None
    if ordinary.is_noun(first):
        return Span(begin, begin + len(word))
    return None


def _foreign(word: str, begin: int) -> Span | None:
    """Without a surname that is known (巴特尔, 扎西次仁): what is no word and ends like no office."""
    if ordinary.word_at(word) or len(word) < 2 or ordinary.of_organisation(word) or ordinary.consists(word[1:]):
        return None
    end = _until_word(word, 2)
    if ordinary.of_place(word[:end]):
        return None
    return Span(begin, begin + end)


def _before(text: str, begin: int, named: bool) -> Iterator[Span]:
    """What stands before a role word: 宓旻瑄（书记）, 宓旻瑄 书记, 宓旻瑄同志, 宓旻瑄任书记."""
    gap = begin
    while gap > 0 and begin - gap < 3 and not text[gap - 1].isalnum():
        gap -= 1
    if not named or gap < begin:
        yield from _ending(text, gap, apart=gap < begin)
    if gap == begin and (run := _BACK.search(text, max(0, begin - 12), begin)) is not None:
        yield from _in_front(text, run[0], begin - len(run[0]), named)


def _in_front(text: str, word: str, begin: int, named: bool) -> Iterator[Span]:
    """宓旻瑄门店负责人, 宓旻瑄/门店负责人: words belong to the role, and the name stands before these."""
    size = 0 if ordinary.consists(word) or named else surnames.size(word)
    for end in (size + 2, size + 1):
        if (
            size
            and end < len(word)
            and _of_role(word[end:])
            and _may_be(word[:end])
            and word[size] not in alone.NO_GIVEN
        ):
            yield Span(begin, begin + end)
            return
    gap = begin
    while gap > 0 and begin - gap < 3 and not text[gap - 1].isalnum():
        gap -= 1
    if gap < begin and len(word) <= LONGEST:
        yield from _ending(text, gap, apart=True)


def _of_role(word: str) -> bool:
    """Words, with or without the character that makes a person of them."""
    return ordinary.consists(word) or (len(word) > 2 and word[-1] in "人员长者主师手" and ordinary.consists(word[:-1]))


def _may_be(name: str) -> bool:
    """No ordinary words, no place, no role."""
    return not (ordinary.consists(name) or ordinary.of_place(name) or roles.ROLE.fullmatch(name))


def _doing(text: str, duty: re.Match[str]) -> Iterator[Span]:
    """宓旻瑄负责, 由宓旻瑄任: a role word or nothing much follows 为 and 是."""
    weak = duty[0] in ("为", "是", "系", "任", "兼", "联系", "填报") and not roles.ROLE.search(
        text, duty.end(), duty.end() + 8
    )
    if weak and not (duty.start() and _led(text, duty.start())):
        return
    end = duty.start()
    while end > 0 and duty.start() - end < 2 and text[end - 1] in ", ":
        end -= 1
    yield from _ending(text, end, apart=end < duty.start())


def _led(text: str, end: int) -> bool:
    run = _BACK.search(text, max(0, end - 6), end)
    return run is not None and run[0][0] in "由请经派"


def _ending(text: str, end: int, apart: bool) -> Iterator[Span]:
    """The name that ends there: a surname two or three characters before, and words, signs or nothing before that."""
    run = _BACK.search(text, max(0, end - 12), end)
    if run is None:
        return
    word = run[0]
    if "·" in word.strip("·"):
        yield Span(*run.span())
        return
    for size in (4, 3, 2):
        name, rest = word[-size:], word[:-size]
        if len(word) < size or surnames.size(name) not in {4: (2,), 3: (1, 2), 2: (1,)}[size]:
            continue
        if not _may_be(name) or ordinary.consists(word):
            continue
        if rest and not _may_stand_before(rest):
            continue
        yield Span(end - size, end)
        return
    if apart and 2 <= len(word) <= 4 and end < len(text) and text[end] in "(（" and not _has_word(word):
        yield Span(end - len(word), end)
    elif text.startswith("同志", end) and not ordinary.consists(word) and len(word) > 1:
        begin = 1 if word[0] in _LEADS else 0
        if 2 <= len(word) - begin <= 5 and not _has_word(word[begin:]) and not ordinary.of_place(word):
            yield Span(end - len(word) + begin, end)


def _has_word(word: str) -> bool:
    return ordinary.of_place(word) or any(ordinary.is_word(word[place : place + 2]) for place in range(len(word) - 1))


def _may_stand_before(rest: str) -> bool:
    if rest[-1] in _LEADS or ordinary.of_place(rest) or rest[-1] in "司记长任员人":
        return True
    return any(ordinary.is_word(rest[-size:]) for size in (2, 3, 4) if size <= len(rest))


def ending(text: str, end: int) -> list[Span]:
    """The name that ends there, beside a number."""
    return [*_ending(text, end, apart=True)]


def beginning(text: str, begin: int) -> list[Span]:
    """The name that begins there, beside a number: between signs on both sides."""
    gap = re.compile(r"[\W_]{1,2}").match(text, begin)
    run = _RUN.match(text, gap.end()) if gap else None
    if run is None or len(run[0]) > 4 or not (surnames.size(run[0]) or "(" in gap[0] if gap else False):
        return []
    return [] if ordinary.consists(run[0]) or ordinary.of_place(run[0]) else [Span(*run.span())]
