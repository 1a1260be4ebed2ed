"""Values of persons, put together from kind, grouping, prefix, script, join, role word and the words around; and controls.

Everything is invented. Each axis has two halves: the code was written looking at `LOOKED_AT`, and `SET_ASIDE` was tried
on it afterwards. Names are drawn from rare characters, so that no dictionary knows them.
"""

# ruff: noqa: E501   (lists side by side)

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

LOOKED_AT, SET_ASIDE = 0, 1
Halves = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Planted:
    """A text, and what of it may stand nowhere; or, for a control, what must."""

    text: str
    secret: str
    kind: str
    how: str  # the values of the axes, for the report of a failure


AREAS = ("340828", "110105", "510104", "652901", "440306", "130102", "371302")
GROUPINGS: dict[str, tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]] = {
    "mobile": (
        ((11,), (3, 4, 4), (3, 8), (5, 6), (4, 3, 4)),
        ((7, 4), (4, 4, 3), (6, 5), (3, 3, 5), (3, 4, 2, 2), (1,) * 11),
    ),
    "id18": (((18,), (6, 8, 4), (4, 4, 4, 4, 2)), ((6, 4, 4, 4), (3, 3, 4, 4, 4), (10, 8), (6, 12), (6, 4, 2, 2, 4))),
    "id15": (((15,), (6, 6, 3)), ((6, 9), (6, 2, 2, 2, 3))),
    "card": (((0,), (4, 4, 4, 4)), ((6,), (4, 4, 4), (5, 5, 5))),  # the rest is the last group
    "landline": (((99,), (3, 4)), ((4, 3), (4, 4), (2, 2))),
}
SEPARATORS: Halves = (
    ("-", " ", "、", "_", "*", "—", "."),
    ("/", "·", "，", "  ", " - ", "–", "\u3000", "’", "\n", "~", "|"),
)
PREFIXES: Halves = (
    ("", "0", "+86", "17951"),
    ("", "0086", "86-", "+86 ", "12593", "+86-", "17909", "(+86)", "008617951"),
)
SCRIPTS: Halves = (
    ("ascii", "full", "chinese", "circled"),
    ("ascii", "arabic", "mathematical", "capital", "O", "zero-width", "superscript", "extended", "mixed", "devanagari"),
)
LABELS: dict[str, Halves] = {
    "mobile": (
        ("", "电话", "手机：", "联系电话:"),
        ("", "手机号码为", "Tel", "电话（白天）：", "联系方式/", "☎", "mob.", "請撥打"),
    ),
    "landline": (("", "电话：", "座机"), ("", "固定电话 ", "办公电话（区号）：", "TEL:", "热线", "传真：")),
    "id18": (("", "身份证号：", "身份证"), ("", "证件号码 ", "身份證號碼", "居民身份证=", "ID:", "(身份证)")),
    "id15": (("身份证号：", "身份证"), ("证件号码 ", "老身份证号")),
    "card": (("", "卡号", "账号："), ("", "银行卡号 ", "工资卡：", "开户行农行", "打款至")),
    "account": (("账号", "卡号："), ("银行账户：", "帳號 ", "对公账户/")),
    "local": (("座机", "电话："), ("固话", "办公电话 ", "值班电话是", "tel.")),
    "passport": (("", "护照"), ("", "护照号码：", "passport ", "持护照")),
    "permit": (("", "永居证"), ("", "外国人永久居留身份证：", "证件号")),
    "hong_kong": (("回乡证", ""), ("港澳居民来往内地通行证号码：", "港澳通行证 ", "")),
    "taiwan": (("台胞证", "台胞证："), ("台湾居民来往大陆通行证 ", "通行证号")),
    "qq": (("QQ", "QQ："), ("qq号", "QQ号码为", "ＱＱ ", "扣扣")),
    "wechat": (("微信：", "微信号"), ("微信号码为", "WeChat:", "VX ", "加微信 ", "wx")),
    "email": (("", "邮箱："), ("", "电子邮件 ", "E-mail:", "发至")),
}
AROUND: Halves = (
    ("{}", "样例{}", "已报，{}", "{}（请核）", "年报由镇里代填。{}"),
    ("{}有限公司", "【{}】", "样例镇一楼，{}，季节性用工", "{}；2019年3月5日成立", "从业人员12人 {} 党员3名", "见备注\n{}", "({})", "“{}”", "{}个人的"),
)  # fmt: skip

SURNAMES: Halves = (
    ("宓", "佴", "查", "欧阳", "王"),
    ("郏", "亓", "竺", "汜", "厍", "仝", "邝", "令狐", "李", "仉", "佘", "马"),
)
GIVEN: Halves = (("旻瑄", "蘅", "瓅霁", "荻翀"), ("芃瑀", "皞", "蓁蕤", "翙菀", "琤葭", "曈", "珺昪", "璟翀"))
ROLES: Halves = (
    ("负责人", "法定代表人", "支书", "联系人", "书记", "会长", "经办人", "党建指导员"),
    ("实际控制人", "召集人", "网格员", "理事长", "工会主席", "包联干部", "填表人", "村支书", "总经理", "股东", "出纳", "督导员", "第一书记", "法代", "带头人", "挂点领导", "联络员", "業主", "負責人", "联 系 人", "店长", "监事", "楼长", "经营者"),
)  # fmt: skip
JOINS: Halves = (
    ("{r}：{n}", "{r}{n}", "{r}为{n}", "{n}（{r}）", "由{n}同志负责", "{r} {n}"),
    ("{r}:{n}", "{r}是{n}", "{r}/{n}", "{r}={n}", "{r}，{n}", "{r}（签字）：{n}", "{r}——{n}", "{r}姓名：{n}", "{r}　{n}", "{n}({r})", "{r}由{n}担任", "{r}系{n}", "{n}任{r}", "{n}，{r}", "{n} {r}", "{r}|{n}", "{r}[{n}]", "{r}→{n}", "{r}\n{n}", "{r}现为{n}", "请{n}同志联系", "{r}「{n}」", "现任{r}{n}", "{r}叫{n}", "{r}：{n}同志", "{r}_{n}", "{r};{n}", "{r}签名 {n}", "{r}（兼）{n}", "{r}·{n}", "{r}：\u200b{n}"),
)  # fmt: skip
LISTS: Halves = (
    ("{a}", "{a}、{b}"),
    ("{a}", "{a}，{b}", "{a} {b}", "{a}和{b}", "{a}/{b}", "{a}、{b}、{c}", "{a}及{b}", "{a}；{b}"),
)
AFTER: Halves = (
    ("{}", "{}因外出未签字", "{}，电话已记"),
    ("{}。", "{}不在家", "{}长期在外", "{}；暂不具备条件", "{}（男）", "{}已退休", "{}，外出务工", "{} 党员3名", "{}负责填报", "样例有限公司，{}", "样例有限公司（{}）", "样例有限公司 {}", "经核实，{}"),
)  # fmt: skip

_CHINESE, _CAPITAL = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_CIRCLED, _RAISED = "⓪①②③④⑤⑥⑦⑧⑨", "⁰¹²³⁴⁵⁶⁷⁸⁹"


def written(digits: str, script: str) -> str:
    """The same number in another script."""
    starts = {"full": "０", "arabic": "٠", "mathematical": "𝟎", "extended": "۰", "devanagari": "०"}
    if script in starts:
        return "".join(chr(ord(starts[script]) + int(each)) if each in "0123456789" else each for each in digits)
    alphabet = {"chinese": _CHINESE, "capital": _CAPITAL, "circled": _CIRCLED, "superscript": _RAISED}.get(script)
    if alphabet:
        return "".join(alphabet[int(each)] if each in "0123456789" else each for each in digits)
    if script == "O":
        return digits.replace("0", "O")
    if script == "zero-width":
        return "\u200b".join(digits)
    if script == "mixed":
        return "".join(written(each, ("ascii", "full", "circled")[place % 3]) for place, each in enumerate(digits))
    return digits


def luhn(body: str) -> str:
    doubled = [int(each) * (2 if place % 2 == 0 else 1) for place, each in enumerate(reversed(body))]
    return body + str(-sum(each // 10 + each % 10 for each in doubled) % 10)


def check_18(body: str) -> str:
    """The last sign of a resident's ID (ISO 7064 MOD 11-2)."""
    return body + "10X98765432"[sum(int(each) * pow(2, 17 - place, 11) for place, each in enumerate(body)) % 11]


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@st.composite
def day(draw: st.DrawFn, short: bool = False) -> str:
    year = draw(st.integers(1940, 2007))
    return f"{year % 100 if short else year:02}{draw(st.integers(1, 12)):02}{draw(st.integers(1, 28)):02}"


@st.composite
def number_of(draw: st.DrawFn, kind: str) -> str:
    """One number of that kind, in plain digits."""
    if kind == "mobile":
        return "1" + draw(st.sampled_from("3456789")) + draw(digits(9))
    if kind == "id18":
        return check_18(draw(st.sampled_from(AREAS)) + draw(day()) + draw(digits(3)))
    if kind == "id15":
        return draw(st.sampled_from(AREAS)) + draw(day(short=True)) + draw(digits(3))
    if kind == "card":
        head = draw(st.sampled_from(["62", "9558", "4", "51", "35", "6013", "370246", "955", "68"]))
        size = draw(st.sampled_from([16, 17, 19] if head != "62" else [16, 17, 18, 19]))
        return luhn(head + draw(digits(size - 1 - len(head))))
    if kind == "landline":
        area = draw(st.sampled_from(["0556", "010", "021", "0371", "0755", "0898", "0991"]))
        return (
            area
            + draw(st.sampled_from("2345678"))
            + draw(digits(7 if len(area) == 3 else draw(st.sampled_from([6, 7]))))
        )
    if kind == "permit":
        return check_18(
            "9"
            + draw(st.sampled_from(["11", "31", "44"]))
            + draw(st.sampled_from(["124", "840", "392"]))
            + draw(day())
            + draw(digits(3))
        )
    made = {
        "account": ("3", 16),
        "local": (draw(st.sampled_from("2345678")), 6),
        "passport": ("E", 8),
        "hong_kong": ("H", 8),
        "taiwan": ("", 8),
        "qq": ("3", 8),
    }
    head, size = made[kind]
    return head + draw(digits(size))


def grouped(number: str, sizes: tuple[int, ...], separator: str) -> str:
    parts = []
    for size in sizes:
        parts.append(number[: size or len(number)])
        number = number[size or len(number) :]
    return separator.join(part for part in [*parts, number] if part)


@st.composite
def numbers(draw: st.DrawFn, half: int) -> Planted:
    """A number of a person in a text."""

    def pick(halves: Any) -> Any:
        return draw(st.sampled_from(halves[half]))

    kind = draw(
        st.sampled_from(
            ["mobile"] * 3
            + ["id18"] * 2
            + ["id15", "card", "landline", "account", "local", "passport", "permit", "hong_kong", "taiwan", "qq"]
        )
    )
    number = draw(number_of(kind))
    separator, sizes, script, prefix = "", (99,), pick(SCRIPTS), ""
    if kind in GROUPINGS:
        sizes, separator = pick(GROUPINGS[kind]), pick(SEPARATORS)
    if kind == "mobile":
        prefix = pick(PREFIXES)
    text = grouped(number, sizes, separator)
    if kind == "landline":
        area = number[: 3 if number[1] in "12" else 4]
        local = grouped(number[len(area) :], sizes, separator)
        text = draw(
            st.sampled_from(
                [
                    (f"{area}-{local}", f"{area} {local}"),
                    (
                        f"({area}){local}",
                        f"{area}—{local}",
                        area + local,
                        f"+86-{area[1:]}-{local}",
                        f"{area}-{local}-801",
                        f"{area}-{local}转8012",
                    ),
                ][half]
            )
        )
        number = number[len(area) :]
    shown = written(text, script)
    label, around = pick(LABELS[kind]), pick(AROUND)
    return Planted(
        around.format(label + prefix + shown),
        number,
        kind,
        f"{sizes} {separator!r} {script} {prefix!r} {label!r} {around!r}",
    )


@st.composite
def addresses(draw: st.DrawFn, half: int) -> Planted:
    kind = draw(st.sampled_from(["wechat", "email"]))
    label, around = draw(st.sampled_from(LABELS[kind][half])), draw(st.sampled_from(AROUND[half]))
    name = "q" + draw(st.text("abcdefghjkmnp0123456789_", min_size=6, max_size=10)) + "z7"
    text = (
        name
        if kind == "wechat"
        else name
        + draw(
            st.sampled_from([("@qq.com", "@163.com"), ("@yeah.net", " @ 126.com", "＠qq.com", "@mail.xx.gov.cn")][half])
        )
    )
    return Planted(around.format(label + text), name, kind, f"{label!r} {around!r}")


@st.composite
def names(draw: st.DrawFn, half: int) -> Planted:
    """One to three names after or before a role word."""

    def pick(halves: Any) -> Any:
        return draw(st.sampled_from(halves[half]))

    people = [pick(SURNAMES) + pick(GIVEN) for _ in range(3)]
    role, join, many, after = pick(ROLES), pick(JOINS), pick(LISTS), pick(AFTER)
    if not join.endswith("{n}") or "{n}" in join[:3]:
        many = "{a}"
    listed = many.format(a=people[0], b=people[1], c=people[2])
    which = draw(
        st.sampled_from([
            each for place, each in enumerate(people) if "abc"[place] in many.replace("{", "").replace("}", "")
        ])
    )
    text = after.format(join.format(r=role, n=listed))
    return Planted(text, which, "name", f"{role} {join!r} {many!r} {after!r}")


def persons(half: int) -> st.SearchStrategy[Planted]:
    return st.one_of(numbers(half), numbers(half), names(half), names(half), addresses(half))


CONTROLS: Halves = (
    ("样例王医生口腔门诊部", "样例书记惠民超市有限公司", "负责人外出务工，暂不具备条件", "样例职业经理人协会", "书记工作室联合党支部", "邮编246600", "注册资本{n10}元", "2019年3月5日成立", "2019-03-05至2022-03-04", "经费1,380,000.00元", "岳组〔2019〕12号", "原代码{uscc}", "注册号{old15}", "已核实，数字以年报为准", "样例镇张三五金店", "支部书记由镇党委选派"),
    ("负责人常年在外经商", "法定代表人变更中", "负责人高度重视党建工作", "联系人待定", "负责人：无", "书记：暂缺", "经办人未签字", "书记项目已立项", "样例会计师事务所", "样例老板娘饭店", "样例董事长俱乐部", "样例律师事务所", "许可证编号JY1{n10}", "登记证号：{n13}", "总投资13800000000元", "营业收入1500、1200、300万元", "2019.03.05—2022.03.04", "20190305-20220304", "面积13800138平方米", "统一社会信用代码 {uscc_digits}", "统一社会信用代码：{uscc}，已变更", "社证字第{n6}号", "皖岳民字〔2020〕第{n6}号", "共12人、党员3人、职工5人", "营业收入12345.67万元，纳税234.5万元", "门牌号12-3-401", "响肠镇样例街8号 邮政编码：246601", "2026年第2季度补报", "经理人才中心", "该企业已停产，待注销", "与样例村党总支联合组建", "负责人为党员", "法人代表是党员", "书记为镇下派干部", "由镇党委负责", "村党支部书记兼任", "企业负责人不支持", "党员3名：正式2名、预备1名", "职工120人，其中女职工30人，党员5人，入党积极分子2人", "教职工人数：37、25、31、48、90", "指导员已选派", "联系人同上", "样例县李四粮油店", "样例老主任茶馆", "样例王师傅修理铺", "主任医师工作室", "责任单位：样例镇党委", "联系单位：县委组织部", "填报单位：样例镇", "负责人：同法定代表人", "原注册号 {old13}", "组织机构代码{org9}", "经营场所：样例路13号1幢802室", "成立于1998年12月31日，2003年5月更名", "近3年产值：13800、15000、16200万元"),
)  # fmt: skip


@st.composite
def controls(draw: st.DrawFn, half: int) -> Planted:
    """A text in which nothing is personal: it stays as it is."""
    template = draw(st.sampled_from(CONTROLS[half]))
    filled = template
    for name in ("n6", "n10", "n13"):
        filled = filled.replace("{" + name + "}", draw(st.sampled_from("12345678")) + draw(digits(int(name[1:]) - 1)))
    if "{uscc" in filled or "{old" in filled or "{org" in filled:
        area = draw(st.sampled_from(AREAS))
        body = draw(digits(8))
        filled = filled.replace("{uscc}", uscc("91" + area + "MA" + body[:6])).replace(
            "{uscc_digits}", uscc_of_digits("52" + area, body)
        )
        filled = (
            filled
            .replace("{old15}", registration(area + "0" + body[:7]))
            .replace("{old13}", area + "2" + body[:6])
            .replace("{org9}", organisation(body))
        )
    return Planted(filled, filled, "control", template)


def organisation(body: str) -> str:
    return body + "-" + inner(body)


def inner(body: str) -> str:
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return "0123456789X0"[
        -sum(weight * letters.index(each) for weight, each in zip((3, 7, 9, 10, 5, 8, 4, 2), body, strict=True)) % 11
    ]


def uscc(head: str) -> str:
    """The last two signs of a code whose first sixteen are `head`."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    head += inner(head[8:])
    return head + letters[-sum(pow(3, place, 31) * letters.index(each) for place, each in enumerate(head)) % 31]


def uscc_of_digits(head: str, body: str) -> str:
    """One that has no letter at all, as many old ones have."""
    start = int(body)
    return next(each for step in range(500) if (each := uscc(head + f"{(start + step) % 10**8:08}")).isdecimal())


def registration(body: str) -> str:
    """A 注册号 of fifteen digits with its check digit (ISO 7064 MOD 11,10)."""
    rest = 10
    for each in body:
        rest = ((int(each) + rest) % 10 or 10) * 2 % 11
    return body + str((11 - rest) % 10)
