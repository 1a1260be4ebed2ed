"""Words of the language and of reports: what consists of them is no name."""

# ruff: noqa: E501   (lists side by side)

import gzip
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from coverage_census.privacy import surnames

FILE = Path(__file__).with_name("ordinary.tsv.gz")
NOUN, OTHER = "n", "o"
# Words of reports that the dictionary does not have, and single characters that stand alone.
_REPORTS = ["待定", "暂缺", "暂无", "空缺", "缺额", "未定", "未选", "不详", "同上", "同前", "时任", "曾任", "历任", "现任", "前任", "连任", "拟任", "拟建", "未建", "已建", "在建", "应建", "单建", "联建", "党总支", "党支部", "总支", "支部", "党委", "党组", "党工委", "两新", "包联", "包保", "挂点", "驻点", "帮扶", "选派", "下派", "派驻", "兼任", "待批", "待查", "待核", "未签", "已签", "因病", "因事", "外出", "在外", "外地", "在家", "长期", "常年", "电话", "手机", "已记", "退休", "离职", "停业", "停产", "歇业", "有限公司", "公司", "集团", "超市", "门诊部", "事务所", "合作社", "经营部", "五金", "粮油", "茶馆", "修理铺", "口腔", "商行", "商店", "诊所", "饭店", "酒店", "酒楼", "工厂", "服装", "建材", "样例", "变更中", "办理中", "两委", "党员数", "会员数", "党建", "党务", "党群", "党费", "党龄", "党籍", "党办"]  # fmt: skip
_SINGLE = frozenset("的了在不未已因有无和与等是为均都也又还就才会能要将被把由请从到对向于并或及其该本此每各全很较最太更再且但而若仅只共约达余多中内外前后时则兼暂拟待系经同另")  # fmt: skip
LONGEST = 4
# Ends of places and offices: 白帽镇, 金融办, 石桥村.
_PLACES = frozenset(
    "镇乡村县区市省州街路巷组队局委办部院校园站所会厅处科行社厂店场馆楼库司团坊庄屯寨湾坪坝沟塘岭桥铺支党副正原前新现该各兼任室中群企"
)
_ORGANISATIONS = re.compile(
    r"(?:公司|集团|合作社|党委|党支部|支部|总支|政府|街道|社区|委员会|办公室|协会|商会|学会|工会|中心|医院|学校|幼儿园|超市|商店|商行|饭店|酒店"
    r"|诊所|门诊部|事务所|经营部|服务部|专卖店|工作室|俱乐部|联合会|基金会|门市部|分公司|工厂|[镇乡村县市局厅店厂所站部院馆坊社铺行])$"
)


@cache
def _known() -> Mapping[str, str]:
    text = gzip.decompress(FILE.read_bytes()).decode()
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    known = dict(lines) | dict.fromkeys(_REPORTS, OTHER)
    return {word: kind for word, kind in known.items() if word not in surnames.DOUBLE}


def word_at(text: str, place: int = 0) -> str:
    """The longest word that begins there; a single character that may stand alone; else nothing."""
    known = _known()
    for size in range(min(LONGEST, len(text) - place), 1, -1):
        if text[place : place + size] in known:
            return text[place : place + size]
    return text[place : place + 1] if text[place : place + 1] in _SINGLE else ""


def is_noun(word: str) -> bool:
    return _known().get(word) == NOUN


def is_word(text: str) -> bool:
    return text in _known()


def consists(text: str) -> bool:
    """Whether a text can be parted into words."""
    known = _known()
    reached = [True] + [False] * len(text)
    for end in range(1, len(text) + 1):
        reached[end] = any(
            reached[end - size] and text[end - size : end] in known for size in range(2, min(LONGEST, end) + 1)
        )
        reached[end] = reached[end] or (reached[end - 1] and text[end - 1] in _SINGLE)
    return reached[-1]


def starts_han(text: str, place: int) -> bool:
    """Whether a Chinese character stands there."""
    return "\u3400" <= text[place : place + 1] <= "\u9fff"


def of_place(text: str) -> bool:
    """Whether a text ends like a place or an office."""
    return text[-1:] in _PLACES or text.endswith("中心")  # 云无心 is somebody


def of_organisation(text: str) -> bool:
    """Whether a text ends like an organisation's name."""
    return _ORGANISATIONS.search(text) is not None
