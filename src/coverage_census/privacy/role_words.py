"""What somebody does, who does it, what somebody heads, what somebody is called: the one list of them.

The door makes patterns of them, the grammar of headings (ingest/privacy/persons.py) compounds.
"""

# ruff: noqa: E501, SIM905   (words side by side)

# What somebody does, and with one of DOERS behind it the one who does it: 经办人, 填报人员, 包联干部.
VERBS = (
    "负责 联系 联络 责任 经办 经手 填报 填表 填写 制表 造表 编制 对接 帮扶 帮联 帮包 包保 包联 包抓 包挂 结对 牵头 牵线 "
    "审核 复核 审批 审查 审定 初审 核实 核查 核对 采集 录入 报送 上报 申报 报告 签收 接收 领取 领款 收款 付款 持卡 持证 "
    "申请 委托 受托 代理 代办 证明 介绍 登记 受理 经营 投资 出资 控制 实控 合伙 创始 创办 创建 发起 领办 带头 承包 承租 "
    "出租 监护 监督 担保 保管 主持 主管 分管 协管 记录 统计 校对 落实 跟踪 包片 包村 包户 包企 挂点 挂钩 挂联 挂包 挂职 "
    "驻点 驻村 驻企 驻镇 驻店 蹲点 走访 回访 调查 普查 摸排 排查 检查 督查 督导 督办 陪同 值班 办理 签字 承诺 见证 推荐 "
    "考察 谈话 整改 盯办 认领 领衔 汇报 主讲 巡查 承办 协办 主办 协调 操作 发件 收件 受益 培养联系 权利 义务 掌舵 当家 带队 "
    "管护 看护 挂帅 兜底 执笔 报账 派驻 下派 选派"
).split()
DOERS = ("人 人员 员 者 干部 领导 同志 党员 专员 专干").split()
# With 长 behind it the head of something: 会长, 街长.
HEADED = (
    "会 院 园 校 店 厂 队 组 站 街 巷 楼 楼栋 单元 路 网格 社 村 县 镇 乡 局 科 处 所 行 班 部 董事 监事 秘书 理事 "
    "区 市 场 馆 台 段 片 户 连 团 河 湖 林 田 警 船 机 车间 库 室 股 庭 旗 盟 州 省 链 哨 舱 矿 排"
).split()
# One person by office or part.
CALLED = (
    "书记 支书 主任 主席 经理 经理人 老板 老板娘 掌柜 店主 业主 户主 企业主 场主 厂主 船主 车主 东家 雇主 房东 股东 董事 "
    "监事 理事 常委 总监 总裁 会计 出纳 法人 法人代表 法定代表人 法定代表 干事 专干 专员 组织员 宣传员 信息员 网格员 特派员 "
    "通讯员 安全员 采购员 统计员 调解员 协管员 督导员 委员 支委 秘书 助理 领队 班主任 家长 监护人 家属 亲属 配偶 爱人 妻子 "
    "丈夫 父亲 母亲 组员 队员 班子成员 支委会成员 委员会成员 理事会成员 监事会成员 董事会成员 专班成员 村干部 镇干部 乡干部 "
    "乡镇干部 县干部 街道干部 社区干部 机关干部 团干部 驻村工作队员 领导 领头雁 带头人 当事人 继承人 自然人 本人 何人 谁 人选 "
    "一把手 第一责任人 组织委员 引路人 掌门人 牵头人 代言人 发言人 管家 店小二 户代表 工会代表人 财务人员 财会人员 代表人 顾问 "
    "执委 村官"
).split()
# The same in running text only; as headings these ask for numbers as often: 管理人员, 服务人员.
IN_TEXT_VERBS = (
    "召集 举办 所有 持有 管理 服务 代表 培养 接待 报名 参保 当事 继承 掌门 联席 引导 指导 组织 宣传 信息 网格 特派 通讯 "
    "安全 调解 辅导 秘书 财务 党务 使用 执行 法律 第一责任"
).split()
IN_TEXT_HEADED = ("小组 党小组 栋 社区").split()
IN_TEXT_CALLED = (
    "总经理 老总 法代 联系 经办 财务 姓名 名字 签名 签字 署名 填报 制表 校对 审核 医生 医师 教师 老师 师傅 律师 教练 护士 "
    "主委 会首 盟主 党员 同志 先生 女士 小姐 干部 代表 村民 居民 社员 农户 乡贤 会计师"
).split()


def _either(*words: str) -> str:
    """An alternative of a pattern; of two that begin alike the longer comes first."""
    return "|".join(sorted(dict.fromkeys(words), key=lambda word: (-len(word), word)))


DUTIES = _either(*VERBS, *IN_TEXT_VERBS)
DOING = _either(*DOERS)
HEADS = _either(*HEADED, *IN_TEXT_HEADED)
NOUNS = _either(*(word for word in [*CALLED, *IN_TEXT_CALLED] if word not in ("谁", "何人", "自然人")))
SAID = "担任|兼任|出任|就任|接任|主持|负责|牵头|包联|帮扶|签字|填报|经办|代签|当选|兼"
