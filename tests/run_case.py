"""What the tests of `census run` share: an office's inbox over three days, and the clock of each run."""

import os
import shutil
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kit import cells

HEAD = "| 单位名称 | 从业人员 | 党员总数 | 正式党员 | 预备党员 | 是否建立党组织 | 组建形式 |"

# All organisations are invented.
QINGSHI = """
| 云岭县青石镇非公企业党建台账 |
| 填报单位：青石镇 | | | | | 截止日期：2026年9月30日 |
| 单位名称 | 从业人员 | 党员总数 | 正式党员 | 预备党员 | 是否建立党组织 | 组建形式 |
| 云岭县松岩机械有限公司 | 86 | 5 | 4 | 1 | 是 | 单独组建 |
| 云岭县澄溪茶业有限公司 | 32 | 3 | 3 | 0 | 否 | |
| 云岭县柏坞建材有限公司 | 18 | 1 | 1 | 0 | 否 | |
| 云岭县竹泉物流有限公司 | 9 | 0 | 0 | 0 | 否 | |
"""
# A branch was built, a member came, and one organisation is new.
QINGSHI_LATER = """
| 云岭县青石镇非公企业党建台账 |
| 填报单位：青石镇 | | | | | 截止日期：2026年10月31日 |
| 单位名称 | 从业人员 | 党员总数 | 正式党员 | 预备党员 | 是否建立党组织 | 组建形式 |
| 云岭县松岩机械有限公司 | 86 | 5 | 4 | 1 | 是 | 单独组建 |
| 云岭县澄溪茶业有限公司 | 33 | 4 | 4 | 0 | 是 | 单独组建 |
| 云岭县柏坞建材有限公司 | 18 | 1 | 1 | 0 | 否 | |
| 云岭县竹泉物流有限公司 | 9 | 0 | 0 | 0 | 否 | |
| 云岭县枫桥电子有限公司 | 41 | 3 | 3 | 0 | 否 | |
"""
# Dirty: a sum that does not add up, a word where a number belongs, a telephone number.
BAISHUI = """
| 云岭县白水乡两新组织台账 |
| 单位名称 | 从业人员 | 党员总数 | 正式党员 | 预备党员 | 是否建立党组织 | 组建形式 | 联系电话 |
| 云岭县雁回农业专业合作社 | 21 | 4 | 2 | 1 | 否 | | 13800000000 |
| 云岭县暮云石材有限公司 | 十来个吧 | 2 | 2 | 0 | 是 | 联合组建 | 13900000000 |
| 云岭县鹭洲纺织有限公司 | 64 | 0 | 0 | 0 | 否 | | |
"""
# The sum is put right.
BAISHUI_LATER = BAISHUI.replace("| 21 | 4 | 2 | 1 |", "| 21 | 4 | 3 | 1 |").replace("十来个吧", "12")
HEKOU = """
| 云岭县河口镇两新组织台账 |
| 单位名称 | 从业人员 | 党员总数 | 正式党员 | 预备党员 | 是否建立党组织 | 组建形式 |
| 云岭县汀兰服饰有限公司 | 120 | 6 | 6 | 0 | 是 | 单独组建 |
| 云岭县石桥食品有限公司 | 15 | 0 | 0 | 0 | 否 | |
"""
CHENGGUAN = """
| 云岭县城关镇两新组织台账 |
| 单位名称 | 从业人员 | 党员总数 | 正式党员 | 预备党员 | 是否建立党组织 | 组建形式 |
| 云岭县晴川商贸有限公司 | 12 | 1 | 1 | 0 | 否 | |
"""


def book(path: Path, table: str) -> Path:
    """A workbook as Excel saves it: through a temporary name."""
    from openpyxl import Workbook

    made = Workbook()
    sheet = made.worksheets[0]
    for row in cells(table):
        sheet.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(path)
    return path


def with_password(path: Path) -> None:
    """What Office makes of a workbook with a password, saved an hour ago: nobody waits for it to grow."""
    path.write_bytes(_encrypted())
    hour_ago = time.time() - 3600
    os.utime(path, (hour_ago, hour_ago))


def _encrypted() -> bytes:
    """An OLE file that holds EncryptedPackage."""

    def entry(name: str, kind: int) -> bytes:
        none = 2**32 - 1
        fields = ((len(name) + 1) * 2, kind, 0, none, none, none, 0, 0, 0, 0, 0, 0)
        return name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBBIII16xIQQIII", *fields)

    names = [("Root Entry", 5), ("EncryptedPackage", 2), ("EncryptionInfo", 2)]
    directory = b"".join(entry(*each) for each in names).ljust(512, b"\0")
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126))
    head = bytes.fromhex("d0cf11e0a1b11ae1").ljust(24, b"\0") + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head = head.ljust(44, b"\0") + struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 2**32 - 2, 0, 2**32 - 2, 0, 0)
    return (head + b"\xff\xff\xff\xff" * 108).ljust(512, b"\0") + fat + directory


@dataclass(frozen=True)
class Run:
    """One run: when, and what happened in the office before it."""

    at: str
    before: Callable[[Path], object]


def three_days(inbox: Path) -> Mapping[str, Run]:
    """Three working days of an inbox: growing, with dirty, half-copied, duplicate, locked and encrypted files."""
    hekou = inbox / "河口镇" / "河口镇10月.xlsx"
    baishui = inbox / "白水乡" / "白水乡台账.xlsx"
    chengguan = inbox / "城关镇.xlsx"

    def first(_: Path) -> None:
        book(inbox / "青石镇" / "青石镇9月.xlsx", QINGSHI)
        book(baishui, BAISHUI)
        hekou.parent.mkdir()
        hekou.write_bytes(book(inbox.parent / "whole.xlsx", HEKOU).read_bytes()[:2500])
        with_password(chengguan)
        (inbox / "关于报送台账的通知.docx").write_bytes(b"PK\3\4")
        (inbox / "~WRL0003.tmp").write_bytes(b"x")

    def copied(_: Path) -> None:
        shutil.move(inbox.parent / "whole.xlsx", hekou)

    def twice(_: Path) -> None:
        shutil.copy(inbox / "青石镇" / "青石镇9月.xlsx", inbox / "青石镇" / "青石镇9月(1).xlsx")
        (inbox / "关于报送台账的通知.docx").unlink()

    def edited(_: Path) -> None:
        book(inbox / "青石镇" / "青石镇10月.xlsx", QINGSHI_LATER)
        book(baishui, BAISHUI_LATER)
        (baishui.parent / "~$白水乡台账.xlsx").write_bytes(b"\x05clerk")
        (inbox / "河口镇" / ".~lock.河口镇10月.xlsx#").write_text("open, but nothing was changed", encoding="utf-8")
        book(chengguan, CHENGGUAN)

    def closed(_: Path) -> None:
        (baishui.parent / "~$白水乡台账.xlsx").unlink()

    nothing: Callable[[Path], object] = lambda _: None  # noqa: E731
    return {
        "第一天 9:00": Run("2026-11-23T09:00:00+08:00", first),
        "第一天 9:30": Run("2026-11-23T09:30:00+08:00", nothing),
        "第一天 10:00": Run("2026-11-23T10:00:00+08:00", copied),
        "第二天 9:00": Run("2026-11-24T09:00:00+08:00", twice),
        "第二天 9:30": Run("2026-11-24T09:30:00+08:00", nothing),
        "第三天 9:00": Run("2026-11-25T09:00:00+08:00", edited),
        "第三天 9:30": Run("2026-11-25T09:30:00+08:00", closed),
    }
