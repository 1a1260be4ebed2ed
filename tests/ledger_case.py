"""Invented counties of any kind of dirt, from a seed: a survey as a township would send it, written as a csv file."""

import csv
import random
from pathlib import Path

TOWNSHIPS = ("文峰镇", "河口乡", "清水街道", "空山乡")
HEAD = (
    "单位名称", "单位类别", "所属乡镇", "经营状态", "从业人员", "女职工数", "团员人数", "党员总数", "正式党员",
    "预备党员", "是否建立党组织", "组建方式", "党组织名称", "党建工作指导员、联络员", "是否规模以上", "是否建立工会",
    "是否建立团组织", "是否建立妇女组织", "是否正常开展活动", "登记时间",
)  # fmt: skip
_STEMS = (
    "白鹭渡", "青石坡", "松涛岭", "望江亭", "竹影轩", "云栖台", "月牙湾", "红枫谷", "碧水湾", "金钟坪", "石门坎",
    "柳絮洲",
)  # fmt: skip
_TRADES = ("茶业", "木业", "食品", "机械", "建材", "服饰", "物流", "电子", "养殖", "包装")
_KINDS = (
    ("非公有制企业", "有限公司"),
    ("社会组织", "协会"),
    ("专业合作社", "专业合作社"),
    ("个体工商户", "经营部"),
    ("", "有限公司"),
)
_STATUSES = ("正常", "正常", "正常", "正常", "停业", "注销", "空壳", "迁出", "")


def survey(path: Path, seed: int, day: str) -> Path:
    """As of `day`, as a clerk writes it: up to 40 organisations in up to four townships, blanks and ended ones too."""
    rng = random.Random(seed)
    townships = rng.sample(TOWNSHIPS, rng.randint(1, len(TOWNSHIPS)))
    stated = rng.random()  # how much this county fills in
    names = rng.sample([(stem, trade) for stem in _STEMS for trade in _TRADES], rng.randint(1, 40))
    rows = [_row(rng, stem + trade, rng.choice(townships), stated) for stem, trade in names]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["云岭县两新组织党建台账"], [f"截止日期：{day}"], HEAD, *rows])
    return path


def _row(rng: random.Random, stem: str, township: str, stated: float) -> list[object]:
    kind, ending = rng.choice(_KINDS)
    formal, probationary = rng.choice((0, 0, 1, 2, 3, 5)), rng.choice((0, 0, 0, 1))
    built = rng.random() < 0.5 and formal > 0

    def filled(value: object) -> object:
        return value if rng.random() < 0.35 + 0.65 * stated else ""

    def flag(share: float) -> object:
        return filled("是" if rng.random() < share else "否")

    employees = filled(rng.choice((1, 2, 8, 20, 49, 50, 51, 120, "约50人", "30-50", "100余人")))
    own = "" if not built else f"{stem}党支部" if rng.random() < 0.6 else f"{township}联合党支部{rng.randint(1, 2)}"
    form = "" if not built else "联合组建" if "联合" in own else rng.choice(("单独组建", "挂靠组建", ""))
    return [
        stem + ending, kind, township, rng.choice(_STATUSES), employees,
        filled(rng.randint(0, 6)), filled(rng.randint(0, 5)),
        filled(formal + probationary), filled(formal), filled(probationary), "是" if built else flag(0.0), form, own,
        "" if built else filled(rng.choice((0, 1))), flag(0.3), flag(0.4), flag(0.2), flag(0.2),
        flag(0.7) if built else "", filled(rng.choice(("2012-05-01", "2019-03-01", "2020-02-10"))),
    ]  # fmt: skip
