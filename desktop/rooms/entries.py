"""The rooms of the window as data: name, title, icon, and the page that is made when the user first goes there."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from desktop.shell.window import RoomEntry
from desktop.text import _

if TYPE_CHECKING:
    from desktop.app import App
    from desktop.rooms.room import Room


def room_entries(app: App) -> list[RoomEntry]:
    """Every room, in the order of the sidebar; a room's module is loaded when it is first opened."""

    def made(name: str, page: str) -> Callable[[], Room]:
        def make() -> Room:
            from desktop.rooms.room import Room

            assert app.opened is not None
            room = getattr(import_module(f"desktop.rooms.{name}.page"), page)(app.opened)
            assert isinstance(room, Room)
            return room

        return make

    entries = [
        RoomEntry("today", _("Today"), "sun", made("today", "TodayPage")),
        RoomEntry("clients", _("Clients"), "users", made("clients", "ClientsPage")),
        RoomEntry("engagements", _("Engagements"), "briefcase", made("engagements", "EngagementsPage")),
        RoomEntry("advice", _("Advice"), "scroll-text", made("advice", "AdvicePage")),
        RoomEntry("trust", _("Trust"), "handshake", made("trust", "TrustPage")),
        RoomEntry("insight", _("Insight"), "message-square-quote", made("insight", "InsightPage")),
        RoomEntry("referrals", _("Referrals"), "share-2", made("referrals", "ReferralsPage")),
        RoomEntry("reviews", _("Reviews"), "calendar-check", made("reviews", "ReviewsPage")),
        RoomEntry("reports", _("Reports"), "file-text", made("reports", "ReportsPage")),
        RoomEntry("conflicts", _("Conflict check"), "shield-check", made("conflicts", "ConflictsPage"), "bottom"),
        RoomEntry("privacy", _("Requests"), "shield", made("privacy", "PrivacyPage"), "bottom"),
        RoomEntry("exchange", _("Import and export"), "arrow-left-right", made("exchange", "ExchangePage"), "bottom"),
        RoomEntry("settings", _("Settings"), "settings", made("settings", "SettingsPage"), "bottom"),
    ]
    return [entry for entry in entries if _has_page(entry.name)]


def _has_page(name: str) -> bool:
    return find_spec(f"desktop.rooms.{name}") is not None and find_spec(f"desktop.rooms.{name}.page") is not None
