"""The words by which a row announces that it is no organisation: total, note, signature, sample, section."""

import re
from collections.abc import Sequence

from coverage_census.ingest.cells import places
from coverage_census.ingest.cells.clean import bare

TOTAL = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,12}?)(合计|总计|小计|累计|总数|共计|总合计|汇总)(?:数|[:：])?(?:\(?\d*[家个户]?\)?)?$"
    r"|^(?:全[镇乡县区市街村]|本[镇乡县区市街村页表]|以上)?(?:总?共(?:计|有)?|合计|总计)\d{1,6}[家户个](?:单位|企业)?(?:[,，、;；(（].{1,40})?$"
)
GRAND = re.compile(r"合计|总计|累计|总数|共计|汇总|共\d")
# 占比, 占全镇比例, 同比增长, 平均每户, 去年同期, 栏次: a row that reckons with those above, or numbers the columns.
SUMMARY = re.compile(
    r"^(?:(?:其中)?占[\u4e00-\u9fff]{0,10}|[\u4e00-\u9fff]{0,6}所占)?(?:比例|比重|百分比|占比|比)(?:\(%\)|%)?$|^(?:占|所占)[\u4e00-\u9fff]{0,10}%$"
    r"|^(?:较|比|与)?(?:去年|上年|上季度?|上月|上期|年初|同期|上年末)[\u4e00-\u9fff]{0,4}(?:数|增减|增长|相比|增加|减少)?$"
    r"|^(?:同比|环比)[\u4e00-\u9fff]{0,4}$|^(?:增减|增长|增幅)(?:率|数|情况)?(?:\(%\))?$"
    r"|^(?:平均|人均|户均|均)(?:每)?(?:家|户|个|人|单位|企业)?(?:数|值)?$|^(?:栏次|行次|序次|列次)$"
)
NOTE = re.compile(
    r"^(?:备?注|说明|备注|填[表报]说明|填写说明|注意事项|要求|补充资料)\d?[:：、.。]|^[*※]|^(?:注|说明)$|^[(—-]*以下(?:空白|无正文|无|没有)[)—-]*$"
)
SIGNATURE = re.compile(
    r"^(?:填[报表]人|制表人?|经办人|审核人|复核人|负责人|分管领导|分管负责人|主要领导|主要负责人|单位负责人|单位领导|联系人|联系电话|填[报表](?:时间|日期|单位)|报出|(?:数据)?截[止至](?:日期|时间)|(?:上报|报送|统计|数据|编制)(?:时间|日期|时点)|签字|签名|签章|\(?公章|\(?盖章|日期|单位\(?盖章|党委书记|组织委员)[^:：]{0,8}[:：(]|^(?:\(?(?:公章|盖章|签字|签名)\)?)$"
)
SAMPLE = re.compile(r"^[(（\[【]?(?:样例|示例|范例|样表|举例|填写示例|填报示例|例如|例)(?:\d{0,2}$|[)）\]】:：])")
SECTION = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}\)?[、.．)]|\(?\d{1,2}[、.)])?(.+?)(?:\((?:共)?(\d{1,7})[家个户所]\)|[:：]?(?:共)?(\d{1,7})[家个户所])?[:：]?$"
)
NUMBERED = re.compile(r"^\(?[一二三四五六七八九十]{1,3}[、.．)]")
_NUMBER = re.compile(
    r"^(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)?[.、)．]|\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|[①-⑳])"
)
# What a row that is no organisation begins or ends with; most names are passed over by this one look.
SUSPECT = re.compile(
    r"^\s*+(?:[(（\[【*※①-⑳\d]|其中|占|所占|同比|环比|增|平均|人均|户均|均|较|比|与|去年|上[年季月期]|年初|同期|栏次|行次|序次|列次|全|本|以上|汇|总共|[一二三四五六七八九十]|备?\s*注|说\s*明|填|制|以下|经办|审|复核|负责|分管|主要|单位|联系|报\s*[出送]|截\s*[止至]|上\s*报|统\s*计|数\s*据|编\s*制|签|公\s*章|盖|日\s*期|党委|组织委|要\s*求|补充|(?:合|总|總|小|累|共)\s*[计計數数合]|(?:样|示|范|举|例).{0,6}$|(?:样|示|范)?例[)）\]】:：])"
    r"|(?:[计計數数]|汇总)[（(\d家户个户)）:：\s]*$|(?:镇|鎮|乡|鄉|街道|苏木|区)\s*(?:[（(].{0,80})?[:：]?$|\d[家个户][)）]?$"
)

_BEGINNING = re.compile(SUSPECT.pattern.split("|(?:[计計數数]")[0])
_FIRST = frozenset(
    "其占所同环增平人户均较比与去上年栏行序列全本以汇总一二三四五六七八九十备注说填制以经审复负分主单联报截上统数编签公盖日党组要补合总總小累共样示范举例"
)
_LAST = frozenset("总总計计數数镇鎮乡鄉道木区家户个")


def suspects(texts: Sequence[str]) -> list[str]:
    """Those of many texts in which `SUSPECT` is found."""
    firsts = {letter for letter in {text[0] for text in texts} if letter in _FIRST or not letter.isalpha()}
    lasts = {letter for letter in {text[-1] for text in texts} if letter in _LAST or not letter.isalpha()}
    return [
        text
        for text in texts
        if (text[-1] in lasts or text[0] in firsts or "(" in text or "（" in text) and suspect(text)
    ]


def suspect(text: str) -> bool:
    """Whether `SUSPECT` is found in the text. Nearly all are told by their first and last letter."""
    if text[-1:] in _LAST or not text[-1:].isalpha() or "(" in text or "（" in text:
        return SUSPECT.search(text) is not None
    return (text[0] in _FIRST or not text[0].isalpha()) and _BEGINNING.match(text) is not None


def unnumbered(text: str) -> str:
    """二、白石渡造船厂 without its number."""
    return _NUMBER.sub("", text)


def is_note(cell: str) -> bool:
    """注：…, 填表人：…: what stands around a table."""
    plain = bare(cell)
    return bool(NOTE.match(plain) or SIGNATURE.match(plain))


def telling(text: str, place: bool) -> bool:
    """Whether a text announces something other than an organisation; a place does so only where names stand."""
    plain = bare(text)
    if (
        TOTAL.match(plain)
        or NOTE.match(plain)
        or SIGNATURE.match(plain)
        or SAMPLE.match(plain)
        or NUMBERED.match(plain)
        or SUMMARY.match(plain)
        or plain.startswith("其中")
    ):
        return True
    match = SECTION.match(plain)
    return (
        place
        and match is not None
        and (bool(match[2] or match[3]) or places.is_township(match[1]) or places.is_village(match[1]))
    )
