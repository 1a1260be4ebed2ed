"""Laws of matching on small worlds of hard names: mirrored sides, shuffled rows and repeated rows change nothing."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from coverage_census.registers.matching.sides import NamesMatched, SaidPairs, Step
from coverage_census.sample.units import uscc
from register_case import N, matched

# Few values, so that nearly everything is nearly something else.
CODES = [uscc.make(office, "451425", number) for office, number in (("91", 1), ("91", 2), ("92", 3))]
NAMES = [
    "富民食品有限公司", "富民食品有限责任公司", "天等县富民食品有限公司", "富民食品（天等）有限公司", "富民食品厂",
    "富民食品有限公司工会委员会", "中共富民食品有限公司支部委员会", "富民食品有限公司城东分公司",
    "富民食品有限公司城西分公司",
    "富民食品二厂", "富民食品科技有限公司", "富民食品科贸有限公司", "富民食品科枝有限公司", "首阳镇富民食品厂",
    "富民食品合伙企业（有限合伙）", "浚鑫绿色食品包装材料机械有限公司", "浚鑫绿色食品包装材枓机械有限公司",
    "浚鑫绿色食品包装材料机械公司联合工会", "浚鑫绿色食包装材料机械有限公司", "温泉镇联合工会",
    "第一幼儿园", "第2幼儿园", "第二幼儿园",
]  # fmt: skip
ROW = st.builds(
    N,
    st.sampled_from(NAMES),
    st.sampled_from([None, None, *CODES]),
    st.sampled_from([None, None, CODES[0][8:17], "451425" + CODES[1][8:17], "451425900001234"]),
    st.sampled_from([None, "首阳镇", "首阳", "龙茗镇"]),
    st.sampled_from(["天等县", "天等县", "天等县", "田东县", None]),
    st.none(),
    st.none(),
)
WORLD = st.lists(ROW, max_size=9)
LISTED = st.lists(st.builds(N._replace, ROW, row=st.integers(1, 6), sheet=st.sampled_from("甲乙")), max_size=9)
SAID = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=4)


Places = Sequence[tuple[int, int]]


def said(ours: Sequence[N], theirs: Sequence[N], same: Places, apart: Places) -> SaidPairs:
    """The answers that speak of rows that there are."""
    fits = [[pair for pair in pairs if pair[0] < len(ours) and pair[1] < len(theirs)] for pairs in (same, apart)]
    return SaidPairs(*fits)


def by_content(found: NamesMatched, ours: Sequence[N], theirs: Sequence[N], mirrored: bool = False) -> object:
    """What came out, as a bag of what rows say."""

    def two(one: int, other: int, on: tuple[str, str] = ("", "")) -> tuple[object, ...]:
        pair = (ours[one], theirs[other], *on)
        return (pair[1], pair[0], pair[3], pair[2]) if mirrored else pair

    return (
        Counter((two(each.ours, each.theirs, each.on), each.step, each.score) for each in found.links),
        Counter((two(each.ours, each.theirs, each.on), each.why, each.score) for each in found.doubts),
        Counter(two(*pair) for pair in found.conflicts),
        found.counts,
    )


@settings(max_examples=150, deadline=None)
@given(WORLD, WORLD, SAID, SAID)
def test_mirrored(ours: list[N], theirs: list[N], same: list[tuple[int, int]], apart: list[tuple[int, int]]) -> None:
    answers = said(ours, theirs, same, apart)
    turned = SaidPairs(*([(other, one) for one, other in pairs] for pairs in (answers.same, answers.different)))
    forth, back = matched(ours, theirs, answers), matched(theirs, ours, turned)
    assert by_content(forth, ours, theirs) == by_content(back, theirs, ours, mirrored=True)


@settings(max_examples=150, deadline=None)
@given(st.data(), WORLD, WORLD)
def test_the_order_of_rows_says_nothing(data: st.DataObject, ours: list[N], theirs: list[N]) -> None:
    mine, others = data.draw(st.permutations(ours)), data.draw(st.permutations(theirs))
    assert by_content(matched(ours, theirs), ours, theirs) == by_content(matched(mine, others), mine, others)


@settings(max_examples=100, deadline=None)
@given(WORLD, WORLD, SAID, SAID)
def test_what_a_link_and_a_question_may_be(
    ours: list[N], theirs: list[N], same: list[tuple[int, int]], apart: list[tuple[int, int]]
) -> None:
    answers = said(ours, theirs, same, apart)
    found = matched(ours, theirs, answers)
    by_step = [each for each in found.links if each.step is not Step.PERSON]
    for place in (0, 1):
        assert max(Counter(each[place] for each in by_step).values(), default=0) <= 1
        assert max(Counter(each[place] for each in found.doubts).values(), default=0) <= 2
        assert not {each[place] for each in by_step} & {each[place] for each in found.links if each not in by_step}
        assert not {each[place] for each in (*found.links, *found.doubts)} & set(found.repeated[place])
    for each in by_step:
        one, other = ours[each.ours], theirs[each.theirs]
        assert (each.ours, each.theirs) not in answers.different
        assert each.step is Step.CODE or None in (one.county, other.county) or one.county == other.county
        assert each.step is Step.CODE or None in (one.uscc, other.uscc) or one.uscc == other.uscc
    assert not {each[:2] for each in found.links} & {each[:2] for each in found.doubts}


@settings(max_examples=100, deadline=None)
@given(st.data(), WORLD, WORLD)
def test_listed_twice_is_linked_once(data: st.DataObject, ours: list[N], theirs: list[N]) -> None:
    coded = [each for each in theirs if each.uscc]
    again = data.draw(st.lists(st.sampled_from(coded), max_size=3)) if coded else []
    assert by_content(matched(ours, theirs), ours, theirs) == by_content(
        matched(ours, theirs + again), ours, theirs + again
    )


@settings(max_examples=100, deadline=None)
@given(LISTED, LISTED)
def test_mirrored_with_lists_and_rows_of_several_names(ours: list[N], theirs: list[N]) -> None:
    forth, back = matched(ours, theirs), matched(theirs, ours)
    assert by_content(forth, ours, theirs) == by_content(back, theirs, ours, mirrored=True)
    for place in (0, 1):
        assert max(Counter(each[place] for each in forth.links).values(), default=0) <= 1
        assert not {each[place] for each in forth.links} & set(forth.repeated[place])
