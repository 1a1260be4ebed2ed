"""What a drive can and cannot do in; the list, the verdict on the ledger, or one JSON document out."""

from typing import TYPE_CHECKING

from coverage_census.console import out
from coverage_census.model.record import Json
from coverage_census.words.catalogue import Words

if TYPE_CHECKING:
    from coverage_census.ledger.share.probe import Check, ShareProbe


def show(found: "ShareProbe", words: Words, *, as_json: bool) -> None:
    """One line a check, what follows under each that fails, the verdict last."""
    if as_json:
        return out.as_json(document(found, words))
    system = found.system or words("share.no_system")
    out.line(words("share.head", folder=found.folder, system=system))
    for each in found.checks:
        remark = said(each, words)
        name = words(f"share.check.{each.code}")
        needed = f"[{words('share.needed')}]" if each.needed and each.verdict != "ok" else ""
        beside = f"：{remark}" if words.lang == "zh" else f": {remark}"
        out.paragraph(f"  {words(f'share.{each.verdict}')}{needed}  {name}{beside if remark else ''}")
    out.paragraph(words(f"share.{_verdict(found)}"))
    out.paragraph(words("share.clients"))
    return None


def _verdict(found: "ShareProbe") -> str:
    return {True: "safe", False: "unsafe", None: "unproven"}[found.safe]


def document(found: "ShareProbe", words: Words) -> Json:
    """Every check with its sentence; `safe` null: not shown."""
    return {
        "folder": str(found.folder),
        "system": found.system,
        "safe": found.safe,
        "verdict": words(f"share.{_verdict(found)}"),
        "checks": [
            {
                "code": each.code,
                "verdict": each.verdict,
                "needed": each.needed,
                "check": words(f"share.check.{each.code}"),
                "message": said(each, words) or None,
                "values": dict(each.values),
                "why": each.why,
            }
            for each in found.checks
        ],
    }


def said(each: "Check", words: Words) -> str:
    """What follows from it, in the system's words where it said something."""
    part = {"ok": "found", "no": "follows", "unknown": "unsure"}[each.verdict]
    code = "no_mount" if each.code == "mount" and each.verdict == "unknown" and not each.values else each.code
    key = f"share.{part}.{code}"
    values = {"found": "—", **each.values}
    sentence = words(key, **values) if words.has(key) else ""
    if each.why == "hung":
        return sentence + words("share.hung")
    return sentence + (words("share.why", why=each.why) if each.why else "")
