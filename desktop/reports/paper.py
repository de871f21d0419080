"""Paper in the house style: a story of blocks in, the bytes of a PDF out, with header, footer and page x of y."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from typing import Any

from desktop.giving_up import go_on
from desktop.reports.blocks import (
    Block,
    Bookmark,
    Figure,
    Heading,
    Paragraph,
    Pen,
    Row,
    Stack,
    bullets,
    record_table,
    table_rows,
)  # fmt: skip
from desktop.reports.document import Sheets
from desktop.reports.fonts import face, load
from desktop.reports.lines import break_lines, draw_lines
from desktop.reports.look import A4, BODY, BOTTOM, FOOTER, HEADER, LINE, MARGIN, SIDE, TOP, WATERMARK, Style, readable
from desktop.reports.tags import Tags

__all__ = [
    "Block", "Bookmark", "Figure", "Heading", "Meta", "Paper", "Paragraph", "Row", "Stack", "bullets", "paginate",
    "paragraph", "record_table", "render", "table_rows",
]  # fmt: skip

LETTERS_IN_A_MARGIN = 500
LINES_IN_A_MARGIN = 2
# Capitals stand a little apart: points between two of them.
CAPITALS_APART = 0.3
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Meta:
    """What stands around the story: title, author, subject, language, the margins' words, paper, colour and logo.

    `page_of` is the pattern of the page's number, with {page} and {pages}; `later_right` is the right header from the
    second page on; `logo` the bytes of a PNG or JPEG; `made_at` the moment that the properties name as the PDF's own,
    with its zone (else that of the writing); `facts` is carried inside as facts.json; `watermark` a word that lies
    slanting and pale behind every page.
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
    made_at: dt.datetime | None = None
    facts: bytes = b""
    watermark: str = ""


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
    story: Iterable[Block], width: float, height: float, progress: Callable[[int], None] | None = None
) -> Iterator[list[Placed]]:
    """The blocks, page by page; a heading stays with what follows it, and a table's head comes again.

    `progress` is told how many blocks were read whenever a page is begun.
    """
    queue = _Ahead(story)
    page: list[Placed] = []
    down = 0.0
    while queue.has_more():
        if progress is not None and not page:
            progress(queue.read)
        block = queue.take()
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
            queue.give_back(parts[1])
        elif fresh:
            page.append(Placed(block, down + gap))
        else:
            queue.give_back(block)
        yield page
        page, down = [], 0.0
    if page:
        yield page


class _Ahead:
    """A story that is read as it is needed, with a look at what comes next."""

    def __init__(self, story: Iterable[Block]) -> None:
        self._story = iter(story)
        self._seen: deque[Block] = deque()
        self.read = 0

    def has_more(self) -> bool:
        """Whether a block is left."""
        return self._look(1)

    def take(self) -> Block:
        """The next block."""
        self.has_more()
        return self._seen.popleft()

    def give_back(self, block: Block) -> None:
        """Let a block be the next again."""
        self._seen.appendleft(block)

    def __iter__(self) -> Iterator[Block]:
        at = 0
        while self._look(at + 1):
            yield self._seen[at]
            at += 1

    def _look(self, count: int) -> bool:
        while len(self._seen) < count:
            block = next(self._story, None)
            if block is None:
                return False
            self._seen.append(block)
            self.read += 1
        return True


def _kept_after(block: Block, following_ones: Iterable[Block], width: float, height: float) -> float:
    """How much room what must follow on the same page needs."""
    if not block.keep:
        return 0.0
    room = 0.0
    for following in following_ones:
        tall = following.height(width)
        if not following.keep and not (isinstance(following, Row) and following.whole):
            # A long text need only begin here.
            tall = min(tall, 60.0)
        if room + following.before + tall > height * 0.6:
            break
        room += following.before + tall
        if not following.keep:
            break
    return room


def render(
    story: Iterable[Block],
    meta: Meta,
    *,
    invariant: bool = False,
    progress: Progress | None = None,
    front: Callable[[Sequence[Bookmark], int], Iterable[Block]] | None = None,
    back: Callable[[Sequence[Bookmark], int], Iterable[Block]] | None = None,
) -> Paper:
    """The story as a tagged PDF; `invariant` leaves out the time and the file's own id: equal facts give equal bytes.

    The story is read page by page and nothing of it is kept. `progress` is called as progress(done, of), in blocks,
    with each page (`of` is 0 where the story does not know its length). `front` and `back` give the pages before and
    after it, a table of contents or an index, from its headings and the number of pages that stand before its first.
    """
    width, height = meta.size
    frame, tall = width - 2 * SIDE, height - TOP - BOTTOM
    load("Inter-Regular")
    stream = io.BytesIO()
    canvas = Sheets(
        stream, pagesize=meta.size, invariant=invariant, lang=meta.language, initialFontName="Inter-Regular"
    )
    _describe(canvas, meta, invariant)
    tags = Tags(canvas)
    pen = Pen(canvas, readable(meta.colour), tags, tags.top)
    before = tags.open("Sect", tags.top) if front else None
    of = len(story) if isinstance(story, Sized) else 0
    told = (lambda done: progress(done, of)) if progress is not None else None
    _draw(pen, meta, paginate(story, frame, tall, told), is_first=front is None)
    if not pen.page:
        _draw(pen, meta, [[]], is_first=front is None)
    leading = 0
    if front:
        # How many pages stand in front is known only when they are laid out with that number in them.
        for guess in range(1, 1000):
            leading = sum(1 for _page in paginate(front(pen.headings, guess), frame, tall))
            if leading <= guess:
                leading = guess
                break
    if back:
        _draw(pen, meta, paginate(back(tuple(pen.headings), leading), frame, tall))
    if front and before:
        last = pen.page
        with pen.inside(before):
            _draw(pen, meta, paginate(front(tuple(pen.headings), leading), frame, tall), is_first=True)
        leading = pen.page - last
        tags.close(before)
    _number(pen, meta, leading)
    for group in pen.groups:
        if group.element is not None:
            tags.close(group.element)
    canvas.move_to_front(leading)
    tags.finish()
    if meta.facts:
        canvas.attach("facts.json", meta.facts, "application/json", meta.subject or meta.title)
    canvas.save()
    seal = hashlib.sha256(meta.facts).hexdigest() if meta.facts else ""
    return Paper(stream.getvalue(), pen.page, seal, sum(pen.spelt.values()))


def _draw(pen: Pen, meta: Meta, pages: Iterable[list[Placed]], *, is_first: bool = False) -> None:
    """Draw page after page; the first of these may be the paper's own first."""
    width, height = meta.size
    for page in pages:
        _margins(pen, meta, is_first=is_first)
        is_first = False
        for placed in page:
            placed.block.draw(pen, SIDE, height - TOP - placed.down, width - 2 * SIDE)
        pen.canvas.showPage()
        pen.tags.turn_page()
        pen.page += 1


def _number(pen: Pen, meta: Meta, leading: int) -> None:
    """Write on each page which it is, and of how many."""
    width = meta.size[0]
    frame = width - 2 * SIDE
    body = pen.page - leading
    for drawn in range(pen.page):
        go_on()
        page = (drawn + leading if drawn < body else drawn - body) + 1
        words = meta.page_of.format(page=page, pages=pen.page)

        def write(words: str = words) -> None:
            with pen.tags.artifact():
                _line(pen, words, SIDE + frame * 0.85, FOOTER, frame * 0.15, "right")

        pen.canvas.write_again(drawn, write)


def _describe(canvas: Any, meta: Meta, invariant: bool) -> None:
    if meta.made_at is not None and not invariant:
        canvas.date_from(meta.made_at)
    canvas.setTitle(_plain(meta.title))
    canvas.setAuthor(_plain(meta.author))
    canvas.setSubject(_plain(meta.subject))
    canvas.setKeywords(_plain(meta.keywords))
    canvas.setCreator("Cliens")
    canvas.setProducer("Cliens")
    canvas.setViewerPreference("DisplayDocTitle", "true")


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text).encode("utf-8", "replace").decode()


def _margins(pen: Pen, meta: Meta, *, is_first: bool) -> None:
    with pen.tags.artifact():
        _draw_margins(pen, meta, is_first)


def _draw_margins(pen: Pen, meta: Meta, is_first: bool) -> None:
    width, height = meta.size
    if meta.watermark:
        _watermark(pen, meta)
    frame = width - 2 * SIDE
    top, foot = height - HEADER, FOOTER
    left = SIDE
    if is_first and meta.logo:
        left += _logo(pen.canvas, meta.logo, SIDE, top)
    half = frame * 0.48
    _line(pen, meta.left.upper(), left, top, half - (left - SIDE), "left", CAPITALS_APART)
    _line(pen, meta.right if is_first else meta.later_right or meta.right, SIDE + frame - half, top, half, "right")
    pen.rule(SIDE, foot + 14, frame, LINE, 0.7)
    _line(pen, meta.foot, SIDE, foot, frame * 0.84, "left")


def _watermark(pen: Pen, meta: Meta) -> None:
    """Draw the word along the page's diagonal, so pale that whatever stands on it reads as on white."""
    (width, height), voice = meta.size, face(WATERMARK.face)
    words = voice.clean(meta.watermark)[0]
    size = min(WATERMARK.size, math.hypot(width, height) * 0.66 * 100 / max(voice.width(words, 100), 1))
    pen.canvas.saveState()
    pen.canvas.translate(width / 2, height / 2)
    pen.canvas.rotate(math.degrees(math.atan2(height, width)))
    left = -voice.width(words, size) / 2
    draw_lines(pen.canvas, [(left, words, False)], -size * 0.36, size, voice, size, pen.colour(WATERMARK.colour))
    pen.canvas.restoreState()


def _line(pen: Pen, text: str, x: float, y: float, width: float, align: str, apart: float = 0.0) -> None:
    """One line of the margin, and a second under it where one is not enough; what does not fit ends in an ellipsis."""
    style, voice = MARGIN, face(MARGIN.face)
    # As if the letters that stand apart stood close on a shorter line.
    width *= style.size * 0.6 / (style.size * 0.6 + apart)
    # No two lines hold this many letters: a name without end must not be measured again on each page.
    clean = voice.clean(text[:LETTERS_IN_A_MARGIN])[0].replace("\n", " ")
    lines = break_lines(clean, voice, style.size, width - style.size)
    if len(lines) > LINES_IN_A_MARGIN:
        lines = [*lines[: LINES_IN_A_MARGIN - 1], lines[LINES_IN_A_MARGIN - 1].rstrip(" ,;·") + "…"]
    elif voice.width(clean, style.size) <= width:
        lines = [clean]
    placed = []
    for line in lines:
        # A dot between two facts does not end a line.
        shown = line.rstrip(" ·") if len(lines) > 1 else line
        left = x + width - voice.width(shown, style.size) if align == "right" else x
        placed.append((left, shown, False))
    draw_lines(pen.canvas, placed, y, style.leading, voice, style.size, pen.colour(style.colour), apart)


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
