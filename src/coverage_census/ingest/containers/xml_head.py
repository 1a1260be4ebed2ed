"""What XML says before its first element: nothing but an encoding in which any declaration would be seen.

No parser is given XML that declares entities or a document type: of packages the guard sees every part first
(`extent.py` while it streams, its encoding here), of their relations and of Excel-2003 XML `refuse` sees the whole. So
none of them (calamine, lxml, expat, openpyxl) needs defusedxml; lxml is told besides to resolve and fetch nothing. An
HTML page may name its document type: its parser knows no entities but those of HTML.
"""

import re

from coverage_census.ingest.refusal import Refused

HEAD = 1024
# UTF-16 and UTF-32 have zero bytes between.
_DECLARATION = re.compile(rb"<\0{0,3}!\0{0,3}(?:d|e)", re.IGNORECASE)
_ENCODING = re.compile(rb"""<\?xml[^<>]{1,200}?encoding\s{0,9}=\s{0,9}["']([^"'<>]{0,40})""")
# In these a < is a < and nothing else is: not so in UTF-7 (+ADw-) or EBCDIC.
_PLAIN = re.compile(
    rb"utf-?(?:8|16(?:le|be)?)|us-ascii|ascii|latin-?1|iso-?8859-\d{1,2}|windows-\d{3,4}|cp125\d|gb-?\d{4,5}|gbk|big5"
    rb"|euc-(?:cn|tw)",
    re.IGNORECASE,
)
_EBCDIC = b"\x4c\x6f\xa7\x94"


def refuse(xml: bytes) -> None:
    """Raises `Refused` where the whole of a part declares anything, or may do so unseen."""
    if declares(xml) or not is_plain(xml):
        raise Refused("tampered")


def declares(xml: bytes) -> bool:
    """Whether anything in it is a declaration."""
    return _DECLARATION.search(xml) is not None


def is_plain(xml: bytes) -> bool:
    """Whether the part, of which this is all or the beginning, is in an encoding in which declarations are seen."""
    head = xml[: 4 * HEAD].replace(b"\0", b"")[:HEAD]
    named = _ENCODING.search(head)
    return not head.startswith(_EBCDIC) and (named is None or _PLAIN.fullmatch(named[1].strip()) is not None)
