"""Planted faults through all stages: each guard whose loss would harm an office's figures, privacy or ledger is taken
out of a copy of the code, and the quick tests that are named beside it must notice (`make mutants`).

`planting.py` says how; what guards the drive under the ledger stands in `soak/planted.py`.
"""

# ruff: noqa: E501   (the guards stand here as they stand in the code)

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from mutants.planting import Bug, main

CONTAINERS = (
    Bug("a sheet locked with a password is unpacked", "ingest/containers/guard.py", "    if any(part.flag_bits & ENCRYPTED_BIT for part in parts):\n        raise Refused(\"encrypted\")\n", "", "test_ingest_containers.py -k refused_with_its_own_code"),
    Bug("a part that leads out of its workbook is taken", "ingest/containers/guard.py", " or any(_leads_out(part.filename) for part in parts)", "", "test_ingest_containers.py -k refused_with_its_own_code"),
    Bug("bytes that nobody types are taken for Chinese", "ingest/containers/csv.py", "    if PRIVATE.search(text):\n        raise Refused(\"unknown_encoding\")\n", "", "test_ingest_containers.py -k refused_with_its_own_code"),
    Bug("a text cut off within a sign is read", "ingest/containers/csv.py", "        if error.reason == \"unexpected end of data\" and not data[: error.start].isascii():\n            raise Refused(\"half_copied\") from error\n", "        pass\n", "test_ingest_containers.py -k refused_with_its_own_code"),
)  # fmt: skip

LAYOUT = (
    Bug("labels beside labels make a card", "ingest/layout/kinds.py", "    return labels * 5 <= len(card.values) and card.facts >= _FACTS", "    return card.facts >= _FACTS", "test_ingest_guards.py -k no_card"),
    Bug("a column of ID numbers makes no roster", "ingest/layout/kinds.py", "    return header is None and _persons_in_rows(grid)", "    return False", "test_ingest_guards.py -k roster"),
    Bug("a cell that begins with a township is one", "ingest/cells/places.py", "    town = split_place(plain)[1]\n    return bool(town and plain.endswith(town))", "    town = split_place(plain)[1]\n    return bool(town)", "test_returns.py -k csv_gets"),
)  # fmt: skip

RECORDS = (
    Bug("a level alone is no organisation", "ingest/records/settle.py", "for field in (\"org_form\", \"org_level\", \"org_name\") if", "for field in (\"org_form\", \"org_name\") if", "test_ingest_guards.py -k level_says"),
    Bug("funds over merged cells are given to each", "model/organisation.py", "    numbers = (*fields_of(\"count\"), *fields_of(\"number\"))\n    return frozenset(name for name in numbers if not", "    numbers = fields_of(\"count\")\n    return frozenset(name for name in numbers if not", "test_ingest_guards.py -k nobodys_own"),
    Bug("formal members that cannot be read are worked out", "ingest/records/settle.py", " and row not in unread:", ":", "test_ingest_guards.py -k not_worked_out"),
    Bug("a company under 92 stays a sole trader", "ingest/records/settle.py", "    if kind is Kind.SOLE_TRADER and keeps_code(registered, as_of) and _COMPANY.search(name or \"\"):", "    if False:", "test_one_organisation.py -k decides_the_kind"),
    Bug("a name proves an organisation where 是否建立 is left blank", "ingest/records/settle.py", "    if index is not None and index not in facts.ticks:\n        return\n", "", "test_ingest_guards.py -k left_blank"),
)  # fmt: skip

CELLS = (
    Bug("2014.1 is January", "ingest/cells/dates.py", "    if month_unsure(value):  # only the year is certain", "    if False:", "test_ingest_rules.py -k october"),
    Bug("50余 has no upper end", "ingest/cells/counts.py", "Count(n, Qualifier.AT_LEAST, n + 1, n + step - 1)", "Count(n, Qualifier.AT_LEAST, n + 1, None)", "test_ingest_values.py -k counts"),
)  # fmt: skip

CHECKS = (
    Bug("a name that leaves its region out is another", "ingest/checks/duplicates.py", "    return a == b or a.endswith(b) or b.endswith(a)", "    return a == b", "test_ingest_guards.py -k its_region"),
    Bug("an organisation listed twice counts twice in a total", "ingest/checks/totals.py", " and index not in repeated\n", "\n", "test_ingest_sheets.py -k totals"),
    Bug("part of a breakdown is held against the whole", "ingest/checks/breakdowns.py", "(whole and len(numbers) == len(parts) and over < -1e-6)", "(len(numbers) == len(parts) and over < -1e-6)", "test_ingest_guards.py -k breakdown"),
    Bug("whoever is stated as closed is asked about", "ingest/checks/ended.py", " and status[row] in (None, OperatingStatus.OPERATING):", ":", "test_ingest_guards.py -k status_says"),
)  # fmt: skip

PRIVACY = (
    Bug("the last look leaves rows as they are", "ingest/privacy/last_look.py", "        if hits:\n", "        if False:\n", "test_ingest_guards.py -k last_look"),
    Bug("the last look leaves numbers in problems", "ingest/privacy/last_look.py", "and abs(value) > 1e10\n", "and False\n", "test_ingest_guards.py -k last_look"),
    Bug("a name beside a telephone number stays", "privacy/door.py", "        found += _beside(folded.text, [each for each in found if each.kind in (\"id\", \"phone\", \"card\")])\n", "", "test_privacy_door.py -k beside_a_number"),
    Bug("reasons of returned answers are kept as written", "ingest/returned/answers.py", "        hidden = redact.redact(asked.reason)\n", "        hidden = None\n", "test_returns.py -k csv_gets"),
    Bug("an owner may be a person", "tasks/marks.py", "        if is_person(marks.owner):\n            raise WrongUsage(\"owner_person\")\n", "", "test_office_guards.py -k owns_no_task"),
)  # fmt: skip

JAIL = (
    Bug("an answer for another file is accepted", "ingest/jail/parent.py", "        if head.reading.file != incoming.label:\n            raise _Died(\"reader_crashed\")\n", "", "test_ingest_jail.py -k come_through"),
    Bug("what others left in memory refuses a file", "ingest/jail/parent.py", "        if last and (done == 0 or last.code == \"too_slow\"):", "        if last:", "test_ingest_jail.py -k left_behind"),
    Bug("what a library prints gets between the answers", "ingest/jail/child.py", "    os.dup2(nowhere, 1)\n", "", "test_ingest_jail.py -k terminal"),
)  # fmt: skip

RETURNED = (
    Bug("an answer replaces what somebody wrote into the cell", "ingest/returned/answers.py", "        if edited and as_text(stands).strip() != text(asked.new):", "        if False:", "test_returns.py -k 'rows_may_move or cannot_be_taken'"),
    Bug("of two rows that may be meant the first is corrected", "ingest/returned/problem_list.py", "                if len(rows) > 1:\n                    return None\n", "", "test_office_guards.py -k two_rows"),
    Bug("an error can be answered with 属实", "ingest/returned/answers.py", "        if asked.known[\"level\"] == Level.ERROR:", "        if False:", "test_returns.py -k cannot_be_taken"),
    Bug("an older return workbook is overwritten", "files/disk.py", " if each not in taken and not (beside and each.exists()))", " if each not in taken)", "test_office_guards.py -k not_overwritten"),
)  # fmt: skip

MARK = (
    Bug("the sender's own comment goes", "ingest/mark/cells.py", "    before = cell.comment.text + _DIVIDER if cell.comment is not None else \"\"", "    before = \"\"", "test_returns.py -k 'stays_as_it_was or second_return'"),
)  # fmt: skip

INTAKE = (
    Bug("a file is called known before its round is on the disk", "ledger/intake/seen.py", "        rounds_folder.settle(folder, drive)\n", "", "test_office_guards.py -k throw_it_away"),
    Bug("a sheet of the same day is an older one", "ledger/intake/older_sheets.py", " is not None and held > day}", " is not None and held >= day}", "test_ledger_rounds.py -k 'a_then_b or equal_rows'"),
    Bug("a list of a park reports the towns it lies in", "ledger/intake/scopes.py", "2 * before.named[here] >= before.all[here]", "before.named[here]", "test_ledger_rounds.py -k park"),
    Bug("one code tells the county of a ledger", "ledger/intake/counties.py", "_ENOUGH = 3 ", "_ENOUGH = 1 ", "test_one_county.py -k codes"),
)  # fmt: skip

IDENTITY = (
    Bug("a branch office is its head office", "ledger/identity/match.py", " or BRANCH.findall(one) != BRANCH.findall(other):\n        return False\n    if one in other", ":\n        return False\n    if one in other", "test_ledger_identity.py"),
    Bug("of two that it may be, the first is taken", "ledger/identity/match.py", "    if len(candidates) == 1 and free[candidates[0]]:", "    if candidates and free[candidates[0]]:", "test_ledger_identity.py -k either"),
    Bug("one organisation is given to two rows", "ledger/identity/match.py", "    if len(candidates) == 1 and free[candidates[0]]:", "    if len(candidates) == 1:", "test_ledger_identity.py -k one_code_in"),
    Bug("two sheets that disagree are mixed", "ledger/identity/duplicates.py", "        if note.group not in closed and not _states", "        if not _states", "test_ledger_duplicates.py"),
)  # fmt: skip

MATCHING = (
    Bug("a register's firm is found in another township", "registers/matching/same_name.py", "_ALL = (\"county\", *_PLACE, ", "_ALL = (\"county\", ", "test_registers_matching.py"),
    Bug("one code makes one firm of two names", "registers/matching/codes.py", "(equal | _names_agree(found, same, equal)) & forms", "forms", "test_registers_matching.py"),
    Bug("科贸 is a slip of 科技", "registers/matching/ordinary.py", "            if each.tag == \"replace\" and each.src_end >= len(mine) - _LAST:\n                return True\n", "", "test_registers_matching.py"),
    Bug("what people said is two is asked again", "registers/matching/standing.py", "found.where(~pairs.among(found, self.apart)) if self.apart else found", "found", "test_registers_matching.py"),
)  # fmt: skip

WRITE = (
    Bug("a sheet that repeats the mistake undoes the correction", "ledger/write/corrections.py", "found is None or found in replaced or place", "found is None or place", "test_returns.py -k undoes_no_correction"),
    Bug("a correction holds against sheets of an earlier day", "ledger/write/draft.py", "    return {each: replaced for each, replaced in found.items() if days_of.get(each, day) <= day}", "    return found", "test_office_guards.py -k quarter_before"),
    Bug("a sheet that does not ask erases", "ledger/write/carry.py", "        keep = pc.and_(silent, pc.invert(_stated(new))) if silent is not None else None\n", "        keep = None\n", "test_ledger_rounds.py -k does_not_ask"),
)  # fmt: skip

COMPARE = (
    Bug("founded since then is a correction", "ledger/compare/causes.py", "WHEN {later} OR (NOT b.has_org", "WHEN (NOT b.has_org", "test_office_guards.py -k newly_built"),
    Bug("undone is no correction", "ledger/compare/causes.py", "        WHEN a.word < b.word THEN 'corrected_data'  -- undone\n", "", "test_ledger_events.py test_living.py -k 'merger_that_was_undone or is_mended'"),
)  # fmt: skip

OWED = (
    Bug("a township owes whoever is gone", "ledger/owed/who_reported.py", "    found = rounds.relation(folder, state, drive).filter(f\"NOT ({named.sql()}) AND NOT {gone()}\")", "    found = rounds.relation(folder, state, drive).filter(f\"NOT ({named.sql()})\")", "test_living.py test_missing.py -k 'not_asked_to_be or organisation_by_organisation'"),
    Bug("a register's line is owed although it is gone", "ledger/owed/township_counts.py", "        for line in (each for each in register if not each.gone):", "        for line in register:", "test_office_guards.py -k known_to_be_gone"),
    Bug("河镇 is 五河镇", "ledger/owed/township.py", "    return stem(own[1]) == stem(place[1]) and", "    return stem(place[1]) in own[1] and", "test_missing.py -k nobody_could_read"),
    Bug("a year alone ends in January", "model/days.py", "int(partial[5:7] or 12)", "int(partial[5:7] or 1)", "test_office_guards.py -k last_day"),
)  # fmt: skip

UNDO = (
    Bug("a round is undone twice", "ledger/undo/undo.py", "        if each.supersedes == number:\n            raise CensusError(\"already_undone\", round=number, by=each.number)\n", "        pass\n", "test_ledger_undo.py -k twice"),
    Bug("what a later round rests on is taken away", "ledger/undo/without.py", "        if step.rests() or step.names", "        if step.names", "test_ledger_undo.py -k recognised"),
    Bug("a correction that is undone stays in later rounds", "ledger/undo/without.py", "        new = reported.as_reported(past.table(each.number), past.problems(each.number), decided)\n", "        new = past.table(each.number)\n", "test_office_guards.py -k undone_a"),
)  # fmt: skip

REREAD = (
    Bug("what settings change is not read anew", "ledger/reread/rows.py", "other_settings = None not in (file.read_with, then.read_with) and file.read_with != then.read_with", "other_settings = False", "test_reading_anew.py -k a_line_under_columns"),
    Bug("a file read anew speaks for the day on which it is read", "ledger/reread/rows.py", "else sheet.model_copy(update={\"speaks_for\": origin.day_of(sheet)})", "else sheet", "test_reading_anew.py -k 'stays_in_its_period or every_period'"),
)  # fmt: skip

POLICY = (
    Bug("figures that contradict each other narrow each other", "policy/language/facts.py", "    formal_low = on.choose([(on.less_than(formal_high, at_least), stated)], at_least)", "    formal_low = at_least", "test_office_guards.py -k makes_no_duty"),
    Bug("joint branches of two counties are one", "policy/decide/joint.py", "    return f\"{row.get('county') or ''}/{_plain(row['org_name'])}\"", "    return _plain(row['org_name'])", "test_office_guards.py -k two_branches"),
    Bug("nobody is to be confirmed, record by record", "policy/figures/coverage.py", "        marks.add(\"to_confirm\")\n", "        pass\n", "test_office_guards.py -k cannot_be_decided"),
    Bug("a target is rounded down", "policy/figures/indicators.py", "    needed = -(-target.percent * each.denominator // 100)", "    needed = target.percent * each.denominator // 100", "test_office_guards.py -k whole_organisations"),
    Bug("the latest deadline counts", "policy/decide/deadlines.py", "    return min((day for day in days if day is not None), default=None)", "    return max((day for day in days if day is not None), default=None)", "test_office_guards.py -k earlier_one"),
    Bug("a percentage is rounded to the even digit", "words/numbers.py", "    return (Decimal(100 * numerator) / denominator).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)", "    return (Decimal(100 * numerator) / denominator).quantize(Decimal(1).scaleb(-decimals))", "test_report_pages.py -k percent"),
    Bug("whoever is gone is counted, record by record", "policy/figures/coverage.py", "        if facts[\"gone\"]:\n            gone[key] += 1\n            continue\n", "", "test_living.py -k no_rate"),
)  # fmt: skip

PLAN = (
    Bug("an officer is sent into another county", "plan/liaison/costs.py", "    if county not in by.counties:\n        return None\n", "", "test_plan_liaison.py -k 'county or nearest or terms'"),
    Bug("what is signed is taken apart", "plan/liaison/liaison.py", "        return self.step in (AssignmentStep.SIGNED, AssignmentStep.APPOINTED)", "        return self.step is AssignmentStep.APPOINTED", "test_plan_liaison.py -k signed"),
    Bug("another organisation of that name stands for a kept one", "plan/kept/joint.py", "        return None if found is not None and uscc and found[\"uscc\"] and found[\"uscc\"] != uscc else found", "        return found", "test_office_guards.py -k another_code"),
    Bug("whoever the policy leaves out is planned for", "plan/joint/candidates.py", "        elif row[\"excluded\"]:\n            continue\n", "", "test_office_guards.py -k takes_nobody"),
    Bug("a branch has the units that stand in the ledger", "plan/joint/candidates.py", "    size = max([*lows, len(units)])", "    size = len(units)", "test_office_guards.py -k as_many_units"),
    Bug("six units make a joint branch", "plan/joint/limits.py", "    return tally.units <= keep.units_max", "    return tally.units <= keep.units_max + 1", "test_plan_joint_terms.py -k at_most_five"),
)  # fmt: skip

TASKS = (
    Bug("a round that only carries on confirms", "tasks/course.py", "    new = found.fresh or found.verdict is not now.verdict  # else", "    new = True  # else", "test_tasks_course.py -k 'carries_on or story'"),
    Bug("one township name in two counties is one committee", "tasks/owners.py", " for each, count in often.items() if count > 1}", " for each, count in often.items() if count > 9}", "test_office_guards.py -k two_committees"),
    Bug("of two lines that contradict each other the first counts", "tasks/sheet.py", "        if len(said) > 1:", "        if False:", "test_tasks_sheet.py"),
    Bug("a line says of a task what is another organisation's", "tasks/sheet.py", " and _bare(name) != _bare(item.facts[\"name\"]):", " and False:", "test_tasks_sheet.py"),
)  # fmt: skip

REPORT = (
    Bug("the list of irregular branches gives no advice", "report/page/gap_lists.py", "ADVISED = CLASSES[: CLASSES.index(Gap.IRREGULAR_JOINT) + 1]", "ADVISED = CLASSES[: CLASSES.index(Gap.IRREGULAR_JOINT)]", "test_office_guards.py -k gives_its_advice"),
    Bug("50人以上 begins with 51", "report/annual/placing.py", "SIZES = {\"over_50\": 50,", "SIZES = {\"over_50\": 51,", "test_office_guards.py -k begins_with_50"),
    Bug("0 stands where nobody knows", "report/annual/counting.py", "            if cells[\"units\", column].value is None:\n                break  # of nobody it is known whether he belongs here: then a 0 further down would mislead\n", "", "test_annual.py -k 'cell_lists or layout_and_the_figures or grow'"),
    Bug("the form checks itself down to row 20", "template/form.py", "LAST = FIRST + 1999 ", "LAST = FIRST + 14 ", "test_office_guards.py -k checks_itself"),
    Bug("a cell of CSV can run as a formula", "files/csv_text.py", "    return _LIVE.sub(r\"\\1'\", text)", "    return text", "test_cli.py -k runs_no_formula"),
)  # fmt: skip

RUN = (
    Bug("a text file of six seconds counts as written", "inbox/look.py", "STILL = 60.0 ", "STILL = 6.0 ", "test_office_guards.py -k after_a_minute"),
    Bug("what was changed since it was read is archived", "inbox/archive.py", "    if file_hash.sha256(source) != sha256:\n        return False\n    disk", "    disk", "test_run.py -k changed_since"),
    Bug("an editor's old mark is believed for ever", "inbox/look.py", "owners.editing(path, now - GIVEN_UP)", "owners.editing(path, 0.0)", "test_run.py -k old_mark"),
    Bug("a report that could not be replaced is no news", "commands/run/run.py", "    if failed:\n        return ExitCode.NOT_REPLACED\n", "", "test_run.py -k open_elsewhere"),
)  # fmt: skip

CLI = (
    Bug("two documents go to one stdout", "cli/line/idle_options.py", "    if name != \"export\" and typed.issuperset(_EITHER):", "    if False:", "test_options_belong.py -k two_documents"),
    Bug("a day outside its period is taken", "cli/line/session.py", "    if period not in (own, own.before()):", "    if False:", "test_office_guards.py -k is_a_slip"),
    Bug("a workspace that is not there is begun", "cli/line/session.py", "    if workspace is not None and not may_be_absent:\n        _there(workspace.absolute())\n", "", "test_cli.py test_environment.py -k workspace"),
)  # fmt: skip

FAULTS = (
    *CONTAINERS, *LAYOUT, *RECORDS, *CELLS, *CHECKS, *PRIVACY, *JAIL, *RETURNED, *MARK, *INTAKE, *IDENTITY, *MATCHING, *WRITE,
    *COMPARE, *OWED, *UNDO, *REREAD, *POLICY, *PLAN, *TASKS, *REPORT, *RUN, *CLI,
)  # fmt: skip


if __name__ == "__main__":
    main(FAULTS, __doc__)
