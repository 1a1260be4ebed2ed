"""A folded text in; the names in it that stand by themselves, or behind an office, out.

No role word says what they are: 韦彦霖 alone in a cell, 镇党委 韦彦霖, 组织办韦彦霖, 韦彦霖已上门. The shape decides: a
surname, one or two characters more, and nothing in them that is a word, a place or an office.
"""

import re
from collections.abc import Callable, Iterator

from coverage_census.privacy import ordinary, roles, surnames

_PART = re.compile(r"[\u3400-\u9fff]+")
_AMONG = re.compile(r"[0-9A-Za-z%]")  # 3名, A座: what follows or precedes these is said of a thing
# What organisations are called.
ORGANISED = re.compile(
    r"合作社|公司|超市|商[店行会]|企业|工厂|[厂店社村镇乡组委局院校站厅]|办公|部门|园[区林艺]|学校|医院|茶|景区|项目|社区|街道|协会|集团|支部|党|政府|实业|药业|化工|广场|银行"
)
# What an office ends with, and what a report that somebody sent is called behind his name.
_OFFICE = re.compile(r"(?:[委局办部室所站厅处科镇乡村县市]|中心|社区|街道|支部|总支|小组|书记|主任|部长|委员|干部)$")
_SENT = re.compile(r"(?:上?报送?|填报?|制表?|提供|提交|整理|汇总|修改|交|发)$")
# A place in front of what stands there, or the kind: 响肠镇, 个体户.
_WITHIN = re.compile(r"(?:[\u4e00-\u9fff]{1,4}?[省市县区镇乡村]){1,3}|个体(?:工商)?户")
# These have names of their own; shops are called after whoever keeps them.
_COMPANY = re.compile(r"公司|企业|合作社|集团|会$|学校|幼儿园|中心")
# No given name begins so: 章已刻, 方未定.
NO_GIVEN = frozenset("已未不在因被把将与及了的是也都仍没会能可")


def find(text: str, *, place: bool = False, office: bool = False) -> Iterator[tuple[int, int]]:
    """`place`: places stand here (石关, 毛尖山), and only what can hardly be one is a name. `office`: offices do."""
    for part in _PART.finditer(text):
        begin, end = part.span()
        if end - begin > 4 and (sent := _SENT.search(text, begin, end)) is not None and place:
            end = sent.start()
        if (is_sure if place else is_name)(text[begin:end]) and not _among(text, begin, end):
            yield begin, end
        else:
            yield from _behind_office(text, begin, end, is_name if office else is_sure)
            if not place:
                yield from _in_front(text, begin, end)


def _in_front(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """韦彦霖已上门, 韦彦霖方案: a sure name, then a word."""
    if (
        is_sure(text[begin : begin + 3])
        and ordinary.word_at(text, begin + 3)
        and not ORGANISED.search(text, begin, end)
    ):
        yield begin, begin + 3


def is_name(word: str) -> bool:
    """A surname with one or two characters, as a whole."""
    size = surnames.size(word)
    if not size or not size + 1 <= len(word) <= size + 2 or word[size] in NO_GIVEN:
        return False
    if len(word) == 2:
        return word[0] in surnames.FREQUENT and word[1] in surnames.GIVEN and not ordinary.is_word(word)
    return not (ordinary.of_place(word) or ordinary.consists(word) or ordinary.is_word(word[:2]) or _is_role(word))


def is_sure(word: str) -> bool:
    """A name of three characters that no place has: a frequent surname, and behind it what only given names have."""
    if len(word) != 3 or not is_name(word):
        return False
    foreign = sum(each not in surnames.IN_PLACES for each in word[1:])  # to the names of places
    if word[0] not in surnames.FREQUENT:
        return foreign == 2
    return foreign > 0 or word[-1] in surnames.GIVEN - surnames.OF_PLACES


def begins_name(organisation: str) -> bool:
    """张国强五金店: the name of an organisation, and a person's in it."""
    if _COMPANY.search(organisation):
        return False
    begin = _WITHIN.match(organisation)
    place = begin.end() if begin else 0
    return len(organisation) > place + 4 and is_sure(organisation[place : place + 3])


def _is_role(word: str) -> bool:
    return any(each.search(word) for each in (roles.ROLE, roles.LIKE_A_ROLE))


def _among(text: str, begin: int, end: int) -> bool:
    """2023年注销, A座: a digit or a letter beside it belongs to it."""
    return bool(_AMONG.match(text[max(0, begin - 1) : begin]) or _AMONG.match(text[end : end + 1]))


def _behind_office(text: str, begin: int, end: int, named: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    for size in (3, 2):
        name = text[end - size : end]
        if end - size <= begin or not named(name):
            continue
        if _OFFICE.search(text, begin, end - size):
            yield end - size, end
            return
