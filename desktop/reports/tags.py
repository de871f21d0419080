"""The structure of a tagged PDF: which mark on which page belongs to which heading, paragraph, cell or figure.

ISO 32000-1, 14.6 to 14.8: marked content on the page, a tree of structure elements, and the way back from the page
to the tree. ReportLab knows nothing of it, so it is written here.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import contextmanager

from reportlab.pdfbase import pdfdoc

from desktop.reports.document import Sheets
from desktop.reports.pen import Place

# On the way back to the tree the notes come after the pages; there are not so many pages.
_FIRST_NOTE = 1_000_000
# A heading of a column says so: a reader's voice can then name the column of each cell.
_MORE = {"TH": "/A<</O/Table/Scope/Column>>", "L": "/A<</O/List/ListNumbering/None>>"}


class Element:
    """A structure element that is still being filled; `parent` is the number of the one that it stands in."""

    __slots__ = ("alt", "kids", "number", "page", "parent", "role")

    def __init__(self, role: str, number: int, parent: int, alt: str = "") -> None:
        self.role, self.number, self.parent, self.alt = role, number, parent, alt
        self.page = 0
        self.kids: list[str] = []

    def written(self) -> bytes:
        """The element as it stands in the file."""
        words = [f"<</Type/StructElem/S/{self.role}/P {self.parent} 0 R", _MORE.get(self.role, "")]
        if self.page:
            words.append(f"/Pg {self.page} 0 R")
        if self.alt:
            words.append(f"/Alt<feff{self.alt.encode('utf-16-be', 'replace').hex()}>")
        return f"{''.join(words)}/K[{' '.join(self.kids)}]>>".encode("ascii")


class Tags:
    """The tree of a document that is being drawn; each element is packed away as soon as it is closed."""

    def __init__(self, canvas: Sheets) -> None:
        self._canvas, self._document = canvas, canvas._doc
        self._root = self._document.reserve()
        self.top = Element("Document", self._document.reserve(), self._root)
        # For each page, the element of each of its marks.
        self._marks: list[array[int]] = [array("L")]
        # The element of each note that lies on a page.
        self._notes = array("L")
        self._is_silent = False

    def open(self, role: str, parent: Element, alt: str = "") -> Element:
        """A new element, last in its parent."""
        made = Element(role, self._document.reserve(), parent.number, alt)
        parent.kids.append(f"{made.number} 0 R")
        return made

    def close(self, element: Element) -> None:
        """Nothing more will stand in it."""
        self._document.pack(element.number, element.written())

    @contextmanager
    def mark(self, element: Element) -> Iterator[None]:
        """What is drawn meanwhile is the element's content."""
        if self._is_silent:
            yield
            return
        marks, page = self._marks[-1], self._canvas.page_number()
        number = len(marks)
        marks.append(element.number)
        element.page = element.page or page
        own = page == element.page
        element.kids.append(str(number) if own else f"<</Type/MCR/Pg {page} 0 R/MCID {number}>>")
        self._canvas._code.append(f"/{element.role} <</MCID {number}>> BDC")
        yield
        self._canvas._code.append("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn meanwhile is no part of the text: a line, a margin, a head that comes again."""
        if self._is_silent:
            yield
            return
        self._is_silent = True
        self._canvas._code.append("/Artifact BMC")
        yield
        self._canvas._code.append("EMC")
        self._is_silent = False

    @property
    def is_silent(self) -> bool:
        """Whether nothing that is drawn now belongs to the text."""
        return self._is_silent

    def lead(self, element: Element, where: tuple[float, float, float, float], to: Place, said: str) -> None:
        """Let the element, drawn within left, bottom, right and top, lead to a place on a page that was drawn."""
        number, page = self._document.reserve(), self._canvas.page_number()
        element.page = element.page or page
        element.kids.append(f"<</Type/OBJR/Pg {page} 0 R/Obj {number} 0 R>>")
        # The note is printed with its page (F 4), without a frame.
        self._document.pack(
            number,
            f"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{' '.join(f'{each:.2f}' for each in where)}]"
            f"/StructParent {_FIRST_NOTE + len(self._notes)}/Contents<feff{said.encode('utf-16-be').hex()}>"
            f"/Dest[{self._canvas.numbers[to.page]} 0 R/XYZ 0 {to.top:.2f} null]>>".encode("ascii"),
        )
        self._notes.append(element.number)
        self._canvas.annotate(number)

    def turn_page(self) -> None:
        """The next mark stands on the next page."""
        self._marks.append(array("L"))

    def finish(self) -> None:
        """Close the tree and hang it into the document."""
        document = self._document
        self.close(self.top)
        parents = document.reserve()
        pages = (f"{page}[{' '.join(f'{n} 0 R' for n in marks)}]" for page, marks in enumerate(self._marks) if marks)
        notes = (f" {key} {element} 0 R" for key, element in enumerate(self._notes, _FIRST_NOTE))
        document.pack(parents, f"<</Nums[{''.join(pages)}{''.join(notes)}]>>".encode("ascii"))
        document.pack(
            self._root,
            f"<</Type/StructTreeRoot/K {self.top.number} 0 R/ParentTree {parents} 0 R"
            f"/ParentTreeNextKey {_FIRST_NOTE + len(self._notes)}>>".encode("ascii"),
        )
        catalog = document.Catalog
        catalog.StructTreeRoot = f"{self._root} 0 R"
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
