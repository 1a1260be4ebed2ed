"""The tool takes the words that it prints: titles of policies; its help says whole sentences, on 80 columns."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coverage_census.cli.app import build
from coverage_census.policy.files import rulebook
from coverage_census.words.catalogue import Lang, Words
from coverage_census.words.width import width
from kit import Census

SENTENCE = re.compile(r"[。：:.?？][)）\"”]?$")


def tree(lang: Lang) -> Iterator[tuple[str, Any]]:
    def below(command: Any, path: str) -> Iterator[tuple[str, Any]]:
        yield path, command
        for name, each in getattr(command, "commands", {}).items():
            yield from below(each, f"{path} {name}".strip())

    yield from below(build(Words(lang)), "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_line_of_help_is_a_whole_sentence(lang: Lang) -> None:
    """A list of commands shows the first line alone: it must not end in the middle."""
    cut = []
    for path, command in tree(lang):
        told = (command.help or "").strip("\n").split("\n")
        cut += [(path, line) for line in told if line and line[0] != " " and not SENTENCE.search(line)]
        helps = [(param.name, param.help) for param in command.params if getattr(param, "help", None)]
        cut += [(f"{path} {name}", text) for name, text in helps if not SENTENCE.search(text)]
    assert cut == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_stands_on_80_columns(lang: Lang, census: Census) -> None:
    for path, command in tree(lang):
        page = command.get_help(command.make_context("census", [], resilient_parsing=True))
        wide = [line for line in page.splitlines() if width(line) > 80]
        assert wide == [], path


def titles() -> list[tuple[str, str]]:
    policies = {name: rulebook.load(name, date(2026, 11, 28)) for name in rulebook.names()}
    return [(getattr(each.title, lang), name) for name, each in policies.items() for lang in ("zh", "en")]


@pytest.mark.parametrize(("title", "name"), titles())
def test_a_policy_goes_by_its_title(title: str, name: str) -> None:
    assert rulebook.called(title) == name
    assert rulebook.called(title.upper().replace("（", "(")) == name
    assert rulebook.called_each([*title.split(), "default"]) == (name, "default")


def test_a_title_wherever_a_policy_is_named(census: Census, tmp_path: Path) -> None:
    sheet = tmp_path / "柳河镇.csv"
    sheet.write_text("柳河镇企业台账\n截止2026年6月30日\n单位名称,从业人员,正式党员\n柳河甲厂,12,3\n", encoding="utf-8")
    census("ingest", sheet)
    assert "口径 official" in census("gaps", "--policy", "正式党员口径").out
    assert "official 与 default" in census("rules", "compare", "正式党员口径、通行口径").out
    assert census("rules", "show", "Formal", "members", "only").code == 0
    assert census("rules", "check", "正式党员口径").code == 0
    (tmp_path / "census.toml").write_text('policy = "正式党员口径"', encoding="utf-8")
    assert "口径 official" in census("gaps").out and "* official" in census("rules").out
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "own.toml").write_text("title = {", encoding="utf-8")  # it has no title, and hides none
    assert census("gaps").code == 0
    wrong = census("gaps", "--policy", "正式党")
    assert wrong.code == 2 and "official" in wrong.err.partition("已有")[0]


def three(census: Census, tmp_path: Path) -> None:
    sheet = tmp_path / "柳河镇.csv"
    rows = "".join(f"柳河{name}厂,40,3,否\n" for name in "甲乙丙")
    head = "柳河镇企业台账\n截止2026年6月30日\n单位名称,从业人员,正式党员,是否建立党组织\n"
    sheet.write_text(head + rows, encoding="utf-8")
    census("ingest", sheet)


def test_tasks_are_asked_for_by_the_words_of_their_tables(census: Census, tmp_path: Path) -> None:
    three(census, tmp_path)
    for lang in ("zh", "en"):
        tasks = json.loads(census("tasks", "--list", "--json", "--lang", lang).out)
        assert tasks
        for label in {each["what"] for each in tasks}:
            own = json.loads(census("tasks", "--list", "--json", "--lang", lang, "--class", label).out)
            assert {each["what"] for each in own} == {label}
        words = Words(lang)
        for head in ("open", "overdue", "due_soon", "done_lately"):
            assert census("tasks", "--state", words(f"tasks.head.{head}"), "--lang", lang).code == 0
    listed = json.loads(census("tasks", "--state", "未销号", "--json").out)
    assert len(listed) == len(json.loads(census("tasks", "--list", "--json").out))
    assert census("tasks", "--state", "已超期").out.strip() == "没有任务。"


@pytest.mark.parametrize(
    "said",
    [
        "第1号记录",
        "第 1 号记录",
        "1号",
        "No. 1",
        "entry 1",
        "2026年第二季度（截止 2026-06-30）",
        "Q2 2026 (as of 2026-06-30)",
    ],
)
def test_a_period_goes_by_what_receipts_call_it(said: str, census: Census, tmp_path: Path) -> None:
    three(census, tmp_path)
    assert census("gaps", "--round", said).code == 0
    assert census("gaps", "--as-of", "截止 2026-06-30").code == 0
    assert census("undo", "第9号").code == 1
