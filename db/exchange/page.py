"""The readable index of an exported folder: plain HTML, every text escaped, good for printing."""

from __future__ import annotations

from html import escape
from pathlib import Path

from sqlalchemy import Connection

from db.exchange.archive import References

_STYLE = """body{font:14px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#1c2024}
table{border-collapse:collapse;width:100%;margin:0 0 2em}h1,h2{font-weight:600}a{color:#1b665c}
th,td{text-align:left;padding:4px 8px;border-bottom:1px solid #e3e0da;vertical-align:top}
@media print{a{color:inherit;text-decoration:none}}"""


def write_index(connection: Connection, path: Path, counts: dict[str, int], references: References) -> None:
    """Write the index: the practice, its files with their rows, its clients with their engagements."""
    name = connection.exec_driver_sql("SELECT name FROM practice").scalar() or ""
    clients = connection.exec_driver_sql(
        """SELECT c.number, p.name, c.standing, c.grade, coalesce(c.since, ''), c.id FROM client c
        JOIN party p ON p.id = c.party_id JOIN party_order o ON o.id = p.id ORDER BY o.key, c.id"""
    ).fetchall()
    work: dict[int, list[str]] = {}
    for client, number, title, stage in connection.exec_driver_sql(
        "SELECT client_id, number, title, stage FROM engagement ORDER BY client_id, id"
    ):
        work.setdefault(client, []).append(f"{number} {title} ({stage})")
    with path.open("w", encoding="utf-8") as file:
        file.write(
            f'<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
            f"content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>{escape(name)}</title>"
            f"<style>{_STYLE}</style></head><body><h1>{escape(name)}</h1>\n"
        )
        file.write("<table><tr><th>file</th><th>rows</th></tr>\n")
        for name, count in counts.items():
            file.write(f'<tr><td><a href="{escape(name)}">{escape(name)}</a></td><td>{count}</td></tr>\n')
        file.write("</table>\n<h2>clients</h2><table><tr><th>number</th><th>name</th><th>standing</th><th>grade</th>")
        file.write("<th>since</th><th>engagements</th></tr>\n")
        for *cells, client in clients:
            told = "".join(f"<td>{escape(str(cell))}</td>" for cell in cells)
            file.write(f"<tr>{told}<td>{'<br>'.join(escape(line) for line in work.get(client, []))}</td></tr>\n")
        file.write("</table></body></html>\n")
