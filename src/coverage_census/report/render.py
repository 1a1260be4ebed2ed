"""A page in, one self-contained HTML text out; nothing is written here."""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import TracebackType
from zipfile import BadZipFile

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from coverage_census.errors import CensusError
from coverage_census.report import figures
from coverage_census.report.page import sections
from coverage_census.report.page.charts import Chart
from coverage_census.report.page.page import CoveragePage
from coverage_census.report.page.rows import RowsPage
from coverage_census.words.catalogue import Lang, Words

COVERAGE = "coverage.html.j2"
DOCUMENT = "bulletin.docx"
ROWS = "rows.html.j2"
INDEX = "index.html.j2"
ENCODING = "utf-8-sig"
"""What Notepad writes is UTF-8 with a mark at its beginning."""


def coverage(page: CoveragePage, words: Words, office: Path | None = None, ours: Path | None = None) -> str:
    """The page filled into `coverage.html.j2`: the one in the folder `office` if there is one, else ours.

    An office's template may begin with `{% extends "census:coverage.html.j2" %}` and replace single blocks.
    """
    return filled(COVERAGE, page, words, office, ours)


def index(page: CoveragePage, words: Words, office: Path | None = None) -> str:
    """The first page of a report on several counties."""
    return filled(INDEX, page, words, office)


def rows(page: RowsPage, words: Words, office: Path | None = None) -> str:
    """The file of rows beside a page."""
    return filled(ROWS, page, words, office)


def own(file: Path, values: Mapping[str, object], words: Words) -> bytes:
    """`values` filled into a template of the office's own, Word or text; it may build on ours (`census:…`)."""
    if file.suffix == ".docx":
        return _document(file, values, words)
    return _filled(file.name, values, words, [file.parent, our_templates()]).encode("utf-8")


def filled(template: str, page: object, words: Words, office: Path | None = None, ours: Path | None = None) -> str:
    """`page` filled into a template of the office or of ours."""
    folders = [folder for folder in (office, ours or our_templates()) if folder is not None]
    return _filled(template, {"page": page}, words, folders)


def _filled(template: str, values: Mapping[str, object], words: Words, folders: list[Path]) -> str:
    try:
        return _compiled(tuple(folders), words.lang).get_template(template).render(values)
    except TemplateSyntaxError as error:
        raise _wrong(error.filename or error.name, error.lineno, _said(error.message, words)) from error
    except TemplateNotFound as error:
        raise _wrong(
            *_place(error.__traceback__, folders), words("report.template.missing", name=error.name)
        ) from error
    except RecursionError as error:
        raise _wrong(*_place(error.__traceback__, folders), words("report.template.circle")) from error
    except UnicodeDecodeError as error:
        raise _wrong(_undecodable(folders), 1, words("report.template.encoding")) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise _wrong(*_place(error.__traceback__, folders), _said(str(error), words)) from error


def document(values: object, words: Words, office: Path | None = None) -> bytes:
    """`values` as `page` filled into `bulletin.docx`: the one in the folder `office` if there is one, else ours."""
    chosen = office / DOCUMENT if office is not None else None
    file = chosen if chosen is not None and chosen.is_file() else our_templates() / DOCUMENT
    return _document(file, {"page": values}, words)


def _document(file: Path, values: Mapping[str, object], words: Words) -> bytes:
    import io

    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate

    sink = io.BytesIO()
    try:
        template = DocxTemplate(file)
        template.render(dict(values), _environment([file.parent], words), autoescape=True)
        template.save(sink)
    except (PackageNotFoundError, BadZipFile, KeyError) as error:
        raise _wrong(str(file), 1, words("report.template.no_document")) from error
    except TemplateSyntaxError as error:
        raise _wrong(str(file), error.lineno, _said(error.message, words)) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise _wrong(str(file), 1, _said(str(error), words)) from error
    return sink.getvalue()


def our_templates() -> Path:
    """In a wheel the templates ride inside the package; an editable install reads them from the repository."""
    inside = Path(__file__).with_name("templates")
    return inside if inside.is_dir() else Path(__file__).parents[3] / "reports" / "templates"


@cache
def _compiled(folders: tuple[Path, ...], lang: Lang) -> ImmutableSandboxedEnvironment:
    """One a process, so that a province's pages share their compiled templates (a changed file is read anew)."""
    return _environment(list(folders), Words(lang))


def _environment(folders: list[Path], words: Words) -> ImmutableSandboxedEnvironment:
    loaders: list[BaseLoader] = [FileSystemLoader(folder, encoding=ENCODING) for folder in folders]
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*loaders, PrefixLoader({"census": loaders[-1]}, delimiter=":")]),
        autoescape=_escaped,
        undefined=StrictUndefined,
        finalize=_shown,
        extensions=[_Sections],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["t"] = _label(words)
    environment.globals["title"] = lambda name: sections.title(name, words)
    environment.globals["listed"] = sections.contents
    environment.globals["drawn"] = _drawn
    environment.globals["hash"] = lambda text: _hash(str(text))
    environment.filters["n"] = lambda value: figures.number(value, words.lang)
    return environment


class _Sections(Extension):
    """`{% sections %}` in a page of ours is a block for each of its sections, in the order of their list."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return source.replace("{% sections %}", sections.blocks((name or "").rpartition(":")[2]))


def _escaped(template: str | None) -> bool:
    """Whatever is no plain text is markup."""
    return template is None or not template.endswith((".txt.j2", ".md.j2"))


def _drawn(chart: Chart) -> Markup:
    """A chart as SVG; the drawing program has escaped every text in it."""
    from coverage_census.report.page import svg

    return Markup(svg.svg(chart))


def _hash(text: str) -> str:
    """What a content security policy wants to hear of a script: only this one runs."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _label(words: Words) -> Callable[..., str]:
    return lambda key, **values: words(f"report.{key}", **values)


def _shown(value: object) -> object:
    """Every text that a template prints passes here; what is already markup consists of texts that did."""
    return figures.plain(value) if type(value) is str else value


def _wrong(file: str | None, line: int | None, why: str | None) -> CensusError:
    return CensusError("template_wrong", file=file or COVERAGE, line=line or 1, why=why or "")


# What Jinja says in English, of the slips that people make.
_SLIPS = {
    "undefined": re.compile(r"^'(?P<name>[^']+)' is undefined"),
    "attribute": re.compile(r"has no attribute '(?P<name>[^']+)'"),
    "filter": re.compile(r"^No filter named '(?P<name>[^']+)'"),
    "tag": re.compile(r"unknown tag '(?P<name>[^']+)'"),
}


def _said(message: str | None, words: Words) -> str:
    """The same in the language of the run; a rarer one stands as it is behind a sentence of ours."""
    for key, pattern in _SLIPS.items():
        if match := pattern.search(message or ""):
            return words(f"report.template.{key}", name=match["name"])
    return words("report.template.other", said=message or "")


def _place(trace: TracebackType | None, folders: list[Path]) -> tuple[str, int]:
    """Template and line of the innermost frame that is a template's own (Jinja maps its frames back to templates)."""
    found = (COVERAGE, 1)
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.parent in folders:
            found = (str(file), trace.tb_lineno)
        trace = trace.tb_next
    return found


def _undecodable(folders: list[Path]) -> str:
    for file in (each for folder in folders if folder.is_dir() for each in sorted(folder.iterdir()) if each.is_file()):
        try:
            file.read_text(encoding=ENCODING)
        except UnicodeDecodeError:
            return str(file)
    return COVERAGE
