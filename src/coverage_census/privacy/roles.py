"""The words that say that a person is meant: put together from what somebody does, heads or is called."""

# ruff: noqa: E501   (lists side by side)

import re

from coverage_census.privacy.role_words import DOING, DUTIES, HEADS, NOUNS

ROLE = re.compile(
    rf"(?:第一|常务|党总?支部?|总支|党委|副|村|镇|企业|公司|单位|实际|党建|法定|工会|团支部|团|妇联|妇女|现任|现|主要){{0,4}}?"
    rf"(?:(?:{DUTIES})(?:{DOING})|(?:{HEADS})长|{NOUNS})"
    # 村民委员会, 居民小组, 董事会, 党员大会 are bodies; 会计 is somebody
    r"(?!委员|小组|委会|大会|会(?!计)|(?<=村民)宿)"  # 红旗村民宿管理有限公司
)
# In the names of organisations too: 书记工作室, 王医生口腔门诊部, 会计师事务所, 经理人协会.
_SOFT = frozenset(["书记", "医生", "医师", "老师", "教师", "师傅", "律师", "教练", "经理", "经理人", "老板", "老板娘", "会计", "主任", "代表", "董事", "掌柜", "家长", "干部", "领导", "党员", "业主", "校长", "院长", "村长", "店长", "队长", "站长", "董事长", "先生", "女士", "小姐", "理事", "顾问", "护士", "秘书", "本人", "爱人", "母亲", "父亲", "妻子", "东家", "联系", "管理人", "服务员", "指导员", "部长", "行长", "会长"])  # fmt: skip
# Any noun that ends like these may ask for a person: 盟主：, 掌勺师, 采购员 …
LIKE_A_ROLE = re.compile(
    r"(?!人员)[\u4e00-\u9fff](?:[人员长者主师手](?![\u4e00-\u9fff]?(?:[会部室院所]|事务))|干部|领导)"
)
# What somebody is said to do or to be: before it stands the name.
DUTY = re.compile(
    r"(?:同志)?(?:[现暂仍兼]?(?:担任|兼任|出任|就任|接任|主持|负责|牵头|包联|联系|帮扶|对接|任|兼|签字|填报|经办|代签|代管|当选|为|是|系))"
)
# `女`, `男，45岁`, `1980年生`: of a person whoever stands before it.
BESIDE = re.compile(
    r"[\W_]{0,2}(?:男|女|中共党员|群众|预备党员|[1-9]\d岁|(?:19|20)\d{2}年\d{0,2}月?(?:出生|生))(?![\u4e00-\u9fff])"
)


def is_soft(role: str) -> bool:
    """Whether the role may stand in the name of an organisation."""
    return any(role.endswith(each) for each in _SOFT)
