"""The window: the only code that knows Qt, one page in one file."""

from desktop_app.widgets.none_guard import keep_none_alive

keep_none_alive()
