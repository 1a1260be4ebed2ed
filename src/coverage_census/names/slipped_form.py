"""Folded names in; the same with a legal form put right in which one letter is wrong, lost or doubled, out."""

import re
from collections.abc import Iterator, Sequence

_FORMS = ("有限公司", "有限责任公司", "有限合伙", "个体工商户", "专业合作社")
_KEPT = ("限", "工商", "专业", "合作")  # what must be left of it: 国有公司 is no slip of 国有限公司


def _slips(form: str) -> Iterator[str]:
    for at in range(len(form)):
        before, after = form[:at], form[at + 1 :]
        for slip in (f"{before}[^{form[at]}]{after}", before + after, form[: at + 1] + form[at:]):
            if any(each in slip for each in _KEPT):
                yield slip


_SLIPPED = {
    form: re.compile(f"(?:{'|'.join(sorted(set(_slips(form)), key=lambda slip: (-len(slip), slip)))})$")
    for form in _FORMS
}
_LIKELY = re.compile(r"[限工专合].{0,5}$")


def with_whole_form(folded: Sequence[str]) -> list[str]:
    """富民食品有限公可 as 富民食品有限公司."""
    return [_put_right(name) if _LIKELY.search(name) else name for name in folded]


def _put_right(name: str) -> str:
    if name.endswith(_FORMS):
        return name
    for form, slip in _SLIPPED.items():
        found = slip.search(name)
        if found and found.start() > 1:
            return name[: found.start()] + form
    return name
