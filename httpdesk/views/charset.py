"""Which characters the bytes of a text mean: byte order mark, Content-Type, declaration in the text, or a guess."""

import codecs
import re

# Labels of the WHATWG Encoding Standard that servers use, and the codec of each. Nothing else is looked up: Python
# has codecs such as "zip" and "rot13" which are no charsets.
_CODECS = {
    "utf-8": ("utf8", "utf-8", "unicode-1-1-utf-8", "utf8mb4", "us-ascii", "ascii"),
    # Little-endian without a mark, as the standard has it; Python's "utf-16" refuses text without one.
    "utf-16-le": ("utf-16le", "utf-16", "utf16", "ucs-2", "unicode"),
    "utf-16-be": ("utf-16be",),
    "utf-32-le": ("utf-32le", "utf-32", "utf32", "ucs-4"),
    "utf-32-be": ("utf-32be",),
    "cp1252": ("windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1"),
    "cp1250": ("windows-1250", "cp1250"),
    "cp1251": ("windows-1251", "cp1251"),
    "cp1253": ("windows-1253", "cp1253"),
    "cp1254": ("windows-1254", "cp1254", "iso-8859-9", "latin5"),
    "cp1255": ("windows-1255", "cp1255"),
    "cp1256": ("windows-1256", "cp1256"),
    "cp1257": ("windows-1257", "cp1257"),
    "cp1258": ("windows-1258", "cp1258"),
    "iso8859-2": ("iso-8859-2", "latin2"),
    "iso8859-3": ("iso-8859-3", "latin3"),
    "iso8859-4": ("iso-8859-4", "latin4"),
    "iso8859-5": ("iso-8859-5",),
    "iso8859-6": ("iso-8859-6",),
    "iso8859-7": ("iso-8859-7",),
    "iso8859-8": ("iso-8859-8",),
    "iso8859-10": ("iso-8859-10",),
    "iso8859-13": ("iso-8859-13",),
    "iso8859-14": ("iso-8859-14",),
    "iso8859-15": ("iso-8859-15", "latin9", "latin-9"),
    "iso8859-16": ("iso-8859-16",),
    "koi8-r": ("koi8-r", "koi8"),
    "koi8-u": ("koi8-u",),
    "cp866": ("ibm866", "cp866"),
    "mac-roman": ("macintosh", "mac-roman"),
    "mac-cyrillic": ("x-mac-cyrillic", "mac-cyrillic"),
    "cp874": ("windows-874", "tis-620", "iso-8859-11"),
    "cp932": ("shift_jis", "shift-jis", "sjis", "windows-31j", "ms_kanji"),
    "euc_jp": ("euc-jp", "x-euc-jp"),
    "iso2022_jp": ("iso-2022-jp",),
    "gb18030": ("gb18030", "gbk", "gb2312", "gb_2312-80", "x-gbk"),
    "big5hkscs": ("big5", "big5-hkscs"),
    "cp949": ("euc-kr", "ks_c_5601-1987", "windows-949"),
}
_LABELS = {label: codec for codec, labels in _CODECS.items() for label in labels}
ENCODINGS = tuple(_CODECS)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PARAMETER = re.compile(r";\s*charset\s*=\s*\"?'?([\w.:+-]{1,40})", re.I)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([\w.:-]{1,40})|<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})"
    rb"|^@charset \"([\w.:-]{1,40})\"",
    re.I,
)


def encoding_of(content_type: str, head: bytes) -> str:
    """A Python codec out of ENCODINGS that decodes text, whatever the server says; `head`: the first 4 KB or so."""
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    declared = _PARAMETER.search(content_type)
    codec = _LABELS.get(declared[1].lower(), "") if declared else ""
    return codec or _declared_in(head[:4096]) or _guess(content_type, head)


def _declared_in(head: bytes) -> str:
    found = _DECLARED.search(head)
    codec = _LABELS.get(found[found.lastindex or 0].decode("ascii").lower(), "") if found else ""
    # Who could read the declaration as ASCII is not reading UTF-16.
    return "utf-8" if codec.startswith(("utf-16", "utf-32")) else codec


def _guess(content_type: str, head: bytes) -> str:
    """By the places of NUL bytes (JSON in UTF-16 and UTF-32 has no other sign), then UTF-8 if it can be."""
    quad = tuple(byte == 0 for byte in head[:4])
    by_zeros = {
        (True, True, True, False): "utf-32-be",
        (False, True, True, True): "utf-32-le",
        (True, False, True, False): "utf-16-be",
        (False, True, False, True): "utf-16-le",
    }
    if quad in by_zeros:
        return by_zeros[quad]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # incremental: the last character may be cut
    except UnicodeDecodeError:
        return "utf-8" if "json" in content_type.lower() else "cp1252"
    return "utf-8"
