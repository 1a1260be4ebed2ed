"""A guarded xlsx package to the parts that its sheets lie in, by sheet name."""

import io
import posixpath
import zipfile
from typing import Any

from coverage_census.ingest.containers import xml_head
from coverage_census.ingest.refusal import Refused

BOOK = "xl/workbook.xml"


def parts_of_sheets(data: bytes) -> dict[str, str]:
    """Sheet name → part name; only after the guard, which has seen that no part declares entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        known, book = targets(archive, BOOK), _parsed(archive.read(BOOK))
    found = {}
    for sheet in book.iter("{*}sheet"):
        number = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        if number in known:
            found[sheet.get("name", "")] = known[number]
    return found


def targets(archive: zipfile.ZipFile, book: str) -> dict[str, str]:
    """Relation → part name, of the workbook part; empty where it has no relations."""
    folder, name = posixpath.split(book)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return {}
    return read(archive.read(relations), folder)


def read(xml: bytes, folder: str) -> dict[str, str]:
    """The same from the part of relations itself; `folder` is the one of the part that has them."""
    links = _parsed(xml).iter("{*}Relationship")
    return {
        each.get("Id", ""): _resolved(folder, each.get("Target", ""))
        for each in links
        if each.get("TargetMode") != "External"
    }


def _parsed(xml: bytes) -> Any:
    from lxml import etree

    xml_head.refuse(xml)
    try:
        found = etree.fromstring(
            xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        )
    except etree.LxmlError as error:
        raise Refused("damaged") from error
    if found is None:  # nothing in it could be recovered
        raise Refused("damaged")
    return found


def _resolved(folder: str, target: str) -> str:
    """Targets are relative to the folder of the workbook, or absolute in the package."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
