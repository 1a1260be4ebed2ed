"""A plan of joint branches in; the workbook in which people move organisations and pin pairs (审核表) out."""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from coverage_census.files import xlsx
from coverage_census.files.disk import safe_name
from coverage_census.model.forms import Form
from coverage_census.model.joint_plan import Group, JointPlan, Leftover, PlanSentence, Unit
from coverage_census.model.plan_review import APART, BASIS, GROUPS, PAIRS, TOGETHER
from coverage_census.returns import plan_review_sums
from coverage_census.words.catalogue import LANGS, Words
from coverage_census.words.periods import label_of
from coverage_census.words.width import width

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

HEAD = 4  # row of the headings, 0-based
FRESH = 9  # groups that may be added
ROOM = 60  # rows for pairs
_WIDTHS = {
    "group": 8, "was": 9, "county": 10, "township": 11, "name": 36, "uscc": 22, "place": 14, "industry": 18,
    "formal": 9, "members": 9, "told": 52, "reason": 20,
}  # fmt: skip
_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_CELL = _FONT | {"border": 1, "border_color": "#A6A6A6", "text_wrap": True}
_HEAD = _CELL | {"bold": True, "align": "center", "bg_color": "#D6E0EC", "font_color": "#1F3A5F"}
_OPEN = {"bg_color": "#FFF9E7"}
_BANDS = ("#FFFFFF", "#F3F6FA")

Tell = Callable[[PlanSentence], str]


def workbook(plan: JointPlan, fingerprint: str, tell: Tell, words: Words) -> bytes:
    """`tell` says a reason of the plan in words."""
    made = io.BytesIO()
    with xlsx.workbook(made, "plan_review") as book:
        sheet = book.add_worksheet(words("review.sheet.groups"))
        pairs = book.add_worksheet(words("review.sheet.pairs"))
        sums = book.add_worksheet(words("review.sheet.sums"))
        basis = book.add_worksheet(words("review.sheet.basis"))
        lines = list(_lines(plan, tell, words))
        _top(book, sheet, plan, words)
        _rows(book, sheet, lines, words)
        labels: list[int | str] = [*(group.number for group in plan.groups), *_fresh(words)]
        plan_review_sums.fill(book, sums, plan, labels, (HEAD + 2, HEAD + 1 + len(lines)), words)
        _choices(book, sheet, len(lines), len(labels), words)
        _pairs(book, pairs, len(lines), words)
        _basis(book, basis, plan, fingerprint, words)
    return made.getvalue()


def name(round_label: str, words: Words) -> str:
    """联合组建方案审核表_第3轮.xlsx."""
    return safe_name(words("review.file.name", round=safe_name(round_label)))


def _fresh(words: Words) -> list[str]:
    return [words("review.text.fresh", number=number) for number in range(1, FRESH + 1)]


def _heading(form: Form, place: int, words: Words) -> str:
    return form.columns[place].headings[LANGS.index(words.lang)]


def _top(book: "Workbook", sheet: "Worksheet", plan: JointPlan, words: Words) -> None:
    limits = plan.limits
    bounds = {each: getattr(limits, each).value for each in ("units_min", "units_max", "formal_min", "members_max")}
    title = words("review.text.title", round=label_of(plan.period or plan.round, words), day=plan.policy.as_of)
    sheet.write_string(0, 0, title, book.add_format({"font_name": "黑体", "font_size": 16}))
    sheet.set_row(0, 30)
    for row, text in enumerate((words("review.text.how"), words("review.text.limits", **bounds)), start=1):
        sheet.write_string(row, 0, text, book.add_format(_FONT))
        sheet.set_row(row, 18)
    for place, column in enumerate(GROUPS.columns):
        form = _HEAD | ({"bg_color": "#FFE699"} if column.key in ("group", "reason") else {})
        sheet.write_string(HEAD, place, _heading(GROUPS, place, words), book.add_format(form))
        sheet.set_column(place, place, _WIDTHS[column.key])
    sheet.set_row(HEAD, 32)


Line = tuple[int | None, Unit, str]
"""Group number, organisation, what the plan says of it."""


def _lines(plan: JointPlan, tell: Tell, words: Words) -> Iterator[Line]:
    for group in plan.groups:
        for number, unit in enumerate(group.units):
            yield group.number, unit, _told(group, tell, words) if number == 0 else ""
    for left in plan.leftovers:
        yield None, left.unit, _left(left, tell)


def _told(group: Group, tell: Tell, words: Words) -> str:
    said = [words("review.text.lead"), *(tell(each) for each in group.reasons)]
    if group.absent:
        said.append(words("review.text.absent", number=group.absent))
    return words("review.text.between").join(said)


def _left(left: Leftover, tell: Tell) -> str:
    return tell(left.said)


def _rows(book: "Workbook", sheet: "Worksheet", lines: Sequence[Line], words: Words) -> None:
    """Groups in bands; the columns to fill in are light yellow."""
    known: dict[tuple[bool, bool, str], Format] = {}

    def form(opened: bool, right: bool, band: str) -> "Format":
        key = (opened, right, band)
        if key not in known:
            look = {"num_format": "@"} | (_OPEN if opened else {"bg_color": band})
            look |= {"align": "center"} if opened or right else {}
            known[key] = book.add_format(_CELL | look)
        return known[key]

    for row, (number, unit, told) in enumerate(lines, start=HEAD + 1):
        band = _BANDS[(number or 0) % 2]
        figures = {"formal": unit.formal_low, "members": unit.members}
        figures |= {"group": number, "was": number} if number is not None else {}
        texts = {
            "county": unit.county, "township": unit.township, "name": unit.name, "uscc": unit.uscc,
            "place": "、".join(each for each in (unit.zone, unit.village) if each), "industry": unit.industry,
            "told": told,
        }  # fmt: skip
        for place, column in enumerate(GROUPS.columns):
            look = form(column.key in ("group", "reason"), column.key in ("was", "formal", "members"), band)
            if column.key in figures:
                sheet.write_number(row, place, figures[column.key], look)
            elif text := texts.get(column.key):
                sheet.write_string(row, place, text, look)
            else:
                sheet.write_blank(row, place, None, look)
        sheet.set_row(row, 15 * max(_high(text, _WIDTHS[name]) for name, text in texts.items()) + 3)
    sheet.freeze_panes(HEAD + 1, 2)
    sheet.autofilter(HEAD, 0, HEAD + max(len(lines), 1), len(GROUPS.columns) - 1)
    _page(sheet)


def _high(text: str | None, columns: int) -> int:
    """Lines that a text takes in a cell so wide."""
    return max(1, -(-width(text or "") // (columns - 2)))


def _page(sheet: "Worksheet") -> None:
    """A4 landscape, one sheet of paper wide, headings on each."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.5)
    sheet.set_footer("&C&P / &N")


def _choices(book: "Workbook", sheet: "Worksheet", lines: int, labels: int, words: Words) -> None:
    """Known numbers to choose from; who moved is marked."""
    last = HEAD + max(lines, 1)
    source = f"='{words('review.sheet.sums')}'!$A$2:$A${labels + 1}"
    rule = {"validate": "list", "source": source, "error_message": words("review.text.choose"), "ignore_blank": True}
    sheet.data_validation(HEAD + 1, 0, last, 0, rule)
    first = HEAD + 2
    orange = book.add_format({"bg_color": "#F4B183", "bold": True})
    moved = {"type": "formula", "criteria": f'=$A{first}&""<>$B{first}&""'}
    sheet.conditional_format(HEAD + 1, 0, last, 1, moved | {"format": orange})


def _pairs(book: "Workbook", sheet: "Worksheet", lines: int, words: Words) -> None:
    open_, head = book.add_format(_CELL | _OPEN | {"num_format": "@"}), book.add_format(_HEAD | {"bg_color": "#FFE699"})
    sheet.write_string(0, 0, words("review.text.pairs"), book.add_format(_FONT))
    for place, wide in enumerate((36, 24, 36, 30)):
        sheet.set_column(place, place, wide)
        sheet.write_string(2, place, _heading(PAIRS, place, words), head)
        for row in range(3, 3 + ROOM):
            sheet.write_blank(row, place, None, open_)
    names = f"='{words('review.sheet.groups')}'!$E${HEAD + 2}:$E${HEAD + 1 + max(lines, 1)}"
    for place in (0, 2):
        sheet.data_validation(3, place, 2 + ROOM, place, {"validate": "list", "source": names, "error_type": "warning"})
    rules = [each[LANGS.index(words.lang)] for each in (TOGETHER, APART)]
    sheet.data_validation(3, 1, 2 + ROOM, 1, {"validate": "list", "source": rules})
    sheet.freeze_panes(3, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _basis(book: "Workbook", sheet: "Worksheet", plan: JointPlan, fingerprint: str, words: Words) -> None:
    made_on = label_of(plan.period or plan.round, words)
    cells = (made_on, f"{plan.policy.name} {plan.policy.version}", str(plan.policy.as_of), fingerprint)
    for place, text in enumerate(cells):
        sheet.set_column(place, place, 24)
        sheet.write_string(0, place, _heading(BASIS, place, words), book.add_format(_HEAD))
        sheet.write_string(1, place, text, book.add_format(_CELL | {"num_format": "@"}))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
