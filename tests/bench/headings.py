"""The grammar of headings on paraphrases: recall and precision by slot and dress, for those never seen together."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from headings_case import collected
from headings_case import score as of_collected
from headings_paraphrased import Score, paraphrases, read_as, score, sheets

COUNT, SEED = 20_000, 2
RECALL, PRECISION = 0.995, 1.0


def main() -> int:
    every = list(paraphrases(COUNT, SEED))
    seen = score(each for each in every if not each.aside)
    aside = score(each for each in every if each.aside)
    misprints = score(paraphrases(COUNT // 4, SEED, misprints=True))
    _say("headings collected beforehand, set aside:", of_collected(each for each in collected() if each.aside))
    _say("paraphrases:     ", seen.line())
    _say("never together:  ", aside.line())
    for slot in sorted(aside.told | aside.meant):
        _say("  ", aside.line(slot))
    _say("with a misprint: ", misprints.line("misprint"))
    read = [
        (each, got) for row in sheets(every[:1500]) if any(each.field for each in row) for each, got in read_as(row)
    ]
    _say(f"sheets:           {sum(got == each.field for each, got in read)} of {len(read)} columns as meant")
    _list("wrong", [*seen.wrong, *aside.wrong, *misprints.wrong])
    _list("missed", [*seen.missed, *aside.missed])
    return 0 if _holds(seen) and _holds(aside) and not misprints.wrong else 1


def _holds(score: Score) -> bool:
    return score.recall() >= RECALL and score.precision() >= PRECISION


def _say(*text: object) -> None:
    print(*text)  # noqa: T201


def _list(what: str, texts: list[str]) -> None:
    for text in sorted({" ".join(text.split()) for text in texts})[:40]:
        _say(f"{what}: {text}")


if __name__ == "__main__":
    sys.exit(main())
