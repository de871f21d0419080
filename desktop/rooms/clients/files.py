"""The Files tab: what is kept with the client, his engagements and his advice."""

from __future__ import annotations

from db.overview import Head
from desktop.rooms.files import FilesView
from desktop.rooms.filing import Owner


class FilesTab(FilesView):
    """The shared view of files, for the client in view."""

    def show_head(self, head: Head) -> None:
        """List the client's files."""
        self.show_owner(Owner(client_id=head.client.id))
