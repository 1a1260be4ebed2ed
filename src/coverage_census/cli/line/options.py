"""The options that several commands share, each with its help in the language of the run."""

from typing import Any

import typer

from coverage_census.cli.line.typed import impersonal, narrow, note, several
from coverage_census.words.catalogue import Words


class Options:
    """One Typer option or argument an attribute; a command takes them as default values of its parameters."""

    def __init__(self, words: Words) -> None:
        def without_persons(value: Any) -> Any:
            kept = impersonal(value)
            if kept != value:
                note(words("console.typed_hidden"))
            return kept

        def option(
            default: Any, *names: str, help: str | None = None, meta: str | None = None, read: Any = None
        ) -> Any:
            key = help or names[0].lstrip("-").replace("-", "_")
            metavar = words(f"help.meta.{meta}") if meta else None
            said = words(f"help.option.{key}")
            return typer.Option(default, *names, help=said, metavar=metavar, show_default=False, callback=read)

        def argument(default: Any, key: str, meta: str, read: Any = None) -> Any:
            metavar, said = words(f"help.meta.{meta}"), words(f"help.argument.{key}")
            return typer.Argument(default, help=said, metavar=metavar, show_default=False, callback=read)

        self.workspace = option(None, "--workspace", meta="FOLDER")
        self.lang = option(None, "--lang", meta="LANG")
        self.json = option(False, "--json")
        self.csv = option(False, "--csv")
        self.round = option(None, "--round", "--period", meta="NAME", read=without_persons)
        self.round_name = option(None, "--round", "--period", help="round_name", meta="NAME", read=without_persons)
        self.as_of = option(None, "--as-of", meta="DAY")
        self.cut_off = option(None, "--as-of", help="cut_off", meta="DAY")
        self.no_returns = option(False, "--no-returns")
        self.older = option(False, "--older")
        self.policy = option(None, "--policy", meta="NAME")
        self.engine = option("duckdb", "--engine", meta="NAME")
        self.groupings = {
            "county": option(False, "--county"),
            "township": option(False, "--township"),
            "kind": option(False, "--kind"),
            "industry": option(False, "--industry"),
            "zone": option(False, "--zone"),
            "scale": option(False, "--scale"),
        }
        self.list = option(False, "--list")
        self.behind = option(False, "--list", help="behind")
        self.more = option(False, "--more")
        self.names = option(False, "--names")
        self.claims = option(None, "--claims", meta="FILE")
        self.what_if = option(None, "--what-if", meta="KEY_VALUE", read=several)
        self.html = option(False, "--html")
        self.xlsx = option(False, "--xlsx")
        self.docx = option(False, "--docx")
        self.annual = option(False, "--annual")
        self.own_template = option(None, "--template", help="own_template", meta="NAME")
        self.trace = option(None, "--trace", meta="CELL", read=narrow)
        self.export_out = option(None, "--out", help="export_out", meta="FILE")
        self.as_of_round = option(None, "--as-of", help="as_of_round", meta="DAY")
        self.report_out = option(None, "--out", help="report_out", meta="FOLDER")
        self.fill_out = option(None, "--out", help="fill_out", meta="FILE")
        self.template_out = option(None, "--out", help="template_out", meta="FILE")
        self.sample_out = option(None, "--out", help="sample_out", meta="FOLDER")
        self.organisations = option(None, "--organisations", meta="NUMBER")
        self.one_file = option(False, "--one-file")
        self.sample_registers = option(False, "--registers", help="sample_registers")
        self.seed = option(None, "--seed", meta="NUMBER")
        self.what = option(None, "--what", meta="NAME")
        self.format = option(None, "--format", meta="FORMAT")
        self.remember = option(False, "--remember")
        self.force = option(False, "--force")
        self.anchor = option(None, "--anchor", meta="HASH")
        self.reason = option(None, "--reason", meta="TEXT", read=without_persons)
        self.back = option(None, "--reason", help="back", meta="TEXT", read=without_persons)
        self.instructors = option(None, "--instructors", meta="FILE")
        self.blank_instructors = option(False, "--instructors", help="blank_instructors")
        self.optimal = option("organisations", "--optimal", meta="SIDE")
        self.keep = option(False, "--keep")
        self.plan_name = option(None, "--name", help="plan_name", meta="NAME", read=without_persons)
        self.review_xlsx = option(False, "--xlsx", help="review_xlsx")
        self.review_out = option(None, "--out", help="review_out", meta="FILE")
        self.review = option(None, "--review", meta="FILE")
        self.kept_plan = argument(None, "kept_plan", "PLAN", without_persons)
        self.compared_plan = argument(..., "compared_plan", "PLAN", without_persons)
        self.step = option(None, "--step", meta="STEP")
        self.steps = option(None, "--steps", meta="FILE")
        self.undone = argument(..., "undone", "ROUND", without_persons)
        self.archive = option(False, "--archive")
        self.cron = option(False, "--cron")
        self.dry_run = option(False, "--dry-run")
        self.compared = argument(None, "compared", "ROUND", without_persons)
        self.since = option(None, "--since", meta="DAY")
        self.campaign = option(False, "--campaign")
        self.owing = option(False, "--list", help="owing")
        self.reminders = option(False, "--xlsx", help="reminders")
        self.reminders_out = option(None, "--out", help="reminders_out", meta="FILE")
        self.reporting_round = option(
            None, "--round", "--period", help="reporting_round", meta="NAME", read=without_persons
        )
        self.register_files = argument(None, "register_files", "FILE")
        self.register = option(None, "--register", meta="NAME", read=without_persons)
        self.register_list = option(None, "--list", help="register_list", meta="CLASS")
        self.register_xlsx = option(False, "--xlsx", help="register_xlsx")
        self.register_out = option(None, "--out", help="register_out", meta="FILE")
        self.register_as_of = option(None, "--as-of", help="register_as_of", meta="DAY")
        self.folder = argument(None, "folder", "FOLDER")
        self.files = argument(..., "files", "FILE")
        self.trend = option(False, "--trend")
        self.rename = option(None, "--rename", meta="OLD_NEW")
        self.examined = argument(None, "files", "FILE")
        self.share = option(None, "--share", meta="FOLDER")
        self.form = argument(..., "form", "FILE")
        self.areas = argument(None, "areas", "AREA", several)
        self.organisation = argument(..., "organisation", "NAME")
        self.codes = argument(None, "codes", "CODE")
        self.rules_action = argument("list", "rules_action", "ACTION")
        self.policies = argument(None, "policies", "NAME", several)
        many = {"state": "STATE", "class": "CLASS", "done": "TASK", "void": "TASK", "open": "TASK", "assign": "TASK"}
        texts = {"owner": "NAME", "evidence": "TEXT", "reason": "TEXT", "until": "DAY", "step": "STATE", "who": "NAME",
                 "read": "FILE"}  # fmt: skip
        typed = {"owner", "evidence", "reason", "who"}
        self.task = {
            name: option(
                None if name in {**many, **texts} else False, f"--{name}", help=f"task_{name}",
                meta=many.get(name) or texts.get(name), read=without_persons if name in typed else None,
            )
            for name in ("list", "due", "overdue", "unbuilt", "html", "xlsx", *many, *texts)
        }  # fmt: skip
