"""The forms of domain.md, section 3.1, as workbooks, and what was recognised in them. All names are invented."""

# ruff: noqa: E501    (the tables are as wide as the sheets they stand for)

from coverage_census.model.organisation import Organisation
from reading_case import said, understand

F1_TOP = [
    ("单位", 1), ("企业座落地", 3), ("园区级别(国家级、市级、区级及以下)", 1), ("是否为亿元楼宇(是、否)", 1),
    ("所在园区、商务楼宇名称", 1), ("企业基本情况", 10), ("企业出资人情况", 4), ("党组织设置情况", 13), ("党组织书记情况", 5),
    ("党务工作者情况", 2), ("党务队伍建设情况", 11), ("群团部门设置情况", 3), ("基础保障情况", 3), ("落实相关制度情况", 4),
]  # fmt: skip
F1_MIDDLE = [
    ("园区", 1), ("楼宇", 1), ("其他", 1),
    ("企业名称", 1), ("企业注册地", 1), ("企业经营地", 1), ("联系电话", 1), ("企业类型", 3), ("年营业收入(万元)", 1),
    ("从业人员数量(名)", 1), ("是否规模以上企业(是、否)", 1),
    ("企业出资人姓名", 1), ("是否是党员", 1), ("是否兼任党组织书记", 1), ("是否担任区县级以上(含区县)“两代表一委员”", 1),
    ("是否建立党组织", 1), ("党组织成立时间", 1), ("党组织组建形式", 3), ("党组织类别", 3), ("未建立党组织原因", 4),
    ("未建党组织的是否选派党建工作指导员、联络员", 1),
    ("党组织书记姓名", 1), ("来源", 4), ("企业党务工作者人数", 1), ("专职人数", 1),
    ("组织关系在非公企业的党员总数", 1), ("35岁以下人数", 1), ("中层管理人员人数", 1), ("中高级专业技术人员人数", 1),
    ("生产经营一线职工人数", 1), ("组织关系不在非公企业的党员总数", 1), ("农村党员数", 1), ("近3年新发展党员数", 1),
    ("近3年处置不合格党员数", 1), ("是否每年对党员轮训一遍", 1), ("党员是否按时足额主动交纳党费", 1),
    ("是否健全群团组织", 3), ("是否有单独活动场所", 1), ("使用面积", 1), ("党建工作经费是否纳入企业管理费年度预算", 1),
    ("是否按规定开展“三会一课”", 1), ("是否按规定每年开展民主评议党员", 1), ("是否按规定每年开展党员党性分析", 1),
    ("党组织是否按规定进行换届", 1),
]  # fmt: skip
F1_LEAVES = {
    "企业类型": ("私营企业", "港澳台商投资企业", "外商投资企业"),
    "党组织组建形式": ("单独建立", "联合建立", "网格建立"),
    "党组织类别": ("党支部", "党总支", "党委"),
    "未建立党组织原因": ("没有党员", "企业出资人不支持", "上级党组织未及时指导", "其他原因"),
    "来源": ("出资人担任", "中层管理人员担任", "上级党组织选派", "其他人员担任"),
    "是否健全群团组织": ("公会", "共青团", "妇联"),
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def letters(column: int) -> str:
    return LETTERS[column] if column < 26 else LETTERS[column // 26 - 1] + LETTERS[column % 26]


def f1(*organisations: dict[str, object]) -> tuple[list[list[object]], list[str]]:
    """F1 with its three header levels in rows 4-6 and its data from row 7; an organisation is leaf heading → value."""
    lines: list[list[object]] = [[None] * 62 for _ in range(6)]
    merges: list[str] = []
    headings: list[tuple[int, str]] = []
    column = 0
    lines[0][0] = "新区非公有制经济组织党组织工作台账"
    lines[1][0] = "填报单位：梧桐街道党工委"
    lines[1][40] = "截止日期：2019年12月31日"
    for text, width in F1_TOP:
        lines[3][column] = text
        merges.append(f"{letters(column)}4:{letters(column + width - 1)}{6 if width == 1 else 4}")
        column += width
    column = 1
    singles = {4: 3, 5: 1}
    for text, width in F1_MIDDLE:
        if column == 4:
            column += sum(singles.values()) - 1
        lines[4][column] = text
        if width == 1:
            merges.append(f"{letters(column)}5:{letters(column)}6")
            headings.append((column, text))
        else:
            merges.append(f"{letters(column)}5:{letters(column + width - 1)}5")
            for offset, leaf in enumerate(F1_LEAVES[text]):
                lines[5][column + offset] = leaf
                headings.append((column + offset, leaf))
        column += width
    assert column == 62, column
    place = {text: where for where, text in headings} | {"单位": 0}
    for each in organisations:
        row: list[object] = [None] * 62
        for text, value in each.items():
            row[place[text]] = value
        lines.append(row)
    return lines, merges


def test_f1_with_62_columns_on_three_levels() -> None:
    built = {
        "单位": "梧桐街道", "企业名称": "晨曦电子有限公司", "联系电话": "0000", "私营企业": "√", "年营业收入(万元)": 1250.5,
        "从业人员数量(名)": "约120人", "是否规模以上企业(是、否)": "是", "企业出资人姓名": "某甲", "是否是党员": "是",
        "是否建立党组织": "是", "党组织成立时间": "2014.3", "联合建立": "√", "党支部": "√", "党组织书记姓名": "某乙",
        "出资人担任": "√", "组织关系在非公企业的党员总数": 4, "35岁以下人数": 2, "组织关系不在非公企业的党员总数": 1,
        "近3年新发展党员数": 1, "公会": "√", "共青团": "×", "是否有单独活动场所": "是", "使用面积": 30, "是否按规定开展“三会一课”": "是",
    }  # fmt: skip
    without = {
        "单位": "梧桐街道", "企业名称": "新月纺织厂", "港澳台商投资企业": "√", "从业人员数量(名)": 12, "是否建立党组织": "否",
        "没有党员": "√", "未建党组织的是否选派党建工作指导员、联络员": "是",
    }  # fmt: skip
    read = understand(*f1(built, without))

    assert read.sheet.kind == "ledger"
    assert read.sheet.header_rows == (4, 6)
    assert (read.sheet.unit, read.sheet.township, read.sheet.as_of) == ("梧桐街道党工委", "梧桐街道", "2019-12-31")
    assert len(read.sheet.columns) == 62
    first, second = read.organisations
    assert said(first) == {
        "name": "晨曦电子有限公司", "kind": "enterprise", "subtype": "私营企业", "township": "梧桐街道", "revenue_10k": 1250.5,
        "employees": 120, "above_scale": True, "has_org": True, "org_founded_on": "2014-03", "org_form": "joint",
        "org_level": "branch", "members_relation_in": 4, "members_relation_out": 1, "members_total": 5, "members_new_3y": 1,
        "has_union": True, "has_league": False, "venue": True, "active": True,
        "qualifiers": {"employees": "approx", "members_total": "derived"}, "bounds": {"employees": [96, 144]},
    }  # fmt: skip
    assert said(second) == {
        "name": "新月纺织厂", "kind": "enterprise", "subtype": "港澳台商投资企业", "township": "梧桐街道", "employees": 12,
        "has_org": False, "not_built_reason": "没有党员", "instructors": 1,
        "qualifiers": {"instructors": "at_least"}, "bounds": {"instructors": [1, None]},
    }  # fmt: skip
    personal = {heading for heading, field in read.columns.items() if field == "personal"}
    assert personal == {
        "企业基本情况>联系电话", "企业出资人情况>企业出资人姓名", "企业出资人情况>是否是党员", "企业出资人情况>是否兼任党组织书记",
        "企业出资人情况>是否担任区县级以上(含区县)“两代表一委员”", "党组织书记情况>党组织书记姓名",
        *(f"党组织书记情况>来源>{leaf}" for leaf in F1_LEAVES["来源"]),
    }  # fmt: skip
    assert read.columns["党组织设置情况>党组织类别>党支部"] == "org_level"
    assert read.columns["单位"] == "township"
    assert not any(code in ("unmapped_column", "unmapped_column_near") for code, _ in read.found)


def test_f2_the_annual_table_of_enterprises_is_a_crosstab() -> None:
    read = understand("""
    | 非公有经济控制的企业法人单位建立党的基层组织情况 | | | | |
    | | 总数 | 从业人员50人以上企业 | 私 有经 济控 制 | 外商独资 |
    | 甲 | A | B | F | M |
    | 单位数 | 92 | 12 | 80 | 2 |
    | 党建工作指导员联系的 | 40 | 3 | 30 | 1 |
    | 建立党委的 | 1 | 1 | 1 | 0 |
    | 建立总支部的 | 1 | 1 | 1 | 0 |
    | 建立支部的 | 20 | 8 | 18 | 1 |
    | 已建立联合党支部的 | 10 | 1 | 9 | 0 |
    | 应建尚未建立党组织的 | 0 | 0 | 0 | 0 |
    | 仅有个别党员的 | 30 | 1 | 28 | 1 |
    | 没有党员的 | 30 | 0 | 23 | 0 |
    | 党员 | 200 | 90 | 180 | 4 |
    """)
    assert read.sheet.kind == "crosstab"
    assert read.organisations == []
    assert read.found == [("crosstab", None)]


def test_f4_as_a_card() -> None:
    read = understand("""
    | 未建党组织的单位填写党建情况登记表 | | | | | |
    | 社会组织名称 | 云溪镇茶叶协会 | 社会组织类型 | 社会团体 | 社会组织住所 | 云溪镇老街8号 |
    | 社会组织电话 | 05560000000 | 党组织是否建立 | 否 | 法人姓名 | 某甲 |
    | 政治面貌 | 群众 | 社会组织专职人员数 | 3 | 社会组织兼职人员数 | 5 |
    | 业务主管单位 | 县农业农村局 | 业务主管单位成立社会组织党委标记 | 否 | 党建状态 | 未建 |
    | 专职党员人数 | 1 | 兼职党员人数 | 1 | 负责人党员数 | 1 |
    | 党员总数 | 2 | 拟建党组织时间 | 2021年底 | 申请入党人数 | 1 |
    | 已建群团组织 | ☑工会 ☐共青团 ☐妇联 ☐其他 | 未建党组织原因 | 党员人数少 | 党建指导员姓名 | 某乙 |
    | 指导员工作单位 | 云溪镇政府 | 指导员电话 | 00000000000 | 指导员组织关系 | 云溪镇机关支部 |
    """)
    assert read.sheet.kind == "card"
    assert read.sheet.header_rows is None
    assert said(read.one) == {
        "name": "云溪镇茶叶协会", "kind": "social_org", "subtype": "社会团体", "address": "云溪镇老街8号",
        "has_org": False, "employees": 8, "employees_fulltime": 3, "employees_parttime": 5, "members_fulltime": 1,
        "members_parttime": 1, "members_total": 2, "applicants": 1, "responsible_unit": "县农业农村局", "planned_on": "2021",
        "not_built_reason": "党员人数少", "has_union": True, "has_league": False, "has_women_org": False, "instructors": 1,
        "qualifiers": {"employees": "derived"},
    }  # fmt: skip
    place = {each.heading: (each.column, each.field, each.dropped) for each in read.sheet.columns}
    assert place["社会组织名称"] == ("B2", "name", None)
    assert place["专职党员人数"] == ("B6", "members_fulltime", None)
    assert place["负责人党员数"] == ("F6", None, "personal")
    assert place["党建指导员姓名"][2] == "personal"
    assert "某" not in str(read.organisations) + str(read.problems)


def test_f4_flattened_to_a_ledger() -> None:
    read = understand("""
    | 社会组织名称 | 社会组织类型 | 社会组织住所 | 社会组织电话 | 党组织是否建立 | 法人姓名 | 政治面貌 | 社会组织专职人员数 | 社会组织兼职人员数 | 业务主管单位 | 党建状态 | 专职党员人数 | 兼职党员人数 | 党员总数 | 拟建党组织时间 | 申请入党人数 | 已建群团组织 | 未建党组织原因 | 党建指导员姓名 | 指导员电话 | 隶属关系 | 预备党员人数 | 发展对象人数 | 积极分子人数 |
    | 云溪镇茶叶协会 | 社会团体 | 老街8号 | 000 | 否 | 某甲 | 群众 | 3 | 5 | 县农业农村局 | 未建 | 1 | 1 | 2 | 2021-06 | 0 | 工会、共青团 | 党员人数少 | 某乙 | 000 | 属地管理 | 0 | 0 | 1 |
    | 云溪幼儿园 | 民办非企业单位 | 新街1号 | 000 | 是 | 某丙 | 中共党员 | 20 | 0 | 县教育局 | 已建 | 5 | 0 | 5 | | 2 | 无 | | | | 行业管理 | 1 | 1 | 2 |
    """)
    assert read.sheet.kind == "ledger"
    first, second = read.organisations
    assert (first.kind, first.subtype, first.has_union, first.has_league, first.has_women_org) == (
        "social_org",
        "社会团体",
        True,
        True,
        None,
    )
    assert (first.planned_on, first.responsibility, first.instructors) == ("2021-06", "territorial", 1)
    assert (second.has_union, second.has_women_org, second.instructors) == (False, False, None)
    assert (second.members_probationary, second.development_targets, second.activists, second.applicants) == (
        1,
        1,
        2,
        2,
    )
    assert read.serious == []


def test_f5_coverage_feeds_both_fields() -> None:
    read = understand("""
    | 组织名称 | 组织类型 | 负责人 | 负责人身份 | 组织人数 | 党员人数 | 覆盖情况 | 创办时间 | 主营业务 | 年产值(万元)/成效 | 状态 | 组织类别 | 党组织名称 | 党组织成立时间 | 组建方式 | 党组织书记名称 | 党建指导员姓名 | 党建指导员手机号 |
    | 绿源果蔬专业合作社 | 专业合作社 | 某甲 | 党员 | 35 | 6 | 组织覆盖 | 2010.5 | 蔬菜种植 | 320 | 正常 | 党支部 | 绿源果蔬专业合作社党支部 | 2015年7月 | 单独组建 | 某乙 | | |
    | 青石茶社 | 个体工商户 | 某丙 | 群众 | 4 | 0 | 工作覆盖 | 201803 | 茶叶零售 | 15 | 正常 | | | | | | 某丁 | 000 |
    | 石桥加工厂 | 企业 | 某戊 | 群众 | 9 | 1 | 未覆盖 | 2019 | 竹木加工 | 40 | 停产 | | | | | | | |
    """)
    first, second, third = read.organisations
    assert (first.has_org, first.org_level, first.org_form, first.instructors) == (True, "branch", "standalone", None)
    assert (first.kind, first.registered_on, first.org_founded_on, first.revenue_10k) == (
        "cooperative",
        "2010-05",
        "2015-07",
        320,
    )
    assert (second.has_org, second.instructors, second.kind, second.registered_on) == (
        False,
        1,
        "sole_trader",
        "2018-03",
    )
    assert (third.has_org, third.instructors, third.operating_status) == (False, None, "suspended")
    assert read.columns["负责人身份"] == "personal"
    assert read.columns["组织类型"] in ("kind", "subtype")
    assert read.columns["组织类别"] == "org_level"


def test_f7_and_f8_are_statistics() -> None:
    f7 = understand(
        """
        | 企业类型 | 已建立党组织 | · | · | · | · | 党组织覆盖率 | 党员人数 |
        | · | 党委 | 党总支 | 党支部 | 合计 | 同比 | · | · |
        | 企业 | 1 | 2 | 30 | 33 | 5 | 40 | 210 |
        | 个体 | 0 | 0 | 3 | 3 | 1 | 6 | 12 |
        """,
        ["A1:A2", "B1:F1", "G1:G2", "H1:H2"],
    )
    f8 = understand("""
    | 2014年××街道商务楼宇工作站情况汇总表 | | | | | | | |
    | 商务站名称 | 所属街道 | 覆盖楼栋 | 专职人员 | 党员人数 | 兼职人员 | 党建指导员 | 党员数 |
    | 东方大厦工作站 | 梧桐街道 | 2 | 3 | 2 | 4 | 1 | 60 |
    | 西城大厦工作站 | 梧桐街道 | 1 | 2 | 1 | 2 | 1 | 30 |
    | 累计 | | 3 | 5 | 3 | 6 | 2 | 90 |
    """)
    for read in (f7, f8):
        assert read.sheet.kind == "crosstab", read.sheet
        assert read.organisations == []
        assert read.found == [("crosstab", None)]


def test_f9_headings_that_hold_something_else() -> None:
    read = understand("""
    | 企业名称 | 建立党组织 | 党委 | 单独组建 | 党组织是否本年度组建 | 法定代表人 | 建立团组织 | 团员人数 | 建立工会组织 | 工会人数 | 从业人数 | 女性人数 |
    | 晨曦电子有限公司 | 是 | 党支部 | 联合组建 | 否 | 某甲 | 否 | 3 | 是 | 40 | 52 | 20 |
    | 新月纺织厂 | 是 | 党总支 | 单独组建 | 是 | 某乙 | 是 | 9 | 是 | 70 | 80 | 60 |
    """)
    assert [(each.org_level, each.org_form) for each in read.organisations] == [
        ("branch", "joint"),
        ("general_branch", "standalone"),
    ]
    assert [(each.union_members, each.female_employees, each.league_members) for each in read.organisations] == [
        (40, 20, 3),
        (70, 60, 9),
    ]


def test_f10() -> None:
    read = understand("""
    | 社会组织党建列表 | | | | | | | | |
    | 社会组织名称 | 社会组织类型 | 党建状态 | 党组织是否建立 | 党组织类别 | 党组织成立时间 | 审批单位 | 党组织隶属关系 | 未建立党组织原因 |
    | 云溪镇茶叶协会 | 社会团体 | 已建 | 是 | 联合党支部 | 2016-05-01 | 云溪镇党委 | 属地管理 | |
    | 云溪幼儿园 | 民非 | 未建 | 否 | | | | | 正式党员不足三人 |
    | 备注：只能导入规定格式的EXCEL文件！ | | | | | | | | |
    """)
    first, second = read.organisations
    assert (first.org_level, first.org_form, first.org_founded_on, first.superior_org) == (
        "branch",
        "joint",
        "2016-05-01",
        "云溪镇党委",
    )
    assert (first.responsibility, first.has_org, first.kind) == ("territorial", True, "social_org")
    assert (second.has_org, second.not_built_reason, second.kind) == (False, "正式党员不足三人", "social_org")
    assert read.sheet.data_rows == 2


def test_f11_five_sections_with_brackets_split_over_labels() -> None:
    read = understand(
        """
        | 企业名称 | 1企业法人情况 | · | 2党组织设置情况 | · | · | · | · | · | · | · | 3群团部门设置情况 | 4党员队伍建设情况 | · | · | · | · | 5落实相关制度情况 | · |
        | · | 是否党员 | 是否兼任党组织书记 | 是否建立党组织 | 党组织成立时间 | 党组织组建形式 | 党组织类别 | 上一级党组织名称 | 党组织书记姓名 | 专职党务工作者 | 未建党组织的是否选派党建工作指导员 | 建立何种群团组织 | 党员总数 | （其中35岁以下党员数 | 中层管理人员党员数 | 生产经营一线职工党员数 | ） 近三年新发展党员数 | 党建工作经费是否纳入企业年度预算 | 党员是否有单独的活动场所 |
        | 晨曦电子有限公司 | 是 | 是 | 是 | 二〇一四年三月 | 单独建立 | 党支部 | 云溪镇党委 | 某甲 | 1 | | 工会、共青团、妇联 | 8 | 3 | 2 | 5 | 2 | 是 | 有 |
        """,
        ["A1:A2", "B1:C1", "D1:K1", "M1:Q1", "R1:S1"],
    )
    assert read.sheet.header_rows == (1, 2)
    assert said(read.one) == {
        "name": "晨曦电子有限公司", "kind": "enterprise", "has_org": True, "org_founded_on": "2014-03", "org_form": "standalone",
        "org_level": "branch", "superior_org": "云溪镇党委", "has_union": True, "has_league": True, "has_women_org": True,
        "members_total": 8, "members_new_3y": 2, "venue": True,
    }  # fmt: skip
    assert read.columns["4党员队伍建设情况>（其中35岁以下党员数"] is None
    assert read.columns["1企业法人情况>是否党员"] == "personal"


def test_f13() -> None:
    read = understand("""
    | 单位名称 | 单位性质类别 | 单位简称 | 隶属行政区划 | 单位所属行业 | 单位地址 | 单位联系电话 | 单位负责人 | 党组织编码 | 党组织全称 | 在岗职工数 | 35岁以下在岗职工数 | 是否有上级已派党建工作指导员 | 法人单位标识 | 法人单位建立党组织情况 | 法人单位统一社会信用代码 |
    | 晨曦电子有限公司 | 私营企业 | 晨曦 | 岳西县云溪镇 | 制造业 | 园区路1号 | 000 | 某甲 | 001 | 中共晨曦电子有限公司支部委员会 | 52 | 20 | 否 | 是 | 单独建立党支部 | 91330100MA27XWYH47 |
    | 新月纺织厂 | 私营企业 | 新月 | 岳西县云溪镇 | 制造业 | 园区路2号 | 000 | 某乙 | | | 12 | 2 | 是 | 是 | 未建立 | |
    """)
    first, second = read.organisations
    assert (first.has_org, first.org_form, first.org_level, first.org_name) == (
        True,
        "standalone",
        "branch",
        "中共晨曦电子有限公司支部委员会",
    )
    assert (first.county, first.township, first.kind, first.instructors) == ("岳西县", "云溪镇", "enterprise", 0)
    assert (second.has_org, second.instructors) == (False, 1)
    assert read.columns["单位负责人"] == "personal"


def test_f6_and_f16_lumped_and_broken_headings() -> None:
    read = understand("""
    | 企业名称 | 是否建立党建组织 | 党员（预备党员）人数 | 党组织建制 | 党组织组建方式 | 党组织组建时间 | 法定代表人(经营者)是否党员 | 从业人数 |
    | 晨曦电子有限公司 | 是 | 5 | 党支部 | 独立组建 | 41091 | 是 | 52 |
    """)
    assert (read.one.members_total, read.one.members_formal, read.one.qualifiers) == (
        5,
        None,
        {"members_total": "lumped"},
    )
    assert (read.one.org_founded_on, read.one.org_form) == ("2012-07-01", "standalone")
    broken = understand([
        ["企业\n名称", "入党申\n请人数", "入党积极分子数", "发展对\n象数", "预备党\n员数", "正 式 党 员 数"],
        ["晨曦电子有限公司", 1, 2, 3, 4, 5],
    ])
    each = broken.one
    assert (
        each.applicants,
        each.activists,
        each.development_targets,
        each.members_probationary,
        each.members_formal,
    ) == (1, 2, 3, 4, 5)
    assert (each.members_total, each.qualifiers) == (9, {"members_total": "derived"})
    assert broken.sheet.columns[1].heading == "入党申请人数"


def test_f15_number_rows_are_no_data() -> None:
    read = understand("""
    | 序号 | 单位名称 | 从业人员 | 党员 | 备注 |
    | 甲 | 乙 | 1 | 2 | 3 |
    | 1 | 晨曦电子有限公司 | 5 | 1 | |
    """)
    assert [each.name for each in read.organisations] == ["晨曦电子有限公司"]
    assert read.sheet.header_rows == (1, 1)


def test_f3_roll_up_wording_as_reasons() -> None:
    read = understand("""
    | 社会组织名称 | 从业人员中党员总数 | 专职人员中党员数 | 未建立党组织原因 | 本年度发展新党员 | 党员组织关系隶属 |
    | 云溪镇茶叶协会 | 4 | 3 | 应建未建 | 1 | 属地党组织 |
    """)
    one: Organisation = read.one
    assert (one.not_built_reason, one.members_total, one.members_fulltime, one.members_new_year) == (
        "应建未建",
        4,
        3,
        1,
    )


def test_f12_collected_by_telephone() -> None:
    read = understand("""
    | 企业名称 | 从业人员 | 年营业收入 | 所属乡镇 | 是否经营场所在专业市场内 | 是否组建党组织 | 是否组建团组织 | 是否派驻党建指导员 | 是否组建妇联 | 是否组建工会 | 联系电话 | 主要社会职务 | 政治面貌 | 是否党组织书记 |
    | 晨曦电子厂 | 52 | 300 | 云溪镇 | 否 | 是 | 否 | 是 | 否 | 是 | 000 | 无 | 群众 | 否 |
    """)
    assert said(read.one) == {
        "name": "晨曦电子厂", "kind": "enterprise", "township": "云溪镇", "revenue_10k": 300.0, "employees": 52, "has_org": True,
        "has_league": False, "instructors": 1, "has_women_org": False, "has_union": True,
        "qualifiers": {"instructors": "at_least"}, "bounds": {"instructors": [1, None]},
    }  # fmt: skip
    assert [heading for heading, field in read.columns.items() if field == "personal"] == [
        "联系电话",
        "主要社会职务",
        "政治面貌",
        "是否党组织书记",
    ]


def test_f3_the_section_of_the_annual_inspection_as_a_card() -> None:
    read = understand(
        """
        | （五）党组织建设情况 | · | · | · |
        | 社会组织名称 | 云溪围棋协会 | 统一社会信用代码 | |
        | 是否建立党组织 | 否 | 未建立党组织原因 | 有党员但不符合建立党组织条件 |
        | 从业人员总数 | 12 | 从业人员中党员总数 | 2 |
        | 本年度发展新党员 | 0 | 专职人员中党员数 | 1 |
        | 35岁及以下 | 1 | 36—50岁 | 1 |
        | 离退休党员 | 0 | 党员组织关系隶属 | 属地党组织 |
        | 党建指导员 | 有 | 党建指导员姓名 | 李某某 |
        | 联系方式 | 13800000000 | 本年度党组织活动经费(元) | 3000 |
        """
    )
    assert read.sheet.kind == "card"
    assert [each.column for each in read.sheet.columns if each.dropped] == ["D8", "B9"]
    assert read.columns["党员组织关系隶属"] is None  # where the members belong, not who answers for the organisation
    assert said(read.one) == {
        "name": "云溪围棋协会",
        "kind": "social_org",
        "employees": 12,
        "members_total": 2,
        "members_fulltime": 1,
        "members_new_year": 0,
        "has_org": False,
        "instructors": 1,
        "not_built_reason": "有党员但不符合建立党组织条件",
        "funds_yuan": 3000.0,
        "qualifiers": {"instructors": "at_least"},
        "bounds": {"instructors": [1, None]},
    }
    assert read.serious == []


def test_f14_a_dashboard_is_no_ledger() -> None:
    read = understand(
        """
        | 全省非公党建信息管理平台情况（合成样例） | · | · | · | · | · | · | · | · | · | · |
        | 市县 | 纳入全省非公党建信息管理平台企业数(户) | 非公企业党员数 | 单独组建党组织 | 已成立联合党组织 | 党建工作指导员（联络员） | 党务工作者 | 专职党组织书记 | 规上企业 | 园区就业人数 | 党组织覆盖率 |
        | 云溪县 | 120 | 300 | 20 | 15 | 80 | 30 | 5 | 12 | 4000 | 29.2% |
        | 白云县 | 80 | 100 | 10 | 5 | 60 | 10 | 2 | 6 | 1200 | 18.8% |
        | 合计 | 200 | 401 | 30 | 20 | 140 | 40 | 7 | 18 | 5200 | 25.0% |
        """
    )
    assert (read.sheet.kind, read.sheet.header_rows, read.organisations) == ("crosstab", (2, 2), [])
    assert read.serious == [("crosstab_total", "C5")]
