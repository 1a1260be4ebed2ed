"""The truth about a survey in; what six other offices have in their registers, each name with whose it is, out.

They disagree with the survey on purpose: names that it lacks, names that they lack, other spellings, renamed firms, one
code with two firms, those that are closed and still listed, joint unions with all whom they cover.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from coverage_census.places import divisions
from coverage_census.sample.registers.beside import CASES, beside
from coverage_census.sample.registers.names import words
from coverage_census.sample.registers.noise import noisy, with_ending
from coverage_census.sample.units import uscc
from coverage_census.sample.units.unit import Cell, Day

Surveyed = Mapping[str, Any]
"""One organisation of the truth."""

_LISTED = 0.92  # of those that should be
_COPIED = {"branch": 0.5, "not_surveyed": 0.1}  # of a case, those that stand under somebody else's code
_BESIDE, _UNKNOWN = 0.15, 0.08  # rows more, of those listed


@dataclass(frozen=True)
class RegisterLine:
    """One row. `organisations`: the surveyed names that it means, () for one that the survey lacks; `case`: what it is
    an example of, "" for an ordinary one."""

    cells: tuple[Cell | Day, ...]
    organisations: tuple[str, ...] = ()
    case: str = ""


@dataclass(frozen=True)
class OfficeRegister:
    """A register as its office sends it."""

    kind: str
    file: str
    title: str
    headings: tuple[str, ...]
    lines: list[RegisterLine] = field(default_factory=list)


def registers(surveyed: Sequence[Surveyed], year: int, rng: Random) -> list[OfficeRegister]:
    """All six; `year`: of the survey."""
    clerk = _Clerk(year, rng)
    firms = [each for each in surveyed if _kind(each) != "social_org"]
    found = [
        OfficeRegister(
            "market", "市场监管局登记名录.xlsx", "市场主体登记名录",
            ("企业名称", "统一社会信用代码", "成立日期", "住所", "登记状态", "从业人数"), clerk.market(firms),
        ),
        OfficeRegister(
            "civil", "民政局社会组织名录.xlsx", "社会组织登记名录",
            ("名称", "登记证号", "类型", "业务主管单位", "年检结论"),
            clerk.civil([each for each in surveyed if _kind(each) == "social_org"]),
        ),
        OfficeRegister(
            "tax", "税务局纳税人名册.xlsx", "纳税人名册", ("纳税人识别号", "纳税人名称", "纳税人状态", "个税人数"),
            clerk.tax(firms),
        ),
        OfficeRegister(
            "union", "总工会基层工会名册.xlsx", "基层工会组织名册",
            ("基层工会名称", "覆盖单位", "会员数", "建会方式", "法人资格证号"), clerk.union(surveyed),
        ),
        OfficeRegister(
            "league", "团委团组织名册.xlsx", "两新组织团组织名册", ("团组织全称", "团员数"),
            clerk.mass(surveyed, "league", "has_league", lambda name, ending, members: (name, members)),
        ),
        OfficeRegister(
            "women", "妇联妇女组织名册.xlsx", "两新组织妇女组织名册", ("妇女组织名称", "类型"),
            clerk.mass(surveyed, "women", "has_women_org", lambda name, ending, members: (name, ending)),
        ),
    ]  # fmt: skip
    return [each for each in found if each.lines]


def _kind(each: Surveyed) -> str:
    return str(each.get("kind") or each["may"].get("kind"))


class _Clerk:
    """Writes rows as the clerks of other offices do."""

    def __init__(self, year: int, rng: Random) -> None:
        self.year, self.rng = year, rng
        self.number = 500_000_000 + rng.randrange(10**6)  # of codes that nobody else has

    def market(self, firms: Sequence[Surveyed]) -> list[RegisterLine]:
        """True names and a code for everybody; one in forty renamed, some closed."""
        lines = []
        for each in self._some(firms):
            name, case = each["name"], ""
            if self.rng.random() < 0.025:
                name, case = beside(name, each["county"], "sister_in_another_trade", self.rng), "renamed"
            status = self.rng.choices(("存续（在营、开业、在册）", "注销", "吊销，未注销"), (94, 4, 2))[0]
            closed = case or ("still_listed" if status[0] != "存" else "")
            lines.append(self._firm(name, self._code(each), each, status, (each["name"],), closed))
        for name, township, case, of in self._more(firms):
            taken = of.get("uscc") if self.rng.random() < _COPIED.get(case, 0) else None
            case = "one_code_two_firms" if taken and case != "branch" else case
            lines.append(self._firm(name, taken or self._new("91", of), {**of, "township": township}, "存续", (), case))
        return self._shuffled(lines)

    def civil(self, social: Sequence[Surveyed]) -> list[RegisterLine]:
        """Three in four with codes, the others with an old number of registration."""
        lines = []
        for each in self._some(social):
            number = each.get("uscc") or f"{each['county'][0]}民证字第{self.rng.randrange(10000, 99999)}号"
            checked = self.rng.choice(("合格", "合格", "基本合格", "未参检"))
            office = self.rng.choice(("县教育局", "县民政局", "县工商业联合会"))
            kind = each.get("subtype") or "社会团体"
            name = noisy(each["name"], _county(each), self.rng)
            lines.append(RegisterLine((name, number, kind, office, checked), (each["name"],)))
        return self._shuffled(lines)

    def tax(self, firms: Sequence[Surveyed]) -> list[RegisterLine]:
        """Taxpayers; some still under the fifteen digits (region and organisation code) of before 2015."""
        lines = []
        for each in self._some(firms, 0.7):
            code = self._code(each)
            old = self.rng.random() < 0.1
            shown = code[2:8] + code[8:17] if old else code
            name = noisy(each["name"], _county(each), self.rng)
            cells = (shown, name, self.rng.choice(("正常", "正常", "正常", "非正常")), each.get("employees"))
            lines.append(RegisterLine(cells, (each["name"],), "old_number" if old else ""))
        return self._shuffled(lines)

    def union(self, surveyed: Sequence[Surveyed]) -> list[RegisterLine]:
        """No codes; joint unions with all whom they cover, two of them with the first few and 等N家."""
        having = [each for each in surveyed if each.get("has_union")]
        lines = list(self._joint(having))
        covered = {name for line in lines for name in line.organisations}
        alone = [each for each in having if each["name"] not in covered]
        for each in self._some(alone):
            lines.append(self._own_union(each["name"], each, (each["name"],), ""))
        for name, _, case, of in self._more(alone):
            lines.append(self._own_union(name, of, (), case))
        without = [each for each in surveyed if each.get("has_union") is False]
        for each in self.rng.sample(without, min(len(without), 4)):
            lines.append(self._own_union(each["name"], each, (each["name"],), "survey_says_none"))
        towns = sorted({each["township"] for each in surveyed if each.get("township")})
        for town in towns[:2]:
            lines.append(RegisterLine((f"{town}联合工会", None, None, "区域联合", None), (), "area_union"))
        return self._shuffled(lines)

    def mass(
        self, surveyed: Sequence[Surveyed], office: str, fact: str, cells: Callable[[str, str, int], tuple[Cell, ...]]
    ) -> list[RegisterLine]:
        """Names with their endings; two that the survey says have none."""
        having = self._some([each for each in surveyed if each.get(fact)])
        without = [each for each in surveyed if each.get(fact) is False]
        extra = self.rng.sample(without, min(len(without), 2)) if having else []
        lines = []
        for each in (*having, *extra):
            ending = str(self.rng.choice(words()["endings"][office]))
            name = each["name"]
            if office == "league" and self.rng.random() < 0.3:
                name, ending = f"共青团{name}", "支部委员会"
            case = "" if each.get(fact) else "survey_says_none"
            members = self.rng.randint(3, 12)
            lines.append(RegisterLine(cells(name + ending, ending, members), (each["name"],), case))
        return self._shuffled(lines)

    def _own_union(self, name: str, of: Surveyed, organisations: tuple[str, ...], case: str) -> RegisterLine:
        written = noisy(name, _county(of), self.rng) if self.rng.random() < 0.4 else name
        members = self.rng.randint(3, max(3, int(of.get("employees") or 10)))
        cells = (with_ending(written, "union", self.rng), None, members, "单独建会", None)
        return RegisterLine(cells, organisations, case)

    def _joint(self, having: Sequence[Surveyed]) -> Iterator[RegisterLine]:
        by_town: dict[str, list[Surveyed]] = {}
        for each in having:
            by_town.setdefault(each["township"], []).append(each)
        towns = [town for town in sorted(by_town) if len(by_town[town]) >= 4][:4]
        for at, town in enumerate(towns):
            covers = [each["name"] for each in self.rng.sample(by_town[town], 4)]
            shown = "、".join(covers[:2]) + f"等{len(covers)}家" if at % 2 else "、".join(covers)
            told = tuple(covers[:2] if at % 2 else covers)
            case = "joint_union_and_others" if at % 2 else "joint_union"
            name, members = f"{covers[0]}等{len(covers)}家企业联合工会", self.rng.randint(20, 60)
            yield RegisterLine((name, shown, members, "联合建会", None), told, case)

    def _firm(
        self, name: str, code: str, of: Surveyed, status: str, organisations: tuple[str, ...], case: str
    ) -> RegisterLine:
        founded = of.get("registered_on")
        day = Day(founded) if founded and len(founded) == 10 else Day(f"{self.rng.randint(2003, self.year - 1)}-06-18")
        house = (
            f"{of['county']}{of.get('township') or ''}{self.rng.choice(words()['roads'])}{self.rng.randint(1, 300)}号"
        )
        return RegisterLine((name, code, day, house, status, of.get("employees")), organisations, case)

    def _some(self, surveyed: Sequence[Surveyed], share: float = _LISTED) -> list[Surveyed]:
        return [each for each in surveyed if self.rng.random() < share]

    def _more(self, surveyed: Sequence[Surveyed]) -> Iterator[tuple[str, str, str, Surveyed]]:
        """Name, township, case and neighbour of organisations that the survey lacks."""
        towns = sorted({each["township"] for each in surveyed if each.get("township")})
        taken = {each["name"] for each in surveyed}
        for of in self.rng.sample(list(surveyed), int(len(surveyed) * _BESIDE)):
            case = self.rng.choice(list(CASES))
            name = beside(of["name"], of["county"], case, self.rng)
            elsewhere = [each for each in towns if each != of.get("township")]
            if (name not in taken or case == "same_name_in_another_township") and elsewhere:
                yield name, self.rng.choice(elsewhere), case, of
        for of in self.rng.sample(list(surveyed), int(len(surveyed) * _UNKNOWN)):
            brand = "".join(self.rng.sample(words()["brand"], 3))
            name = f"{of['county']}{brand}{self.rng.choice(words()['whole'])}有限公司"
            if name not in taken:
                yield name, self.rng.choice(towns), "not_surveyed", of

    def _code(self, of: Surveyed) -> str:
        """The surveyed code, or one more; one in forty firms was a sole trader and kept its 92."""
        if of.get("uscc"):
            return str(of["uscc"])
        return self._new("92" if _kind(of) == "sole_trader" or self.rng.random() < 0.025 else "91", of)

    def _new(self, office: str, of: Surveyed) -> str:
        self.number += 1
        return uscc.make(office, _county(of).code, self.number)

    def _shuffled(self, lines: list[RegisterLine]) -> list[RegisterLine]:
        self.rng.shuffle(lines)
        return lines


def _county(of: Surveyed) -> divisions.County:
    return divisions.county(of["county"])[0]
