"""A guarded xlsx package to the parts that its sheets lie in, by sheet name."""

import io
import posixpath
import zipfile
from typing import Any

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def parts_of_sheets(data: bytes) -> dict[str, str]:
    """Sheet name → part name; only after the guard, which has seen that no part declares entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if RELATIONS not in archive.namelist():
            return {}
        book, relations = _parsed(archive.read(BOOK)), _parsed(archive.read(RELATIONS))
    targets = {each.get("Id"): _resolved(each.get("Target", "")) for each in relations.iter("{*}Relationship")}
    found = {}
    for sheet in book.iter("{*}sheet"):
        number = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        if number in targets:
            found[sheet.get("name", "")] = targets[number]
    return found


def _parsed(xml: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))


def _resolved(target: str) -> str:
    """Targets are relative to the folder of the workbook, or absolute in the package."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
