"""The words that a field of an organisation may hold, each a closed list with its Chinese term."""

from enum import StrEnum


class Kind(StrEnum):
    """单位类别."""

    ENTERPRISE = "enterprise"
    SOCIAL_ORG = "social_org"
    COOPERATIVE = "cooperative"
    SOLE_TRADER = "sole_trader"
    OTHER = "other"


class OperatingStatus(StrEnum):
    """经营状态."""

    OPERATING = "operating"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    SHELL = "shell"
    UNREACHABLE = "unreachable"
    MOVED = "moved"


GONE = (OperatingStatus.CLOSED, OperatingStatus.MOVED)
"""注销（吊销）、迁出: no organisation of the county any more, and on neither side of any figure of living ones (存续).

A shell (空壳) is still registered: it belongs to 全部登记单位, though not to 实体运营单位.
"""


def is_gone(status: str | None) -> bool:
    """Whether this operating status says so; of whom nothing is known counts as living."""
    return status in GONE


class OrgForm(StrEnum):
    """党组织组建方式."""

    STANDALONE = "standalone"
    JOINT = "joint"
    AFFILIATED = "affiliated"
    HOSTED = "hosted"
    AREA = "area"
    INDUSTRY = "industry"
    TEMPORARY = "temporary"


class OrgLevel(StrEnum):
    """党组织类别."""

    BRANCH = "branch"
    GENERAL_BRANCH = "general_branch"
    COMMITTEE = "committee"


class Responsibility(StrEnum):
    """隶属关系（管理方式）."""

    TERRITORIAL = "territorial"
    INDUSTRY = "industry"
    COUNTERPART = "counterpart"
    AFFILIATED = "affiliated"
    DESIGNATED = "designated"


class Qualifier(StrEnum):
    """How exact a count is; a field without one is exact."""

    APPROX = "approx"  # 约50人
    AT_LEAST = "at_least"  # 120余人
    BELOW = "below"  # 不足3名
    RANGE = "range"  # 30-50
    LUMPED = "lumped"  # 党员（预备党员）人数: formal and probationary in one number
    DERIVED = "derived"  # a sum of parts


CHOICES: dict[str, type[StrEnum]] = {
    "kind": Kind,
    "operating_status": OperatingStatus,
    "org_form": OrgForm,
    "org_level": OrgLevel,
    "responsibility": Responsibility,
}
"""The allowed words of each choice field."""
