"""The same two registers through Splink, which is given our core names and compares within counties as we do.

One configuration, trained without the truth; its cut is the customary 0.5, and beside it the best there is, which
nobody knows who has no truth; so we too are held against it with every likeliest question taken for a yes. Each name is
linked to its best partner, where each is the other's best.
"""

import json
import sys
from pathlib import Path

from measure import cost, line

SIZE = 60_000
SCRIPT = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
sys.path[:0] = {paths!r}
import pandas
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from registers_score import names, registers
from coverage_census.registers.matching.columns import both
ours, theirs = registers({what!r}, {size}, aside=False)
def frame(listed, side, source):
    return pandas.DataFrame({{
        "unique_id": range(len(listed.name)), "source_dataset": source, "core": side.text, "county": listed.county,
        "town": listed.township, "uscc": listed.uscc, "start": [each[:2] for each in side.text],
        "end_": [each[-3:] for each in side.text],
    }})
start, wall = time.process_time(), time.perf_counter()
frames = [frame(each, side, name) for each, side, name in zip((ours, theirs), both(names(ours), names(theirs)), "ab")]
settings = SettingsCreator(
    link_type="link_only",
    comparisons=[cl.JaroWinklerAtThresholds("core", [0.95, 0.9, 0.85, 0.75]), cl.ExactMatch("town"),
                 *([cl.ExactMatch("uscc")] if {what!r} == "market" else [])],
    blocking_rules_to_generate_predictions=[
        block_on("county", "start"), block_on("county", "end_"),
        *([block_on("uscc")] if {what!r} == "market" else []),
    ],
    max_iterations=20,
)
api = DuckDBAPI()
linker = Linker([api.register(each) for each in frames], settings)
linker.training.estimate_probability_two_random_records_match([block_on("county", "core")], recall=0.8)
linker.training.estimate_u_using_random_sampling(max_pairs=2e7, seed=1)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("county", "start"))
found = linker.inference.predict(threshold_match_probability=0.0001).as_pandas_dataframe()
swap = found["source_dataset_l"] == "b"
found["one"] = found["unique_id_l"].where(~swap, found["unique_id_r"])
found["other"] = found["unique_id_r"].where(~swap, found["unique_id_l"])
p = found["match_probability"]
best = (p == found.groupby("one")["match_probability"].transform("max"))
best &= (p == found.groupby("other")["match_probability"].transform("max"))
kept = found[best].drop_duplicates("one").drop_duplicates("other")
took = time.process_time() - start, time.perf_counter() - wall
right = [ours.organisation[a] == theirs.organisation[b] for a, b in zip(kept["one"], kept["other"])]
kept = kept.assign(right=right)
true = len(set(ours.organisation) & set(theirs.organisation))
def at(cut):
    some = kept[kept["match_probability"] >= cut]
    precision, recall = some["right"].sum() / max(1, len(some)), some["right"].sum() / true
    return cut, precision, recall, 2 * precision * recall / max(1e-9, precision + recall)
cuts = [at(each) for each in (0.0001, 0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999, 0.9999)]
told = {{"took": took, "half": at(0.5), "best": max(cuts, key=lambda each: each[3])}}
open("splink.json", "w").write(json.dumps(told))
"""
OURS = """
import json, sys, time
sys.path[:0] = {paths!r}
from registers_score import every_question_taken, names, registers, score
from coverage_census.registers.matching.match import match
ours, theirs = registers({what!r}, {size}, aside=False)
start, wall = time.process_time(), time.perf_counter()
found = match(names(ours), names(theirs))
took = time.process_time() - start, time.perf_counter() - wall
made, taken = score(ours, theirs, found), score(ours, theirs, every_question_taken(found))
told = {{"took": took, "links": made.three(), "taken": taken.three()}}
open("ours.json", "w").write(json.dumps(told))
"""


def beside(folder: Path) -> None:
    """Both on the same data, one after the other."""
    paths = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]
    for what in ("market", "union"):
        memory = {}
        for name, script in (("ours", OURS), ("splink", SCRIPT)):
            made = script.format(paths=paths, what=what, size=SIZE)
            memory[name] = cost([sys.executable, "-c", made], folder, 1).memory
        ours, theirs = (json.loads((folder / f"{each}.json").read_text(encoding="utf-8")) for each in memory)
        took = ours["took"][0], theirs["took"][0]
        figures = f"{took[0]:.1f} and {took[1]:.1f} s CPU, {memory['ours']:.0f} and {memory['splink']:.0f} MB"
        line(f"registers: {what}, our time to Splink's", took[0] / took[1], 0.25, figures)
        _f1("our links", *ours["links"])
        _f1("and each likeliest question a yes", *ours["taken"])
        _f1("Splink from 0.5", *theirs["half"][1:])
        _f1(f"Splink from its best cut, {theirs['best'][0]}", *theirs["best"][1:])
        line(f"registers: {what}, F1 of Splink's best to ours", theirs["best"][3] / ours["taken"][2], 1, "")


def _f1(what: str, precision: float, recall: float, f1: float) -> None:
    print(f"    {what:40} P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}")  # noqa: T201
