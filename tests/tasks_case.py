"""A small county and its tasks, for the tests of `census tasks`; every name is invented."""

import json
from typing import Any

from kit import Census

HEAD = (
    "| 单位名称 | 统一社会信用代码 | 县 | 乡镇 | 职工总数 | 党员总数 | 正式党员 "
    "| 是否建立党组织 | 组建方式 | 是否建立工会 |"
)
ONE = """
| 青石坡木业公司 | | 样例县 | 文峰镇 | 20 | 4 | 4 | 否 | | 否 |
| 白鹭渡茶厂 | | 样例县 | 文峰镇 | 8 | 0 | 0 | 否 | | 否 |
| 松涛岭厂 | | 样例县 | 文峰镇 | 12 | 5 | 5 | 是 | 单独组建 | 是 |
"""


def sheet(rows: str) -> str:
    return HEAD + "\n" + rows.strip()


def tasks(census: Census, *more: str) -> dict[str, Any]:
    """Rule and organisation → task."""
    ran = census("tasks", "--list", "--json", *more)
    assert ran.code == 0, ran.err
    return {f"{each['rule']} {each['name']}": each for each in json.loads(ran.out)}


def everything(census: Census) -> dict[str, Any]:
    states = ("open", "planned", "in_progress", "to_verify", "done", "void")
    return tasks(census, *(word for state in states for word in ("--state", state)))
