"""The structure of a tagged PDF, read back: each element with its role, its own text, and what stands in it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream


@dataclass
class Tagged:
    """An element of the tree; `text` is what its own marks draw, `pages` where they stand, `notes` its links."""

    role: str
    alt: str = ""
    text: str = ""
    pages: list[int] = field(default_factory=list)
    kids: list[Tagged] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)

    def walk(self) -> Iterator[Tagged]:
        """This element and all that stand in it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def words(self) -> str:
        """All its text."""
        return re.sub(r" +", " ", " ".join(each.text for each in self.walk() if each.text)).strip()

    def all_of(self, role: str) -> list[Tagged]:
        """The elements of a role, in reading order."""
        return [each for each in self.walk() if each.role == role]


def marks(pdf: bytes) -> tuple[list[dict[int, str]], list[str]]:
    """The text of each mark by page and number, and the text of all artifacts by page."""
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    numbered: list[dict[int, str]] = []
    artifacts: list[str] = []
    for page in reader.pages:
        found: dict[int, str] = {}
        outside = ""
        now: list[int | None] = []
        fonts = {name: _characters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}  # type: ignore[index]
        font: dict[int, str] = {}
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator == b"BDC":
                number = int(operands[1]["/MCID"])
                assert not now, "a mark stands in a mark"
                assert number not in found
                found[number] = ""
                now.append(number)
            elif operator == b"BMC":
                now.append(None)
            elif operator == b"EMC":
                now.pop()
            elif operator == b"Tf":
                font = fonts[operands[0]]
            elif operator == b"Tj":
                raw = operands[0]
                codes = raw.original_bytes
                words = "".join(font.get(code, "?") for code in codes)
                assert now, f"{words!r} is neither text nor an artifact"
                if now[-1] is None:
                    outside += words
                else:
                    found[now[-1]] += words
        assert not now
        numbered.append(found)
        artifacts.append(outside)
    return numbered, artifacts


def _characters(font: Any) -> dict[int, str]:
    """What each code of a font means, from its own map."""
    data = font["/ToUnicode"].get_object().get_data().decode("latin-1")
    known: dict[int, str] = {}
    for code, meaning in re.findall(r"<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]+)>", data):
        known[int(code, 16)] = bytes.fromhex(meaning).decode("utf-16-be", "replace")
    for first, last, meaning in re.findall(r"<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]{2})> <([0-9A-Fa-f]+)>", data):
        for at in range(int(first, 16), int(last, 16) + 1):
            known[at] = chr(int(meaning, 16) + at - int(first, 16))
    return known


def structure(pdf: bytes) -> Tagged:
    """The tree; fails where an element and the page's own way back to it disagree."""
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    numbered, _outside = marks(pdf)
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    root = catalog["/StructTreeRoot"].get_object()
    places = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages) if page.indirect_reference}
    flat = root["/ParentTree"].get_object()["/Nums"]
    parents = {int(flat[at]): flat[at + 1] for at in range(0, len(flat), 2)}
    assert list(parents) == sorted(parents), "a reader looks for a key by halving"
    assert int(root["/ParentTreeNextKey"]) > max(parents)
    seen: set[tuple[int, int]] = set()

    def read(reference: Any) -> Tagged:
        element = reference.get_object()
        made = Tagged(str(element["/S"])[1:], str(element.get("/Alt", "")))
        for kid in element["/K"]:
            own = kid.get_object()
            if not isinstance(own, int) and own.get("/Type") == "/OBJR":
                note = own["/Obj"].get_object()
                at = places[own.raw_get("/Pg").idnum]
                laid: Any = reader.pages[at]["/Annots"]
                assert own.raw_get("/Obj") in laid, "a link lies on another page"
                assert parents[int(note["/StructParent"])].idnum == reference.idnum
                made.notes.append(note)
            elif isinstance(own, int) or "/MCID" in own:
                number = int(own) if isinstance(own, int) else int(own["/MCID"])
                page = element.raw_get("/Pg") if isinstance(own, int) else own.raw_get("/Pg")
                at = places[page.idnum]
                back = parents[int(reader.pages[at]["/StructParents"])][number]  # type: ignore[call-overload]
                assert back.idnum == reference.idnum
                assert (at, number) not in seen
                seen.add((at, number))
                made.text += numbered[at][number]
                made.pages.append(at)
            else:
                assert own.raw_get("/P").idnum == reference.idnum
                made.kids.append(read(kid))
        return made

    top = read(root.raw_get("/K"))
    annotations = sum(len(page.get("/Annots", ())) for page in reader.pages)
    assert annotations == sum(len(each.notes) for each in top.walk()), "a link stands outside the tree"
    assert seen == {(at, number) for at, found in enumerate(numbered) for number in found}
    return top
