"""A number or name of a person, planted anywhere in a workbook, stands in nothing that any command writes or prints."""

# ruff: noqa: E501   (commands side by side)

import gzip
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from kit import Census

# All numbers and names are invented; the numbers only have the shape of a person's.
FORMS: dict[str, Any] = {
    "ID": "110101199003075139",
    "ID that ends in x": "11010119900307513x",
    "ID with a wrong check digit": "110101199003075130",
    "ID in three parts": "110101 19900307 5139",
    "ID in groups of four": "1101 0119 9003 0751 39",
    "ID with hyphens": "110101-19900307-5139",
    "full-width ID": "１１０１０１１９９００３０７５１３９",
    "ID with an apostrophe": "'110101199003075139",
    "ID in a text": "负责人身份证号110101199003075139，请核",
    "two in one cell": "13900000001/110101199003075139",
    "ID of fifteen digits": "110101900307513",
    "ID as a number": 110101199003075139,
    "ID as a damaged float": 1.10101199003075e17,
    "ID as the text of a float": "1.10101199003075E+17",
    "ID as a short text of a float": "1.10101199E+17",
    "ID with zeros at the end": "110101199003075000",
    "mobile": "13900000001",
    "mobile as a number": 13900000001,
    "mobile in parts": "139 0000 0001",
    "mobile with hyphens": "139-0000-0001",
    "mobile with dots": "139.0000.0001",
    "mobile with its country": "+86 139 0000 0001",
    "mobile with its country and zeros": "008613900000001",
    "full-width mobile": "１３９０００００００１",
    "mobile in a text": "电话:13900000001（白天）",
    "mobile after a letter": "Tel13900000001",
    "bank card": "6222000000000000017",
    "bank card in parts": "6222 0000 0000 0000 017",
    "bank card with hyphens": "6222-0000-0000-0000-017",
    "bank card as a number": 6222000000000000017,
    "bank card in a text": "工资卡6222000000000000017",
}
TRACES = ("1101011990", "110101900307", "1390000000", "62220000000000")
NAMED = {
    "法定代表人": "钱贰狗",
    "法人代表（签字）": "孙叁猫",
    "法定代表入": "李肆羊",
    "联糸人": "周伍马",
    "联系人及电话": "吴陆牛",
    "负责人姓名": "郑柒兔",
    "党组织书记": "王捌鼠",
    "填报人": "冯玖鸡",
    "姓　　名": "陈拾虎",
    "出资人": "褚佰龙",
    "党建指导员": "卫仟蛇",
    "负责人": "蒋万猴",
}
HEADINGS = [
    "序号",
    "单位名称",
    "统一社会信用代码",
    "所属乡镇",
    "从业人员",
    "党员总数",
    "正式党员",
    "是否建立党组织",
    "组建方式",
]
HEADINGS += ["党组织名称", "成立时间", "行业", "年营业收入（万元）", "党建指导员", "未建原因", "备注", "类别2"]


def good(number: int) -> list[Any]:
    row: list[Any] = [
        number,
        f"合成样例第{number}商行",
        None,
        "云溪镇",
        10 + number,
        4,
        3,
        "否",
        None,
        None,
        "2014.3",
        "批发业",
    ]
    return [*row, 100, 0, "党员不足3名", "季节性用工", "甲"]


def planted() -> bytes:
    """Every form in every column, in headings, titles, totals, notes, a comment, properties and names of sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, form in enumerate(FORMS.values()):
        ledger(book.create_sheet(re.sub(r"[\\/*?:\[\]]", "", f"{number}表{form}")[:31]), number, form)
        if number % 3 == 0:
            others(book, number, form)
    book.properties.creator = str(FORMS["ID"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ledger(page: Any, number: int, form: Any) -> None:
    page.append(["云溪镇两新组织台账"])
    page.append([f"填报单位：云溪镇  {form}"])
    page.append([*HEADINGS, form, f"备注{form}"])
    for column in range(len(HEADINGS)):
        row = good(100 * number + column)
        row[column] = form
        page.append([*row, form])
    row = good(100 * number + 50)
    row[1] = f"合成样例商行{form}"
    page.append([*row, form])
    page.append(["合计", None, None, None, form, 1])
    page.append([f"注：联系{form}"])
    page["B5"].comment = Comment(f"问{form}", f"{form}")


def others(book: Workbook, number: int, form: Any) -> None:
    """A card, a roster and a table of statistics."""
    card: list[list[Any]] = [
        ["单位名称", f"合成样例卡片{number}"],
        ["从业人员", 5],
        ["党员总数", form],
        ["备注", form],
        [str(form), "是"],
    ]
    roster: list[list[Any]] = [["序号", "姓名", "身份证号", "联系电话", "所在党支部"]]
    roster += [[n, "钱贰狗", form, form, "合成样例"] for n in range(1, 5)]
    statistics: list[list[Any]] = [
        ["乡镇", "单位数", "建立党委的", "没有党员的"],
        ["云溪镇", form, 1, 2],
        [form, 3, 1, 2],
        ["合计", 3, 1, 2],
    ]
    for name, rows in (("卡", card), ("花名册", roster), ("统计", statistics)):
        page = book.create_sheet(f"{name}{number}")
        for row in rows:
            page.append(row)


def with_names() -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["序号", "单位名称", "所属乡镇", "从业人员", "党员总数", "备注", *NAMED])
    for number in range(1, 9):
        page.append([
            number,
            f"合成样例第{number}厂",
            "云溪镇",
            12,
            4,
            "联系人：钱贰狗" if number == 1 else None,
            *NAMED.values(),
        ])
    page.append(["填表人：冯玖鸡", None, None, "审核人：王捌鼠", None, None])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


PEOPLE = (*NAMED.values(), "韩仟鹤", "杨伍鹿", "朱陆雁")
MISSPELT = {
    "身份证號碼": "110101199003075139",
    "身份正号": 1.10101199003075e17,
    "姓 名": "韩仟鹤",
    "手机号码(微信)": "139 0000 0001",
    "联系电活": "13900000001",
    "開戶銀行帳號": "6222 0000 0000 0000 017",
    "法人代表姓名": "杨伍鹿",
    "支部书记（兼）": "朱陆雁",
}


def with_odd_places(extra: int) -> bytes:
    """Titles over merged cells, hidden and very hidden sheets, names of areas, lists to choose from, printed headers."""
    book = Workbook()
    page = book.worksheets[0]
    page.append([f"云溪镇补报（联系人：冯玖鸡 {FORMS['mobile in parts']}，身份证{FORMS['ID with hyphens']}）"])
    page.merge_cells("A1:F1")
    page.append(["序号", "单位名称", "所属乡镇", "从业人员", "党员总数", "备注", *MISSPELT])
    for number in range(1, 7):
        row = [number, f"合成样例第{number}商行", "云溪镇", 10 + number + extra, 4 + extra, FORMS["mobile in a text"]]
        page.append([*row, *MISSPELT.values()])
    page.row_dimensions[4].hidden = page.column_dimensions["F"].hidden = True
    printed: Any = page
    printed.oddHeader.center.text = printed.oddFooter.left.text = f"{FORMS['ID']} {FORMS['mobile']}"
    hidden = book.create_sheet(f"底稿{FORMS['mobile']}")
    ledger(hidden, 40, FORMS["ID in a text"])
    hidden.sheet_state = "veryHidden"
    others(book, 41, FORMS["ID as a damaged float"])
    book.defined_names["钱贰狗"] = DefinedName("钱贰狗", attr_text=f'"{FORMS["ID"]}"')
    choice = DataValidation("list", formula1=f'"{FORMS["mobile"]},孙叁猫"')
    choice.add("F3:F8")
    page.add_data_validation(choice)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What comes in a second time, so that there is something to compare."""
    folder = tmp_path_factory.mktemp("later")
    (folder / "补报 13900000001（钱）.xlsx").write_bytes(with_odd_places(0))
    (folder / "云溪镇6222000000000000017.xlsx").write_bytes(with_odd_places(2))
    return folder


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blank form that asks for people too: what the ledger does not hold cannot be filled in."""
    book = Workbook()
    page = book.worksheets[0]
    page.append(["全县两新组织摸底表"])
    page.append([*HEADINGS, *MISSPELT, *NAMED])
    for number in range(1, 13):
        page.append([number, *([None] * (len(HEADINGS) + len(MISSPELT) + len(NAMED) - 1))])
    path = tmp_path_factory.mktemp("form") / "摸底表.xlsx"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    (folder / "云溪镇110101199003075139.xlsx").write_bytes(planted())
    (folder / "云溪镇 139 0000 0001.csv").write_text(
        "单位名称,从业人员,备注\n合成样例甲厂,3,手机13900000001\n", encoding="utf-8"
    )
    (folder / "13900000001").mkdir()
    (folder / "13900000001" / "damaged.xlsx").write_bytes(b"PK\3\4 110101199003075139 13900000001")
    (folder / "names.xlsx").write_bytes(with_names())
    return folder


COMMANDS = (
    "check {inbox}", "check {inbox} --json", "check {inbox} --csv", "check {inbox} --lang en", "doctor {inbox}", "doctor {inbox} --json",
    "ingest {inbox}", "ingest {inbox} --json", "gaps", "gaps --list", "gaps --list --json", "gaps --township --csv", "indicators",
    "indicators --json", "rounds", "verify", "report --html", "export --format jsonl", "export --format csv",
    "export --format parquet --out all.parquet", "explain 合成样例第3商行", "explain 合成样例第3商行 --json", "explain 110101199003075139",
    "check {later}", "check {later} --json", "doctor {later}", "ingest {later} --dry-run", "ingest {later} --dry-run --json", "ingest {later}",
    "diff", "diff --json", "diff --csv", "rounds --json", "explain 合成样例第3商行 --lang en", "missing", "missing --list --json", "missing --xlsx",
    "plan joint", "plan joint --json", "plan liaison --json", "plan mass --json", "report --xlsx", "report --docx", "report --annual",
    "tasks", "tasks --list", "tasks --due --json", "tasks --list --csv --lang en", "tasks --html --xlsx", "rounds --trend",
    "fill {form}", "fill {form} --json", "plan joint --keep --name 甲", "plan joint --xlsx", "plan mass --keep --name 乙",
    "plan joint --keep --name 丙 --what-if formal_threshold=2", "plan list", "plan list --json", "plan show 甲", "plan show 甲 --json",
    "plan compare 甲 丙", "plan compare 甲 丙 --json", "tasks --json",
    "gaps 无此镇", "explain 无此单位", "check {inbox}/none.xlsx", "run", "undo 2", "export --format jsonl",
)  # fmt: skip


@pytest.mark.slow
def test_nothing_personal_anywhere(inbox: Path, later: Path, form: Path, tmp_path: Path, census: Census) -> None:
    places = {"{inbox}": str(inbox), "{later}": str(later), "{form}": str(form)}
    said: dict[str, str] = {}
    for line in COMMANDS:
        words = [re.sub(r"\{\w+\}", lambda match: places[match[0]], word) for word in line.split()]
        ran = census(*words)
        assert ran.code in (0, 1, 2, 3, 5), (line, ran.code, ran.err[-500:])
        if "110101199003075139" not in line:  # what was typed may be answered
            said[line] = ran.out + ran.err
    assert "合成样例第3商行" in said["gaps --list"]
    found = {where: hits for where, text in (*said.items(), *written(tmp_path)) if (hits := traces(text))}
    assert not found, "\n".join(f"{where}: {hits[:6]}" for where, hits in found.items())


def written(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below, as text: also what is packed in Parquet, xlsx and gzip; the sender's own returns apart."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).as_posix()
        yield f"name of {inside}", "" if inside.startswith("returns/") else path.name
        if path.is_file() and not inside.startswith("returns/"):
            yield inside, "\n".join(contents(path.name, path.read_bytes()))


def contents(name: str, data: bytes) -> Iterator[str]:
    yield data.decode("utf-8", "replace")
    yield data.decode("utf-16-le", "replace")
    if name.endswith(".parquet"):
        import pyarrow.parquet as parquet

        yield str(parquet.read_table(io.BytesIO(data)).to_pylist())
        yield str(parquet.read_metadata(io.BytesIO(data)).to_dict())
    elif data.startswith(b"\x1f\x8b"):
        yield from contents(name.removesuffix(".gz"), gzip.decompress(data))
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                yield from contents(part, archive.read(part))


def traces(text: str) -> list[str]:
    """What points to a person, with some of the text around it."""
    hits = [match[0] for match in re.finditer(rf".{{0,40}}(?:{'|'.join(PEOPLE)}).{{0,20}}", text)]
    bare = re.sub(r"[\s.\-_'’]", "", unicodedata.normalize("NFKC", text))
    return hits + [match[0] for match in re.finditer(rf".{{0,60}}(?:{'|'.join(TRACES)}).{{0,20}}", bare)]
