"""Cards: labels with their values beside them, one organisation a card. All names are invented."""

from reading_case import understand

STACKED = """
| 社会组织党建情况登记卡 | | | | | |
| 社会组织名称 | 云溪镇茶叶协会 | 社会组织类型 | 社会团体 | 社会组织住所 | 老街8号 |
| 党组织是否建立 | 否 | 法人姓名 | 某甲 | 政治面貌 | 群众 |
| 社会组织专职人员数 | 3 | 社会组织兼职人员数 | 5 | 党员总数 | 2 |
| 未建党组织原因 | 党员少 | 党建指导员姓名 | | 填表时间 | 2020.1 |
| | | | | | |
| 社会组织名称 | 云溪幼儿园 | 社会组织类型 | 民非 | 社会组织住所 | |
| 党组织是否建立 | 是 | 法人姓名 | 某乙 | 政治面貌 | 中共党员 |
| 社会组织专职人员数 | 4 | 社会组织兼职人员数 | 1 | 党员总数 | 9 |
| 未建党组织原因 | | 党建指导员姓名 | 某丙 | 填表时间 | 2020.1 |
"""


def test_several_cards_below_each_other() -> None:
    read = understand(STACKED)
    assert (read.sheet.kind, read.sheet.header_rows, read.sheet.data_rows) == ("card", None, 2)
    assert [
        (each.name, each.kind, each.address, each.employees, each.members_total) for each in read.organisations
    ] == [
        ("云溪镇茶叶协会", "social_org", "老街8号", 8, 2),
        ("云溪幼儿园", "social_org", None, 5, 9),
    ]
    assert [each.source.row for each in read.organisations if each.source] == [2, 7]
    assert [(each.column, each.heading, each.field) for each in read.sheet.columns][-3:] == [
        ("B10", "未建党组织原因", "not_built_reason"),
        ("D10", "党建指导员姓名", None),
        ("F10", "填表时间", None),
    ]
    assert len(read.sheet.columns) == 24
    assert read.serious == []
    assert "某" not in str(read)


def test_cards_beside_each_other() -> None:
    read = understand("""
    | 单位名称 | 晨曦电子厂 | | 单位名称 | 新月纺织厂 |
    | 从业人员 | 12 | | 从业人员 | 15 |
    | 党员总数 | 3 | | 党员总数 | 20 |
    | 是否建立党组织 | 是 | | 是否建立党组织 | 否 |
    | 组建方式 | 单独 | | 组建方式 | |
    """)
    assert (read.sheet.kind, read.sheet.data_rows) == ("card", 2)
    assert [(each.name, each.employees, each.has_org, each.org_form) for each in read.organisations] == [
        ("晨曦电子厂", 12, True, "standalone"),
        ("新月纺织厂", 15, False, None),
    ]
    assert read.found == [("members_exceed_employees", "E3")]
    assert [each.column for each in read.sheet.columns if each.field == "employees"] == ["B2", "E2"]


def test_labels_with_colons_units_and_headings_between() -> None:
    read = understand("""
    | 岳西县云溪镇非公企业党建信息卡 | |
    | 一、基本情况 | |
    | 企业名称： | 晨曦电子厂 |
    | 从业人员（名）： | 12 |
    | 二、党建情况 | |
    | 正式党员： | 2 |
    | 预备党员： | 1 |
    | 是否建立党组织： | 否 |
    """)
    assert (read.sheet.kind, read.sheet.county, read.sheet.township) == ("card", "岳西县", "云溪镇")
    one = read.one
    assert (one.kind, one.township, one.employees, one.members_total, one.has_org) == (
        "enterprise",
        "云溪镇",
        12,
        3,
        False,
    )


def test_label_and_value_in_one_cell() -> None:
    read = understand("""
    | 非公企业党建登记表 | |
    | 企业名称：晨曦电子厂 | 所属乡镇：云溪镇 |
    | 从业人员：12名 | 党员总数：3（含预备1） |
    | 是否建立党组织：否 | 联系电话：00000000000 |
    | 未建党组织原因：党员流动大 | 党建指导员：1 |
    """)
    one = read.one
    assert (one.name, one.township, one.employees, one.members_formal, one.instructors) == (
        "晨曦电子厂",
        "云溪镇",
        12,
        2,
        1,
    )
    assert ("A2", "企业名称", "name") in [
        (each.column, each.heading.split("：")[0], each.field) for each in read.sheet.columns
    ]
    assert "0000" not in str(read)


def test_a_group_in_front_of_short_labels() -> None:
    read = understand(
        """
        | 企业名称 | 晨曦电子厂 | · | · | · |
        | 所属乡镇 | 云溪镇 | · | 从业人员 | 12 |
        | 党员情况 | 总数 | 3 | 正式 | 2 |
        | · | 预备 | 1 | 积极分子 | 4 |
        | 是否建立党组织 | 否 | · | 组建方式 | |
        | 未建党组织原因 | 党员流动大 | · | · | · |
        """,
        ["B1:E1", "B2:C2", "A3:A4", "B5:C5", "B6:E6"],
    )
    one = read.one
    assert (one.members_total, one.members_formal, one.members_probationary, one.activists) == (3, 2, 1, 4)
    place = {each.heading: each.column for each in read.sheet.columns}
    assert (place["党员情况>总数"], place["党员情况>预备"]) == ("C3", "C4")


def test_f3_as_the_yearly_check_prints_it() -> None:
    read = understand("""
    | （五）党组织建设情况 | | | | | |
    | 社会组织名称 | 云溪镇茶叶协会 | | | | |
    | 是否建立党组织 | 否 | 未建立党组织原因 | 有党员但不符合建立党组织条件 | | |
    | 从业人员中党员总数 | 2 | 本年度发展新党员 | 0 | 专职人员中党员数 | 1 |
    | 35岁及以下 | 1 | 36—50岁 | 0 | 51—60岁 | 0 |
    | 60岁以上 | 0 | 党组织活动场所 | 无 | 本年度党组织活动经费 | 0元 |
    | 党建指导员 | 有 | 姓名 | 某甲 | 联系方式 | 000 |
    """)
    one = read.one
    assert (one.has_org, one.members_total, one.members_new_year, one.members_fulltime, one.instructors) == (
        False,
        2,
        0,
        1,
        1,
    )
    assert (one.not_built_reason, one.venue, one.funds_yuan) == ("有党员但不符合建立党组织条件", False, 0)
    assert read.serious == [("breakdown_sum", "B4")]
    assert "某甲" not in str(read)
