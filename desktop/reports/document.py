"""ReportLab's document and canvas, made to write long papers: finished pages and small objects are packed at once.

ReportLab keeps every object whole until the end and writes PDF 1.3. A thousand tagged pages have some hundred thousand
small objects, so here they go into compressed object streams with a cross-reference stream (ISO 32000-1, 7.5.7, 7.5.8).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from array import array
from collections.abc import Callable
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from desktop.giving_up import go_on

PACKED_TOGETHER = 200


class _Written(pdfdoc.PDFObject):  # type: ignore[misc]
    """A stream that is written already."""

    __RefOnly__ = 1

    def __init__(self, content: bytes, words: str = "") -> None:
        packed = zlib.compress(content)
        self._bytes = b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (
            words.encode("ascii"),
            len(packed),
            packed,
        )

    def format(self, document: Any) -> bytes:
        return self._bytes


class _Moment:
    """A moment as ReportLab writes it into the properties: its clock's reading, and how far from UTC that clock is."""

    def __init__(self, moment: dt.datetime) -> None:
        away = moment.utcoffset() or dt.timedelta()
        minutes = int(away.total_seconds()) // 60
        self.t = moment.timestamp()
        self.YMDhms = moment.timetuple()[:6]
        self.dhh, self.dmm = int(minutes / 60), abs(minutes) % 60


class Document(pdfdoc.PDFDocument):  # type: ignore[misc]
    """A PDF 1.5 whose small objects may be packed: `reserve` a number, then `pack` what stands under it."""

    def __init__(self, **how: Any) -> None:
        super().__init__(pdfVersion=(1, 5), **how)
        self._packing: list[tuple[int, bytes]] = []
        # For each object by its number: the number of the stream that it is packed in, and its place there.
        self._streams, self._places = array("L", [0]), array("H", [0])

    def reserve(self) -> int:
        """A number for an object that will be packed."""
        self.objectcounter += 1
        return int(self.objectcounter)

    def number_of(self, reference: Any) -> int:
        """The number under which a referenced object is written."""
        return int(self.idToObjectNumberAndVersion[reference.name][0])

    def pack(self, number: int, content: bytes) -> None:
        """Say what stands under a reserved number."""
        self._packing.append((number, content))
        if len(self._packing) == PACKED_TOGETHER:
            self._pack_away()

    def _pack_away(self) -> None:
        if not self._packing:
            return
        heads, bodies, length = [], [], 0
        stream = self.objectcounter + 1
        missing = stream - len(self._streams)
        self._streams.extend([0] * missing)
        self._places.extend([0] * missing)
        for place, (number, content) in enumerate(self._packing):
            heads.append(b"%d %d" % (number, length))
            bodies.append(content)
            length += len(content) + 1
            self._streams[number], self._places[number] = stream, place
        head = b" ".join(heads) + b"\n"
        words = f"/Type/ObjStm/N {len(heads)}/First {len(head)}"
        self.Reference(_Written(head + b"\n".join(bodies), words))
        self._packing.clear()

    def format(self) -> bytes:
        """The whole file."""
        self._pack_away()
        catalog, info = self.Reference(self.Catalog), self.Reference(self.info)
        major, minor = self._pdfVersion
        parts = [b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n" % (major, minor)]
        offset = len(parts[0])
        offsets: dict[int, int] = {}
        number = 0
        # Objects may ask for further ones while they are written.
        while number < self.objectcounter:
            go_on()
            number += 1
            name = self.numberToId.get(number)
            if name is None:
                continue
            content = pdfdoc.format(self.idToObject[name], self, toplevel=1)
            offsets[number] = offset
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content.rstrip(b"\n")))
            offset += len(parts[-1])
        parts.append(self._references(offsets, offset, catalog, info))
        return b"".join(parts)

    def _references(self, offsets: dict[int, int], here: int, catalog: Any, info: Any) -> bytes:
        own = self.objectcounter + 1
        offsets[own] = here
        rows = bytearray(b"\x00" + bytes(4) + b"\xff\xff")
        for number in range(1, own + 1):
            if number in offsets:
                rows += b"\x01" + offsets[number].to_bytes(4, "big") + b"\x00\x00"
            else:
                rows += b"\x02" + self._streams[number].to_bytes(4, "big") + self._places[number].to_bytes(2, "big")
        digest = self.signature.hexdigest()
        words = (
            f"/Type/XRef/Size {own + 1}/W[1 4 2]/Root {self.number_of(catalog)} 0 R/Info {self.number_of(info)} 0 R"
            f"/ID[<{digest}><{digest}>]"
        )
        written = _Written(bytes(rows), words).format(self)
        return b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (own, written, here)


class Sheets(Canvas):  # type: ignore[misc]
    """A canvas whose pages are packed as they are finished, and written on once more when their count is known."""

    def __init__(self, stream: Any, **how: Any) -> None:
        super().__init__(stream, pageCompression=1, **how)
        # Nothing has been written yet on the document that this one replaces.
        self._doc = Document(compression=1, invariant=how.get("invariant"), lang=how.get("lang"))
        self.pages: list[Any] = []
        # The number of each as an object.
        self.numbers: list[int] = []
        self._codes: dict[str, dict[str, int]] = {}

    def codes_of(self, font: Any) -> dict[str, int]:
        """The codes that characters have in the first subset of a font, as far as they were drawn."""
        codes = self._codes.get(font.fontName)
        if codes is None:
            codes = self._codes[font.fontName] = {}
        return codes

    def remember_codes(self, font: Any, text: str) -> None:
        """Keep the codes that the characters of a text have got by now."""
        state = font.state.get(self._doc)
        assigned = state.assignments if state is not None else {}
        codes = self._codes[font.fontName]
        for character in text:
            # ReportLab draws a blank where no line may be broken as any other.
            code = assigned.get(32 if character == "\xa0" else ord(character), 256)
            if code < 256:
                codes[character] = code

    def page_number(self) -> int:
        """The number, as an object, of the page that is being drawn."""
        document = self._doc
        name = document.thisPageName()
        if name not in document.idToObjectNumberAndVersion:
            number = document.reserve()
            document.idToObjectNumberAndVersion[name] = (number, 0)
            document.numberToId[number] = name
        return int(document.idToObjectNumberAndVersion[name][0])

    def _setXObjects(self, thing: Any) -> None:
        super()._setXObjects(thing)
        if not isinstance(thing, pdfdoc.PDFPage):
            return
        document = self._doc
        name = document.thisPageName()
        self.numbers.append(self.page_number())
        document.idToObject[name] = thing
        thing.__InternalName__ = name
        body = _Written(thing.stream.encode())
        thing.stream = None
        thing.Contents = pdfdoc.PDFArray([document.Reference(body)])
        thing.__NoDefault__ = [*thing.__NoDefault__, "StructParents", "Tabs"]
        # Whoever walks with Tab goes by the order of the structure.
        thing.StructParents, thing.Tabs = len(self.pages), "/S"
        self.pages.append(thing)

    def date_from(self, moment: dt.datetime) -> None:
        """Let the properties name this moment, with its zone, as the one at which the file was made."""
        document = self._doc
        document._timeStamp = _Moment(moment)
        # The file's own id begins with the moment, as ReportLab's does.
        document.signature = hashlib.md5(moment.isoformat().encode("ascii"), usedforsecurity=False)

    def attach(self, name: str, content: bytes, kind: str, words: str) -> None:
        """Carry a file inside: named in ASCII, of a media type, and said in words what it is (ISO 32000-1, 7.11.4)."""
        document = self._doc
        digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
        subtype = kind.replace("/", "#2F")
        carried = _Written(
            content, f"/Type/EmbeddedFile/Subtype/{subtype}/Params<</Size {len(content)}/CheckSum<{digest}>>>"
        )
        stream = document.number_of(document.Reference(carried))
        said = f"<feff{words.encode('utf-16-be', 'replace').hex()}>"
        number = document.reserve()
        document.pack(
            number,
            f"<</Type/Filespec/F({name})/UF({name})/AFRelationship/Data/Desc{said}"
            f"/EF<</F {stream} 0 R/UF {stream} 0 R>>>>".encode("ascii"),
        )
        catalog = document.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]
        catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": f"<</Names[({name}) {number} 0 R]>>"})
        catalog.AF = f"[{number} 0 R]"

    def annotate(self, number: int) -> None:
        """Lay a note, packed under this number, on the page that is being drawn."""
        self._annotationrefs.append(f"{number} 0 R")

    def write_again(self, page: int, draw: Callable[[], None]) -> None:
        """Draw on a page that is finished; pictures are not to be had there."""
        draw()
        self.pages[page].Contents.sequence.append(self._doc.Reference(_Written("\n".join(self._code).encode())))
        self._code.clear()

    def move_to_front(self, count: int) -> None:
        """Let the last pages be the first."""
        pages = self._doc.Pages.pages
        if count:
            pages[:] = pages[-count:] + pages[:-count]
