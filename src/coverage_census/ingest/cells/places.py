"""A text in; the county, township, village or zone that it names, and the kind of organisation it speaks of, out."""

import re
from functools import cache

from coverage_census.ingest.cells.clean import bare
from coverage_census.model.choices import Kind
from coverage_census.places import divisions

_LEVEL = r"自治区|自治州|自治县|自治旗|特别行政区|省|地区|盟|市(?![场监政级直])|县(?![级直])|旗|区(?![级域划直])"
_TOWNLIKE_CITY = re.compile(r"^(?:景德镇|萍乡|新乡|宁乡|桐乡)[市县]")
_DIVISION = re.compile(rf"^([\u4e00-\u9fff]{{1,9}}?(?:{_LEVEL}))(.*)$")
_NO_DIVISION = re.compile(
    r"(开发区|园区|社区|小区|景区|工业区|高新区|集中区|示范区|经济区|辖区|片区|地市|门市|超市|城市|本市|全市|我市|全县|本县|我县|全区|本区|我区|各县|各市|各区|集市|度假区|商业区|街区|(?<!浦东)(?<!滨海)新区)$"
)
_TOWN = re.compile(
    r"^([\u4e00-\u9fff]{1,9}?(?:民族乡|苏木|街道|镇(?:镇|乡)?|乡(?:乡|镇)?))"
    r"(?!级|村企|规划|建设局|建设和|管理局|村振兴|村建设|村产业|村治理)"  # 县住房和城乡建设局 is no 县住房和城乡
)
_VILLAGE = re.compile(r"^[\u4e00-\u9fff]{1,10}(?:村|社区|嘎查|居委会|村委会)$")
_NO_TOWN = frozenset(["乡镇", "城镇", "村镇", "街镇", "镇乡", "乡街道", "镇街道", "乡镇街道"]) | {
    a + b for a in "各全本我该两某县市区旗" for b in ("乡", "镇", "街道")
}
_ZONE_UNIT = re.compile(
    r"^([\u4e00-\u9fffA-Za-z0-9]{2,14}?(?:开发区|工业园区|产业园区|工业园|产业园|园区|高新区|工业集中区|新区))"
)
_COMMITTEE = re.compile(
    r"(?:(?:中共|中国共产党)|(?:党工委|党委|党政办公室|党政办|党建办公室|党建办|组织办|人民政府|政府|办事处|委员会|党群工作部|(?<=街道)办|管委会|管理委员会|工委).*$)"
)
# What stands before the place that an office is of: 共青团云岭县委, 国家税务总局云岭县税务局.
_ABOVE = re.compile(r"^(?:(?:中国)?共青团|中国共产主义青年团|国家税务总局|国家统计局)")
_LEAGUE = re.compile(r"^(团[\u4e00-\u9fff]{0,6}?[省市县区旗])委(?!托)")
_LEVEL_END = re.compile(r"(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|省|市|地区|盟)$")
_KINDS = (
    (Kind.COOPERATIVE, re.compile(r"合作社|合作组织")),
    (Kind.SOLE_TRADER, re.compile(r"个体")),
    (Kind.SOCIAL_ORG, re.compile(r"社会组织|社会团体|社团|民办非|民非|社会服务机构|行业协会|新社会组织")),
    (Kind.ENTERPRISE, re.compile(r"企业|非公经济|非公有制经济|新经济组织")),
)
_MIXED = re.compile(r"两新|两企三新|三新|非公有制企业和社会组织|企业和社会组织|企业、社会组织|企业及社会组织")


def split_place(text: str) -> tuple[str | None, str | None]:
    """County and township that `text` begins with: 百色市天等县都康乡党委 → 天等县, 都康乡."""
    return _divide(text)[:2]


def township_of(text: str) -> tuple[str | None, str | None]:
    """County and township of a 所属乡镇 cell; what is neither (工业园区) stays as it is written."""
    county, town, rest = _divide(text)
    return county, town or (None if is_above(rest) else rest) or None


def is_above(text: str) -> bool:
    """Whether a place is a province or a city over counties (江苏, 南宁市), and so no township."""
    plain = bare(text)
    return 2 <= len(plain) <= 8 and plain in _above()


@cache
def _above() -> frozenset[str]:
    names = {name for each in divisions.counties() for name in (each.city, each.province) if name}
    short = {_LEVEL_END.sub("", name) for name in names}
    return frozenset(names | {name for name in short if len(name) > 1})


def _divide(text: str) -> tuple[str | None, str | None, str]:
    plain = bare(text)
    rest = _ABOVE.sub("", _COMMITTEE.sub("", _league(plain)))
    county = None
    while match := _DIVISION.match(rest):
        town = _TOWN.match(rest)
        early = town is not None and town.end(1) < match.end(1) and not _TOWNLIKE_CITY.match(rest)
        if early or _NO_DIVISION.search(match[1]):
            break
        if (
            match[1].endswith(("县", "旗", "区", "市"))
            and not match[1].endswith(("自治区", "地区", "行政区"))
            and not _is_city(match[1])
        ):
            county = match[1]
        rest = match[2]
    return county, _town(rest), rest


def _league(text: str) -> str:
    """团县委 is an office and no county, 团云岭县委 one of 云岭县; 团风县委 is of 团风县."""
    match = _LEAGUE.match(text)
    return text if match is None or divisions.county(match[1]) else text[1:]


def _town(text: str) -> str | None:
    """The township that `text` begins with; 都康乡镇企业 is 都康乡, 木镇镇 is 木镇镇."""
    match = _TOWN.match(text)
    if match is None:
        return None
    town, after = match[1], text[match.end(1) :]
    if town[-2:] in ("镇镇", "镇乡", "乡乡", "乡镇") and after.startswith("企"):
        town = town[:-1]
    return None if town in _NO_TOWN or "片区" in town or _is_several(town) else town


@cache
def _is_several(town: str) -> bool:
    """各乡镇, 全县各乡镇, 十二个乡镇 speak of townships; one whose own name ends so (新乡镇) is in the register."""
    return town.endswith("乡镇") and not divisions.counties_with(town)


@cache
def _is_city(name: str) -> bool:
    """Whether a 市 is a city over counties (池州市) and no county itself (天长市)."""
    return name.endswith("市") and bool(divisions.counties(name)) and not divisions.county(name)


def is_village(text: str) -> bool:
    return bool(_VILLAGE.match(text))


def is_zone(text: str) -> bool:
    """经济开发区, 工业园区: a place that reports like a township, or lies in one."""
    match = _ZONE_UNIT.match(text)
    return bool(match and match[1] == text)


def is_township(text: str) -> bool:
    """Whether a cell is just the name of a township (or an industrial zone as one), with or without its county."""
    plain = _COMMITTEE.sub("", bare(text))
    town = split_place(plain)[1]
    return bool(town and plain.endswith(town)) or is_zone(plain)


def kind_of(text: str) -> Kind | None:
    """The one kind of organisation that a title speaks of."""
    if _MIXED.search(text):
        return None
    kinds = [kind for kind, pattern in _KINDS if pattern.search(text)]
    if Kind.COOPERATIVE in kinds and Kind.ENTERPRISE not in kinds and Kind.SOCIAL_ORG not in kinds:
        return Kind.COOPERATIVE
    return kinds[0] if len(kinds) == 1 else None


def zone_in(text: str) -> str | None:
    """The zone that stands where a township would: 云岭县经济开发区 is 经济开发区."""
    match = _ZONE_UNIT.match(_divide(text)[2])
    return match[1] if match else None
