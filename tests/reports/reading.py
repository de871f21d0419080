"""A finished PDF read back as a reader would: its text, its title, its bookmarks, its fonts."""

from __future__ import annotations

import io
import re
from typing import Any

from pypdf import PdfReader

from desktop.reports.paper import Paper


def reader(paper: Paper) -> PdfReader:
    """The PDF, opened by another program's library."""
    return PdfReader(io.BytesIO(paper.pdf), strict=True)


def pages(paper: Paper) -> list[str]:
    """The text of each page with every run of blanks as one blank."""
    return [" ".join(page.extract_text().split()) for page in reader(paper).pages]


def text(paper: Paper) -> str:
    """The text of all pages with every run of blanks as one blank."""
    return " ".join(pages(paper))


def unbroken(paper: Paper) -> str:
    """The text of all pages without any blank, for words that a line's end may have cut."""
    return re.sub(r"\s", "", text(paper))


def bookmarks(paper: Paper) -> list[str]:
    """The titles of the bookmarks, top level first to last."""
    return [str(entry["/Title"]) for entry in reader(paper).outline if not isinstance(entry, list)]


def catalogue(paper: Paper) -> Any:
    """The root of the PDF's objects."""
    return reader(paper).trailer["/Root"].get_object()


def fonts(paper: Paper) -> dict[str, bool]:
    """The name of each font that the pages name, and whether its outlines are in the file."""
    found: dict[str, bool] = {}
    for page in reader(paper).pages:
        resources: Any = page["/Resources"]
        for reference in resources["/Font"].values():
            font = reference.get_object()
            descriptor = font.get("/FontDescriptor")
            found[str(font["/BaseFont"])] = bool(descriptor and "/FontFile2" in descriptor.get_object())
    return found
