"""The frame around the rooms: window, sidebar, top bar and status line."""
