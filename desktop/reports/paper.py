"""Paper in the house style: a story of blocks in, the bytes of a PDF out, with header, footer and page x of y."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.reports.blocks import Block, Figure, Heading, Paragraph, Pen, Row, Stack, record_table
from desktop.reports.fonts import face, load
from desktop.reports.lines import break_lines, draw_line
from desktop.reports.look import A4, BODY, BOTTOM, FOOTER, HEADER, LINE, MARGIN, SIDE, TOP, Style, readable

__all__ = [
    "Block", "Figure", "Heading", "Meta", "Paper", "Paragraph", "Row", "Stack", "paginate", "paragraph", "record_table",
    "render",
]  # fmt: skip

LETTERS_IN_A_MARGIN = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Meta:
    """What stands around the story: title, author, subject, language, the margins' words, paper, colour and logo.

    `page_of` is the pattern of the page's number, with {page} and {pages}; `later_right` is the right header from the
    second page on; `logo` the bytes of a PNG or JPEG.
    """

    title: str
    author: str
    subject: str = ""
    language: str = "en"
    left: str = ""
    right: str = ""
    later_right: str = ""
    foot: str = ""
    page_of: str = "Page {page} of {pages}"
    keywords: str = ""
    size: tuple[float, float] = A4
    colour: str = ""
    logo: bytes | None = None


@dataclass(frozen=True)
class Paper:
    """A finished PDF: its bytes, its pages, the digest of the facts in it, and the characters spelt as [U+1F9FF]."""

    pdf: bytes
    pages: int
    digest: str = ""
    spelt: int = 0


@dataclass(frozen=True)
class Placed:
    """A block at its distance from the top of the page's frame."""

    block: Block
    down: float


def paragraph(text: str, style: Style = BODY, *, before: float = 0) -> Paragraph:
    """Literal text in a style of desktop.reports.look."""
    return Paragraph(text, style, before=before)


def paginate(
    story: Sequence[Block], width: float, height: float, progress: Progress | None = None
) -> list[list[Placed]]:
    """The blocks, page by page; a heading stays with what follows it, and a table's head comes again."""
    pages: list[list[Placed]] = [[]]
    queue = deque(story)
    down = 0.0
    while queue:
        if progress is not None and not pages[-1]:
            progress(len(story) - len(queue), len(story))
        block = queue.popleft()
        page = pages[-1]
        head = block.head if isinstance(block, Row) and not page else None
        if head and head is not block:
            page.append(Placed(head, down))
            down += head.height(width)
        fresh = not page or (head is not None and len(page) == 1)
        gap = 0 if not page else block.before
        room = height - down - gap
        tall = block.height(width)
        if tall + _kept_after(block, queue, width, height) <= room or (fresh and tall <= room):
            page.append(Placed(block, down + gap))
            down += gap + tall
            continue
        whole = block.keep or (isinstance(block, Row) and block.whole and tall <= height * 0.8)
        parts = None if whole and not fresh else block.split(width, room)
        if parts:
            page.append(Placed(parts[0], down + gap))
            queue.appendleft(parts[1])
        elif fresh:
            page.append(Placed(block, down + gap))
            if not queue:
                break
        else:
            queue.appendleft(block)
        pages.append([])
        down = 0.0
    return pages if pages[-1] or len(pages) == 1 else pages[:-1]


def _kept_after(block: Block, queue: deque[Block], width: float, height: float) -> float:
    """How much room what must follow on the same page needs."""
    room = 0.0
    for following in queue:
        if not block.keep:
            break
        tall = following.height(width)
        if not following.keep and not (isinstance(following, Row) and following.whole):
            # A long text need only begin here.
            tall = min(tall, 60.0)
        room += following.before + tall
        block = following
    return room if room < height * 0.6 else 0.0


def render(story: Sequence[Block], meta: Meta, *, invariant: bool = False, progress: Progress | None = None) -> Paper:
    """The story as a PDF; `invariant` leaves out the time and the file's own id: equal facts give equal bytes.

    `progress` is called as progress(done, of) with each page that is laid out and each that is drawn.
    """
    from reportlab.pdfgen.canvas import Canvas

    width, height = meta.size
    frame = width - 2 * SIDE
    pages = paginate(story, frame, height - TOP - BOTTOM, progress)
    load("Inter-Regular")
    stream = io.BytesIO()
    canvas = Canvas(
        stream,
        pagesize=meta.size,
        invariant=invariant,
        pageCompression=1,
        lang=meta.language,
        initialFontName="Inter-Regular",
    )
    _describe(canvas, meta)
    pen = Pen(canvas, readable(meta.colour))
    for number, page in enumerate(pages, 1):
        if progress is not None:
            progress(number, len(pages))
        _margins(pen, meta, number, len(pages))
        for placed in page:
            placed.block.draw(pen, SIDE, height - TOP - placed.down, frame)
        canvas.showPage()
    canvas.save()
    return Paper(stream.getvalue(), len(pages), spelt=sum(pen.spelt.values()))


def _describe(canvas: Any, meta: Meta) -> None:
    canvas.setTitle(_plain(meta.title))
    canvas.setAuthor(_plain(meta.author))
    canvas.setSubject(_plain(meta.subject))
    canvas.setKeywords(_plain(meta.keywords))
    canvas.setCreator("Cliens")
    canvas.setProducer("Cliens")
    canvas.setViewerPreference("DisplayDocTitle", "true")


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text).encode("utf-8", "replace").decode()


def _margins(pen: Pen, meta: Meta, page: int, pages: int) -> None:
    width, height = meta.size
    frame = width - 2 * SIDE
    top, foot = height - HEADER, FOOTER
    left = SIDE
    if page == 1 and meta.logo:
        left += _logo(pen.canvas, meta.logo, SIDE, top)
    half = frame * 0.48
    _line(pen, meta.left, left, top, half - (left - SIDE), "left")
    _line(pen, meta.right if page == 1 else meta.later_right or meta.right, SIDE + frame - half, top, half, "right")
    pen.rule(SIDE, foot + 14, frame, LINE, 0.7)
    _line(pen, meta.foot, SIDE, foot, frame * 0.82, "left")
    _line(pen, meta.page_of.format(page=page, pages=pages), SIDE + frame * 0.8, foot, frame * 0.2, "right")


def _line(pen: Pen, text: str, x: float, y: float, width: float, align: str) -> None:
    """One line of the margin; what does not fit ends in an ellipsis."""
    style, voice = MARGIN, face(MARGIN.face)
    # No line holds this many letters: a name without end must not be measured again on each page.
    clean = voice.clean(text[:LETTERS_IN_A_MARGIN])[0].replace("\n", " ")
    if voice.width(clean, style.size) > width:
        clean = break_lines(clean, voice, style.size, width - style.size)[0].rstrip(" ,;·") + "…"
    left = x + width - voice.width(clean, style.size) if align == "right" else x
    draw_line(pen.canvas, clean, left, y, voice, style.size, pen.colour(style.colour))


def _logo(canvas: Any, logo: bytes, x: float, y: float) -> float:
    """Draw a PNG or JPEG, at most 34 points tall, over the header's line; the room it takes to the right."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    try:
        with Image.open(io.BytesIO(logo), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > 40_000_000:
                return 0.0
            share = min(34 / picture.height, 130 / picture.width)
            wide, tall = picture.width * share, picture.height * share
        canvas.drawImage(ImageReader(io.BytesIO(logo)), x, y + 3 - tall / 2, wide, tall, mask="auto")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        # A picture that cannot be read must not keep a client from his report.
        return 0.0
    return float(wide) + 10
