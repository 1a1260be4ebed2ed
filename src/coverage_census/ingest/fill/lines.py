"""The lines around a table (填报单位：＿＿, 截至　年　月　日) in; the same with what they ask for, out."""

import re
from collections.abc import Mapping

LONGEST = 400  # characters of such a line
_GAP = r"[\s_＿]*"
_NEXT = r"(?=$|[\u4e00-\u9fff]{2,8}\s*(?:[（(][^（）()]*[)）])?\s*[:：])"
_STAMP = r"(?:\s*[（(]\s*(?:盖\s*章|公\s*章|签\s*章|章)\s*[)）])"
_SKELETON = r"(?:年[\s_＿]*月(?:[\s_＿]*日)?)"
_PLACES = {
    "unit": re.compile(
        rf"((?:(?:填报|上报|报送|填表|汇总|报表|制表|编制|填写)(?:单位|乡镇|街道|部门|机关)(?:名称)?{_STAMP}?|单位{_STAMP})\s*[:：]){_GAP}{_NEXT}"
    ),
    "today": re.compile(rf"((?:填报|填表|上报|报送|报出|制表)(?:日期|时间)\s*[:：]){_GAP}{_SKELETON}?{_GAP}{_NEXT}"),
    "as_of": re.compile(
        rf"((?:(?:统计|数据)?截[止至](?:日期|时间)?|统计(?:日期|时间))\s*[:：]){_GAP}{_SKELETON}?{_GAP}{_NEXT}"
        rf"|(截[止至]到?){_GAP}{_SKELETON}{_GAP}(?=$|[)）]|{_NEXT[3:]}"
    ),
}


def filled(text: str, said: Mapping[str, str]) -> str:
    """`said`: unit, today, as_of, as they are to stand there; what already stands there stays."""
    for place, pattern in _PLACES.items() if len(text) <= LONGEST else ():
        if value := said.get(place):
            text = pattern.sub(lambda found, value=value: _with(found, value), text)  # type: ignore[misc]
    return text


def _with(found: re.Match[str], value: str) -> str:
    more = found.end() < len(found.string) and found.string[found.end()] not in ")）"
    return f"{found[1] or found[2]}{value}" + ("    " if more else "")


def chinese_day(day: str) -> str:
    """2026-06-30 → 2026年6月30日, 2026-06 → 2026年6月."""
    parts = [str(int(part)) for part in day.split("-")]
    return "".join(part + unit for part, unit in zip(parts, "年月日", strict=False))
