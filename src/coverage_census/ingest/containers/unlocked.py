"""A workbook that Excel opens without asking in; its plain bytes out.

What is only protected against writing is encrypted with a password that every program knows and tries first; with any
other password the file is refused.
"""

import io
import re

from coverage_census.ingest.refusal import Refused

KNOWN_TO_ALL = "VelvetSweatshop"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OLD = re.compile(rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""The beginning of an .xls, a mark that it is protected against writing, and how it is encrypted."""


def plain(data: bytes) -> bytes:
    """The same bytes where they are not encrypted; raises `Refused` where the password is another one."""
    if not data.startswith(_OLE) or not (_PACKAGE in data or _OLD.search(data)):
        return data
    import msoffcrypto

    decrypted = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not locked.is_encrypted():
            return data
        locked.load_key(password=KNOWN_TO_ALL)
        locked.decrypt(decrypted)
    except Exception as error:  # whatever it is that cannot be opened this way
        raise Refused("encrypted") from error
    return decrypted.getvalue()
