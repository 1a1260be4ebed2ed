"""`plan liaison`: one test a cost term and a constraint, the reasons for who is left, and the order of the input."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coverage_census.model.plans.liaison import Choice, Fit, Needing, Reach
from coverage_census.model.plans.officers import AssignmentStep
from coverage_census.places.neighbours import pair
from coverage_census.plan.liaison import costs
from coverage_census.plan.liaison.cost_table import CostTable
from coverage_census.plan.liaison.costs import Demand, demand, sent
from coverage_census.plan.liaison.liaison import Before, Planned, plan
from coverage_census.plan.liaison.two_way import Wishes
from kit import often
from liaison_case import COSTS, TOWNS, needing, officer, question

EAST = Demand("甲县", "东镇", "C", "14", 0, full_time=False, current=None)
NEAR = frozenset({pair("甲县", "东镇", "西镇")})


def _sent(*townships: str, **more: object) -> costs.Sent:
    places = {name: {"甲县"} for name in TOWNS} | {"远镇": {"乙县"}}
    return sent(officer("A", 1, *townships, **more), places, {"甲县"})


def _who(made: Planned) -> dict[str, str]:
    return {each.subject.name: each.officer for each in made.assignments}


def _why(made: Planned) -> dict[str, str]:
    return {each.subject.name: each.reason for each in made.unplaced}


# ── cost terms ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("townships", "found", "points"),
    [
        (("东镇",), Reach.SERVED, 0),
        (("西镇", "东镇"), Reach.SERVED, 0),
        ((), Reach.ANYWHERE, 20),
        (("甲县",), Reach.ANYWHERE, 20),
        (("西镇",), Reach.NEIGHBOUR, 40),
        (("南乡",), Reach.COUNTY, 100),
    ],
)
def test_distance(townships: tuple[str, ...], found: Reach, points: int) -> None:
    assert costs.reach(EAST, _sent(*townships), NEAR) is found
    assert costs.distance_cost(found, COSTS) == points


def test_nobody_is_sent_to_another_county() -> None:
    assert costs.reach(EAST, _sent("远镇"), NEAR) is None
    assert costs.cost(EAST, _sent("远镇"), COSTS, NEAR) is None


def test_an_organisation_without_a_township_is_near_nobody() -> None:
    nowhere = Demand("甲县", None, None, None, 0, full_time=False, current=None)
    assert costs.reach(nowhere, _sent("东镇"), NEAR) is Reach.COUNTY
    assert costs.reach(nowhere, _sent(), NEAR) is Reach.ANYWHERE


@pytest.mark.parametrize(
    ("expertise", "found", "points"),
    [
        (("食品制造业",), Fit.DIVISION, 0),
        (("造纸和纸制品业",), Fit.SECTION, 15),
        (("房地产业",), Fit.OTHER, 30),
        ((), Fit.UNKNOWN, 30),
        (("说不清的什么",), Fit.UNKNOWN, 30),
    ],
)
def test_industry(expertise: tuple[str, ...], found: Fit, points: int) -> None:
    food = demand(needing("甲", industry="食品制造业"), 0, full_time=False, current=None)
    by = _sent(expertise=expertise)
    assert costs.fit(food, by) is found
    assert costs.industry_cost(found, COSTS) == points


@pytest.mark.parametrize(
    ("asked", "has", "points"), [(True, False, 20), (True, True, 0), (True, None, 0), (False, False, 0)]
)
def test_part_time_officers_for_large_organisations(asked: bool, has: bool | None, points: int) -> None:
    large = Demand("甲县", "东镇", None, None, 0, full_time=asked, current=None)
    assert costs.part_time_cost(large, _sent(full_time=has), COSTS) == points


@pytest.mark.parametrize(("current", "points"), [("A", 0), ("B", 150), (None, 0)])
def test_a_change_of_officer(current: str | None, points: int) -> None:
    held = Demand("甲县", "东镇", None, None, 0, full_time=False, current=current)
    assert costs.change_cost(held, _sent(), COSTS) == points


def test_each_further_place_costs_more_up_to_the_balance() -> None:
    charges = costs.balance_charges(6, COSTS)
    assert charges == sorted(charges) and charges == [5, 15, 25, 35, 45, 55]
    assert costs.balance_charges(6, COSTS, taken=4) == charges[4:]
    assert costs.balance_charges(0, COSTS) == []


def test_the_table_holds_what_the_terms_add_up_to() -> None:
    dice = random.Random(1)
    texts = ["食品制造业", "造纸和纸制品业", "房地产业", "养殖", ""]
    places = {name: {"甲县"} for name in TOWNS} | {"远镇": {"乙县"}}

    def one(number: int) -> costs.Sent:
        where = dice.sample((*TOWNS, "远镇"), dice.randint(0, 2))
        full_time, expertise = dice.choice([True, False, None]), tuple(dice.sample(texts, 2))
        return sent(
            officer(f"Z{number}", 2, *where, expertise=expertise, full_time=full_time), places, {"甲县", "乙县"}
        )

    officers = [one(number) for number in range(8)]
    table = CostTable(officers, COSTS, NEAR)
    for _ in range(60):
        each = needing("甲", dice.choice([*TOWNS, None]), industry=dice.choice(texts))
        of = demand(each, 0, full_time=dice.random() < 0.5, current=dice.choice([None, "Z1", "Z2"]))
        for number, by in enumerate(officers):
            assert table.cost(of, number) == costs.cost(of, by, COSTS, NEAR)


# ── constraints ─────────────────────────────────────────────────────────────


def test_nobody_gets_more_than_his_capacity() -> None:
    made = plan(question([needing(f"单位{n}") for n in range(5)], [officer("A", 2, "东镇"), officer("B", 1)]))
    assert [(each.code, each.load) for each in made.posts] == [("A", 2), ("B", 1)]
    assert len(made.unplaced) == 2 and set(_why(made).values()) == {"places_full"}


def test_the_nearest_goes_where_places_allow() -> None:
    made = plan(
        question([needing("甲", "东镇"), needing("乙", "西镇")], [officer("A", 1, "东镇"), officer("B", 1, "西镇")])
    )
    assert _who(made) == {"甲": "A", "乙": "B"}
    assert all(each.reach is Reach.SERVED and each.choice is Choice.SPREAD for each in made.assignments)


def test_loads_are_even() -> None:
    made = plan(question([needing(f"单位{n}") for n in range(6)], [officer("A", 6), officer("B", 6), officer("C", 6)]))
    assert [each.load for each in made.posts] == [2, 2, 2]


def test_the_urgent_go_first_where_places_are_short() -> None:
    needs = [needing("大", "南乡", "large_unbuilt"), needing("少", "东镇", "not_covered"), needing("无", "东镇")]
    made = plan(question(needs, [officer("A", 2, "东镇")]))
    assert set(_who(made)) == {"大", "少"} and _why(made) == {"无": "places_full"}


def test_who_is_known_to_have_none_goes_before_who_may_have_one() -> None:
    made = plan(question([needing("不详", has_none=False), needing("没有")], [officer("A", 1, "东镇")]))
    assert set(_who(made)) == {"没有"}


def test_as_many_as_possible_get_somebody_before_anything_is_cheap() -> None:
    """A is near to 甲 but the only one for 乙, who lies in his county."""
    places = {name: {"甲县"} for name in TOWNS} | {"远镇": {"乙县"}}
    needs = [needing("甲", "东镇"), needing("乙", "远镇", county="乙县")]
    officers = [officer("A", 1, "东镇", "远镇"), officer("B", 1, "东镇")]
    made = plan(question(needs, officers, townships=places, counties={"甲县", "乙县"}))
    assert _who(made) == {"甲": "B", "乙": "A"}


def test_what_is_signed_or_appointed_stays() -> None:
    before = {0: Before("B", AssignmentStep.APPOINTED), 1: Before("B", AssignmentStep.AGREED)}
    made = plan(
        question([needing("甲"), needing("乙")], [officer("A", 2, "东镇"), officer("B", 1, "南乡")], before=before)
    )
    assert _who(made) == {"甲": "B", "乙": "A"}
    assert [(each.choice, each.step, each.before) for each in made.assignments] == [
        (Choice.SPREAD, AssignmentStep.NEEDED, "B"),  # 乙
        (Choice.KEPT, AssignmentStep.APPOINTED, None),
    ]


def test_who_needs_nobody_any_more_still_takes_a_place() -> None:
    other = needing("从前的").subject
    made = plan(question([needing("甲")], [officer("A", 1)], others=[(other, Before("A", AssignmentStep.SIGNED))]))
    assert _who(made) == {"从前的": "A"} and _why(made) == {"甲": "places_full"}


def test_an_officer_who_is_no_longer_there_keeps_nobody() -> None:
    made = plan(question([needing("甲")], [officer("A", 1)], before={0: Before("C", AssignmentStep.APPOINTED)}))
    assert _who(made) == {"甲": "A"} and made.assignments[0].before == "C"


# ── two-way selection ───────────────────────────────────────────────────────


def _how(made: Planned) -> dict[str, str]:
    return {each.subject.name: each.choice.value for each in made.assignments}


def test_both_sides_must_have_chosen_each_other() -> None:
    needs, officers = [needing("甲"), needing("乙")], [officer("A", 1), officer("B", 1)]
    made = plan(question(needs, officers, wishes=Wishes({0: [0, 1], 1: [0]}, {}, {0: [1, 0]})))
    assert _who(made) == {"乙": "A", "甲": "B"} and made.blocking_pairs == 0
    assert _how(made) == {"乙": "two_way", "甲": "one_way"}
    assert (made.two_way, made.one_way) == (1, 1)


@pytest.mark.parametrize("wishes", [Wishes({0: [1]}, {}, {}), Wishes({}, {}, {1: [0]}), Wishes({}, {0: ["养殖"]}, {})])
def test_what_one_side_wishes_is_no_two_way_selection_and_preferred(wishes: Wishes) -> None:
    """B is farther than A, and what one side wished for."""
    made = plan(
        question([needing("甲")], [officer("A", 1, "东镇"), officer("B", 1, expertise=("养殖",))], wishes=wishes)
    )
    assert _who(made) == {"甲": "B"} and _how(made) == {"甲": "one_way"}
    assert (made.two_way, made.one_way, made.cost == made.bound) == (0, 1, True)


def test_a_wish_excludes_nobody() -> None:
    """All four firms get somebody, whatever two of them and one of the officers wished for."""
    needs = [needing(each) for each in "甲乙丙丁"]
    wishes = Wishes({0: [0], 1: [0]}, {}, {0: [0], 1: [0]})
    made = plan(question(needs, [officer("A", 2), officer("B", 2)], wishes=wishes))
    assert not made.unplaced and [each.load for each in made.posts] == [2, 2]
    assert _how(made) == {"甲": "two_way", "乙": "one_way", "丙": "spread", "丁": "spread"}


def test_where_places_are_short_the_one_who_was_wished_for_goes_first_but_not_before_urgency() -> None:
    wishes = Wishes({}, {}, {0: [1]})
    made = plan(question([needing("甲"), needing("乙")], [officer("A", 1)], wishes=wishes))
    assert _how(made) == {"乙": "one_way"} and _why(made) == {"甲": "places_full"}
    made = plan(question([needing("甲", need="large_unbuilt"), needing("乙")], [officer("A", 1)], wishes=wishes))
    assert _how(made) == {"甲": "spread"} and _why(made) == {"乙": "places_full"}


def test_the_first_wish_goes_before_the_second() -> None:
    made = plan(question([needing("甲")], [officer("A", 1), officer("B", 1)], wishes=Wishes({0: [1, 0]}, {}, {})))
    assert _who(made) == {"甲": "B"} and made.cost == 80  # 面向全县 20, 行业不详 30, the only place 30


def test_wishes_do_not_go_before_how_many_are_served() -> None:
    """A alone may go to 乙 in the next county, though 甲 wished for A."""
    places = {name: {"甲县"} for name in TOWNS} | {"远镇": {"乙县"}}
    needs = [needing("甲", "东镇"), needing("乙", "远镇", county="乙县")]
    officers = [officer("A", 1, "东镇", "远镇"), officer("B", 1, "东镇")]
    more = {"townships": places, "counties": {"甲县", "乙县"}, "wishes": Wishes({0: [0]}, {}, {})}
    assert _who(plan(question(needs, officers, **more))) == {"甲": "B", "乙": "A"}


def test_who_does_not_accept_being_sent_elsewhere_goes_only_where_he_chose() -> None:
    needs, wishes = [needing("甲"), needing("乙")], Wishes({}, {}, {0: [1]})
    made = plan(question(needs, [officer("A", 2, willing=False)], wishes=wishes))
    assert _how(made) == {"乙": "one_way"} and _why(made) == {"甲": "ruled_out"}
    assert made.unplaced[0].could_ask == "A" and made.posts[0].reason == "chosen_only" and not made.posts[0].willing
    made = plan(question(needs, [officer("A", 2)], wishes=wishes))
    assert _how(made) == {"乙": "one_way", "甲": "spread"}


def test_a_township_that_he_chose_is_all_of_it() -> None:
    needs = [needing("甲"), needing("乙"), needing("丙", "西镇")]
    made = plan(question(needs, [officer("A", 5, willing=False)], wishes=Wishes({}, {}, {0: ["东镇"]})))
    assert set(_who(made)) == {"甲", "乙"} and _why(made) == {"丙": "ruled_out"}


def test_who_refuses_and_chose_nobody_goes_nowhere_though_he_is_wished_for() -> None:
    made = plan(question([needing("甲")], [officer("A", 1, willing=False)], wishes=Wishes({0: [0]}, {}, {})))
    assert _why(made) == {"甲": "ruled_out"} and made.two_way == 0


def test_who_refuses_keeps_what_is_signed() -> None:
    made = plan(
        question([needing("甲")], [officer("A", 1, willing=False)], before={0: Before("A", AssignmentStep.SIGNED)})
    )
    assert _how(made) == {"甲": "kept"}


_wishes = st.lists(st.integers(0, 7), max_size=3, unique=True)


@settings(max_examples=often(150), deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(TOWNS), _wishes), max_size=8),
    st.lists(
        st.tuples(st.integers(0, 3), st.sets(st.sampled_from(TOWNS), max_size=2), st.booleans(), _wishes), max_size=8
    ),
    st.sampled_from(["organisations", "officers"]),
)
def test_laws_of_wishes(
    firms: list[tuple[str, list[int]]], posts: list[tuple[int, set[str], bool, list[int]]], side: str
) -> None:
    """No firm is left over while somebody who has not ruled it out has a place; who is matched by the choice of both
    stands on both lists; who refuses goes only where he chose; figures add up and are proved."""
    needs = [needing(f"单位{n}", town) for n, (town, _) in enumerate(firms)]
    bank = [officer(f"Z{n}", room, *sorted(towns), willing=yes) for n, (room, towns, yes, _) in enumerate(posts)]
    of_firms = {n: [o for o in wanted if o < len(bank)] for n, (_, wanted) in enumerate(firms)}
    of_posts = {n: [f for f in wanted if f < len(needs)] for n, (*_, wanted) in enumerate(posts)}
    wishes = Wishes({n: w for n, w in of_firms.items() if w}, {}, {n: w for n, w in of_posts.items() if w})
    made = plan(question(needs, bank, wishes=wishes, side=side))
    at = {f"单位{n}": n for n in range(len(needs))}
    chose = [(at[each.subject.name], int(each.officer[1:]), each.choice) for each in made.assignments]
    for firm, post, choice in chose:
        both, one = (post in of_firms[firm], firm in of_posts[post]), Choice.ONE_WAY
        assert choice is not Choice.TWO_WAY or all(both)
        assert (choice is one) == (any(both) and choice is not Choice.TWO_WAY)
        assert firm in of_posts[post] or bank[post].willing
    free = [n for n, each in enumerate(made.posts) if each.load < each.capacity]
    left = [at[each.subject.name] for each in made.unplaced]
    assert not any(bank[post].willing or firm in of_posts[post] for firm in left for post in free)
    loads = [sum(post == n for _, post, _ in chose) for n in range(len(bank))]
    assert loads == [each.load for each in made.posts] and all(map(int.__le__, loads, (each.capacity for each in bank)))
    assert len(chose) + len(left) == len(needs) and made.blocking_pairs == 0 and made.cost == made.bound
    assert made.two_way == sum(c is Choice.TWO_WAY for *_, c in chose)
    assert made.one_way == sum(c is Choice.ONE_WAY for *_, c in chose)


def test_a_wanted_expertise_stands_for_the_officers_who_have_it() -> None:
    officers = [officer("A", 1, "东镇"), officer("B", 1, "南乡", expertise=("养殖",))]
    made = plan(question([needing("甲")], officers, wishes=Wishes({}, {0: ["养殖"]}, {})))
    assert _who(made) == {"甲": "B"} and made.assignments[0].wish_of_organisation == 1


def test_a_township_stands_for_its_organisations_and_counts_as_one_wish() -> None:
    needs = [needing("甲"), needing("乙"), needing("丙", "西镇")]
    made = plan(question(needs, [officer("A", 3)], wishes=Wishes({}, {}, {0: ["西镇", "东镇"]})))
    assert {each.subject.name: each.wish_of_officer for each in made.assignments} == {"甲": 2, "乙": 2, "丙": 1}


def test_who_is_favoured_can_be_chosen() -> None:
    wishes = Wishes({0: [0, 1], 1: [1, 0]}, {}, {0: [1, 0], 1: [0, 1]})
    needs, officers = [needing("甲"), needing("乙")], [officer("A", 1), officer("B", 1)]
    assert _who(plan(question(needs, officers, wishes=wishes))) == {"甲": "A", "乙": "B"}
    assert _who(plan(question(needs, officers, wishes=wishes, side="officers"))) == {"甲": "B", "乙": "A"}


# ── reasons ─────────────────────────────────────────────────────────────────


def test_no_officers_at_all() -> None:
    assert _why(plan(question([needing("甲")], []))) == {"甲": "no_officers"}


def test_nobody_for_the_county() -> None:
    made = plan(question([needing("甲", county="乙县")], [officer("A", 1, "东镇")], counties={"甲县", "乙县"}))
    assert _why(made) == {"甲": "none_in_county"}


def test_why_places_stay_empty() -> None:
    assert plan(question([needing("甲")], [officer("A", 2)])).posts[0].reason == "nobody_left"
    choosy = [officer("A", 1, willing=False), officer("B", 2)]
    made = plan(question([needing(each) for each in "甲乙丙"], choosy, wishes=Wishes({}, {}, {0: ["西镇"]})))
    assert [each.reason for each in made.posts] == ["chosen_only", None]


# ── the order in which anything comes in ────────────────────────────────────

_needs = st.lists(
    st.tuples(st.sampled_from(TOWNS), st.sampled_from(["large_unbuilt", "not_covered", "no_members"])), max_size=12
)


@settings(max_examples=often(40), deadline=None)
@given(
    _needs,
    st.lists(st.tuples(st.integers(0, 4), st.sets(st.sampled_from(TOWNS), max_size=2)), max_size=5),
    st.randoms(),
)
def test_the_cost_and_who_is_served_do_not_hang_on_the_order(
    needs: list[tuple[str, str]], posts: list[tuple[int, set[str]]], dice: random.Random
) -> None:
    """The command sorts both lists; even without that no order finds a dearer plan or serves fewer of a need."""
    asked: list[Needing] = [needing(f"单位{n}", town, need) for n, (town, need) in enumerate(needs)]
    officers = [officer(f"Z{n}", room, *sorted(towns)) for n, (room, towns) in enumerate(posts)]
    first = plan(question(asked, officers))
    assert first.cost == first.bound
    dice.shuffle(asked)
    dice.shuffle(officers)
    second = plan(question(asked, officers))
    assert (first.cost, first.bound) == (second.cost, second.bound)
    assert sorted(each.need for each in first.unplaced) == sorted(each.need for each in second.unplaced)
