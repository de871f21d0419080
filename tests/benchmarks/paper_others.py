"""The same words printed by typst and by WeasyPrint, where they are installed: tagged, with the same fonts embedded."""

from __future__ import annotations

import html
import json
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from desktop.reports.fonts import FOLDER
from tests.benchmarks.paper_content import Plain

FONTS = ("Inter-Regular.ttf", "Inter-SemiBold.ttf", "NotoSerif-SemiBold.ttf", "NotoSerif-Bold.ttf")
TYPST = """
#set document(title: "Benchmark")
#set page(paper: "a4", margin: (x: 21mm, top: 36mm, bottom: 25mm),
  header: text(7.8pt)[Vega & Noriega #h(1fr) Confidential],
  footer: context text(7.8pt)[C-0117 #h(1fr) Page #counter(page).display("1 of 1", both: true)])
#set text(font: "Inter", size: 9.4pt)
#set par(leading: 0.87em, spacing: 0.87em)
#show heading.where(level: 1): it => text(font: "Noto Serif", size: 24pt, weight: "bold", it.body)
#show heading.where(level: 2): it => block(below: 10pt)[
  #text(font: "Noto Serif", size: 12.5pt, weight: "semibold", it.body)
  #line(length: 100%, stroke: 0.9pt)]
#let data = json("words.json")
#heading(level: 1, data.title)
#if data.at("contents", default: false) [#outline()]
#for section in data.sections {
  heading(level: 2, section.heading)
  for words in section.at("texts", default: ()) { par(words) }
  for entry in section.at("entries", default: ()) {
    grid(columns: (18%, 1fr), gutter: 10pt, text(8.2pt, entry.margin),
      { strong(entry.head); for words in entry.texts { par(words) } })
  }
  if "rows" in section {
    table(columns: section.columns.map(_ => 1fr), stroke: (bottom: 0.7pt), inset: (x: 0pt, y: 6pt),
      table.header(..section.columns.map(strong)), ..section.rows.flatten())
  }
}
"""

STYLE = """
@page { size: A4; margin: 36mm 21mm 25mm;
  @top-left { content: "Vega & Noriega"; font: 7.8pt Inter } @top-right { content: "Confidential"; font: 7.8pt Inter }
  @bottom-left { content: "C-0117"; font: 7.8pt Inter }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 7.8pt Inter } }
@font-face { font-family: Inter; src: url("FOLDER/Inter-Regular.ttf") }
@font-face { font-family: Inter; font-weight: 600; src: url("FOLDER/Inter-SemiBold.ttf") }
@font-face { font-family: "Noto Serif"; font-weight: 700; src: url("FOLDER/NotoSerif-Bold.ttf") }
body { font: 9.4pt/15pt Inter } h1 { font: 700 24pt "Noto Serif" } h2 { font: 700 12.5pt "Noto Serif";
  border-bottom: .9pt solid } p { margin: 0 } .entry { display: flex; gap: 10pt; margin-top: 10pt }
.margin { width: 18%; white-space: pre-line; font-size: 8.2pt } .told { width: 82% } b { font-weight: 600 }
table { width: 100%; border-collapse: collapse } td, th { border-bottom: .7pt solid; padding: 6pt 0; text-align: left }
"""


def missing(module: str) -> str:
    """Why another maker is not measured; empty where it is there."""
    try:
        import_module(module)
    except (ImportError, OSError) as error:
        return f"{module} is left out: {error}. It is no dependency; `pip install {module}` lets it be measured."
    return ""


def with_typst(words: Plain) -> bytes:
    """The words as typst prints them."""
    typst: Any = import_module("typst")
    with tempfile.TemporaryDirectory() as folder:
        # These alone: it need not look through fonts that the words do not use.
        for font in FONTS:
            (Path(folder) / font).symlink_to(FOLDER / font)
        (Path(folder) / "words.json").write_text(json.dumps(words), "utf-8")
        source = Path(folder) / "paper.typ"
        source.write_text(TYPST, "utf-8")
        return bytes(typst.compile(str(source), font_paths=[folder], root=folder, ignore_system_fonts=True))


def with_weasyprint(words: Plain) -> bytes:
    """The words as WeasyPrint prints them."""
    weasyprint: Any = import_module("weasyprint")
    parts = [f"<h1>{html.escape(words['title'])}</h1>"]
    for section in words["sections"]:
        parts.append(f"<h2>{html.escape(section['heading'])}</h2>")
        parts += [f"<p>{html.escape(text)}</p>" for text in section.get("texts", ())]
        for entry in section.get("entries", ()):
            told = "".join(f"<p>{html.escape(text)}</p>" for text in entry["texts"])
            margin, head = html.escape(entry["margin"]), html.escape(entry["head"])
            parts.append(
                f"<div class=entry><div class=margin>{margin}</div><div class=told><b>{head}</b>{told}</div></div>"
            )
        if "rows" in section:
            heads = "".join(f"<th>{html.escape(each)}</th>" for each in section["columns"])
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in section["rows"])
            parts.append(f"<table><thead><tr>{heads}</tr></thead>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    page = f"<html lang=en><style>{STYLE.replace('FOLDER', FOLDER.as_uri())}</style><body>{''.join(parts)}"
    return bytes(weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))
