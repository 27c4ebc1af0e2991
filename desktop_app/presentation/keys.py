"""Every key of the program in one table: shortcuts are installed from it, and the list of keys is read from it.

A key that is a shortcut of the whole page is installed by its id (``widgets/shortcuts.py``). A key that only works in
the part that has the keyboard (a question, a grid) is handled there; a test presses each of them in the real window.
"""

from __future__ import annotations

from typing import NamedTuple

from desktop_app.language import tr

ARROWS = ("Up", "Down", "Left", "Right")


class Key(NamedTuple):
    """``keys`` in Qt's portable writing; several mean "any of these". ``words`` say what they do."""

    id: str
    keys: tuple[str, ...]
    words: str
    shortcut: bool = False
    shown: str = ""  # how the list writes them, where naming each would be long

    @property
    def caps(self) -> tuple[tuple[str, ...], ...]:
        """What stands on the key caps: one tuple of caps pressed together for each way."""
        written = self.shown.split(" / ") if self.shown else list(self.keys)
        return tuple(_together(w) for w in written)

    @property
    def spoken(self) -> str:
        return " or ".join(" + ".join(together) for together in self.caps)


def _together(written: str) -> tuple[str, ...]:
    """The caps of one way; “Ctrl++” is Ctrl and the plus sign."""
    if written.endswith("+"):
        return (*(part for part in written[:-1].split("+") if part), "+")
    return tuple(written.split("+"))


class Context(NamedTuple):
    """Where some keys work."""

    id: str
    title: str
    keys: tuple[Key, ...]
    note: str = ""


TABLE: tuple[Context, ...] = (
    Context(
        "everywhere",
        tr("Everywhere"),
        (
            Key("help", ("F1",), tr("Help for this page; once more closes it"), shortcut=True),
            Key("keys", ("Ctrl+/",), tr("This list of keys"), shortcut=True),
            Key("other_part", ("F6",), tr("Between the page and the help or the tour beside it"), shortcut=True),
            Key("next_field", ("Tab", "Shift+Tab"), tr("To the next or the previous field or button")),
            Key("press", ("Space",), tr("Press the button that has the keyboard")),
            Key("back_out", ("Esc",), tr("Close the help, a dialog or the open question. It never locks or signs")),
        ),
    ),
    Context(
        "signed_in",
        tr("After signing in"),
        (Key("lock", ("Ctrl+L",), tr("Lock at once; every answer is already stored"), shortcut=True),),
    ),
    Context(
        "worklist",
        tr("Worklist"),
        (
            Key("find", ("Ctrl+F",), tr("Find a patient by name or number"), shortcut=True),
            Key("new_patient", ("Ctrl+N",), tr("New patient; also from a signed plan"), shortcut=True),
            Key("open_found", ("Enter",), tr("In the search: open the patient when only one was found")),
            Key("line", ("Up", "Down"), tr("To the line above or below; from the first line into the search")),
            Key("empty_search", ("Esc",), tr("In the search: empty it")),
        ),
    ),
    Context(
        "consultation",
        tr("Consultation"),
        (
            Key(
                "step",
                tuple(f"Alt+{n}" for n in range(1, 10)),
                tr("Open a step; nothing is lost by it"),
                shortcut=True,
                shown=tr("Alt+1 to 8"),
            ),
            Key("next", ("Alt+Right",), tr("What the button Next says, from anywhere"), shortcut=True),
            Key("back", ("Alt+Left",), tr("What the button Back says, from anywhere"), shortcut=True),
            Key("to_worklist", ("Ctrl+W",), tr("Back to the worklist; every answer is stored"), shortcut=True),
            Key("undo", ("Ctrl+Z",), tr("Take the last answer back"), shortcut=True),
            Key(
                "go_on",
                ("Enter",),
                tr("To the next open question, then to the next step. It never accepts and never signs"),
            ),
        ),
    ),
    Context(
        "question",
        tr("An open question"),
        (
            Key("yes", ("Y",), tr("Yes")),
            Key("no", ("N",), tr("No; in a list: no to all that is left")),
            Key("not_assessed", ("A",), tr("Not assessed")),
            Key("cannot_assess", ("C",), tr("Cannot be assessed")),
            Key("declined", ("D",), tr("Declined by the patient")),
            Key("choose", tuple("123456789"), tr("Choose the answer with that number"), shown=tr("1 to 9")),
            Key("all_no", ("Shift+N",), tr("No to all of the questions named below, where that is offered")),
            Key("all_yes", ("Shift+Y",), tr("Yes to all of the questions named below, where that is offered")),
            Key("date_today", ("Ctrl+T",), tr("A date: today")),
            Key(
                "date_pick",
                tuple(f"Ctrl+{n}" for n in range(1, 5)),
                tr("A date: the day on the button with that number"),
                shown=tr("Ctrl+1 to 4"),
            ),
            Key("why", ("W",), tr("Why this is asked, and on what it rests")),
            Key("neighbour", ("Up", "Down"), tr("To the question before or after; in a list into its items")),
        ),
    ),
    Context(
        "items",
        tr("A list of items"),
        (
            Key(
                "item_number",
                tuple("123456789"),
                tr("Yes to the item with that number; once more takes it back"),
                shown=tr("1 to 9"),
            ),
            Key("item", ("Up", "Down"), tr("To the item above or below")),
            Key("item_yes_no", ("Y", "N"), tr("Yes or no to this item")),
            Key("item_space", ("Space",), tr("Yes to this item; once more takes it back")),
            Key("item_delete", ("Delete",), tr("Take the answer to this item back")),
            Key("rest_no", ("Shift+N",), tr("No to all items not answered yet")),
        ),
    ),
    Context(
        "grid",
        tr("A grid: power, sensation, reflexes"),
        (
            Key("cell", ARROWS, tr("To the next cell"), shown="arrows"),
            Key(
                "value",
                tuple("012345"),
                tr("The value, for example the power; then + or - for a half step"),
                shown=tr("0 to 5 / + / -"),
            ),
            Key("rest_normal", ("N",), tr("The rest of the grid is normal, or none of the rest")),
            Key("side_normal", ("Shift+R", "Shift+L"), tr("The rest of the right, or of the left side is normal")),
            Key("cell_menu", ("Space",), tr("All answers of this cell as a menu")),
            Key("cell_delete", ("Delete",), tr("Take the answer in this cell back")),
        ),
        tr("What was not tested stays unknown: A, C and D work in each cell."),
    ),
    Context(
        "body_map",
        tr("The body map"),
        (
            Key("map_zone", ARROWS, tr("To the next zone"), shown="arrows"),
            Key("map_mark", ("Space", "Y"), tr("Mark the zone; Space once more takes the mark back")),
            Key("map_kind", ("P", "S"), tr("What a mark means: pain, or changed sensation")),
            Key("map_not_here", ("0",), tr("This zone was asked or tested and is not affected")),
            Key("map_rest", ("N",), tr("The rest was asked or tested and is not affected")),
            Key("map_delete", ("Delete",), tr("Take the answer of this zone back")),
        ),
        tr(
            "The list beside the map holds the same answers and takes the keys of a grid. A, C and D work in each zone."
        ),
    ),
    Context(
        "spine",
        tr("The zones beside the spine"),
        (
            Key("spine_zone", ARROWS, tr("To the next zone"), shown="arrows"),
            Key(
                "spine_value",
                tuple("1234"),
                tr("What is reported there: the answer with that number in the zone's menu"),
                shown=tr("1 to 4"),
            ),
            Key("spine_clear", ("N",), tr("Reported and clear")),
            Key("spine_menu", ("Space",), tr("All answers of this zone as a menu")),
            Key("spine_delete", ("Delete",), tr("Take the answer of this zone back")),
        ),
        tr("What the report does not say stays unknown: A, C and D work in each zone."),
    ),
    Context(
        "vertebra",
        tr("The vertebrae of the spine"),
        (
            Key("vertebra_menu", ("Space",), tr("Say that this vertebra is broken, or what is asked of its fracture")),
            Key("vertebra_part", tuple("1234"), tr("Part of the broken vertebra that gave way"), shown=tr("1 to 4")),
            Key("vertebra_oedema", ("Y", "N"), tr("Marrow oedema")),
            Key("vertebra_age", tuple("567"), tr("Age of the fracture on imaging"), shown=tr("5 to 7")),
        ),
    ),
    Context(
        "options",
        tr("Options and lists"),
        (
            Key("open_option", ("Space", "Enter"), tr("Open the option or the line that has the keyboard")),
            Key("close_option", ("Esc",), tr("Close the open option")),
            Key("compare", ("Alt+C",), tr("Compare two options of this step side by side"), shortcut=True),
            Key("decide", ("Space",), tr("Accept, change or decline; Enter does not press these")),
        ),
    ),
    Context(
        "preview",
        tr("A document"),
        (
            Key(
                "scroll",
                ("Up", "Down", "PgUp", "PgDown"),
                tr("Through the pages"),
                shown="Up / Down / Page Up / Page Down",
            ),
            Key("ends", ("Home", "End"), tr("To the first page, to the end")),
            Key("thumbnail", ("Up", "Down"), tr("In the small pages: to the page before or after")),
            Key("find_words", ("Ctrl+F",), tr("Find words in the document"), shortcut=True),
            Key("next_hit", ("F3",), tr("To the next place found"), shortcut=True),
            Key("previous_hit", ("Shift+F3",), tr("To the place found before"), shortcut=True),
            Key("zoom_in", ("Ctrl++",), tr("Larger"), shortcut=True),
            Key("zoom_out", ("Ctrl+-",), tr("Smaller"), shortcut=True),
            Key("true_size", ("Ctrl+1",), tr("As large as on paper"), shortcut=True),
            Key("fit_width", ("Ctrl+0",), tr("As wide as the window"), shortcut=True),
            Key("print", ("Ctrl+P",), tr("Print"), shortcut=True),
            Key("save", ("Ctrl+S",), "Save", shortcut=True),
            Key("leave_preview", ("Esc",), tr("Back to the review")),
        ),
    ),
)

BY_ID = {key.id: key for context in TABLE for key in context.keys}
CONTEXTS = {context.id: context for context in TABLE}
PAGES: dict[str, tuple[str, ...]] = {
    "worklist": ("worklist", "signed_in"),
    "new_patient": ("signed_in",),
    "settings": ("signed_in",),
    "emergency_page": ("signed_in",),
    "emergency": ("question", "items", "consultation"),
    "presentation": ("question", "items", "consultation"),
    "examination": ("grid", "body_map", "question", "consultation"),
    "imaging": ("spine", "vertebra", "question", "grid", "options", "consultation"),
    "interventions": ("options", "question", "consultation"),
    "medicines": ("options", "question", "consultation"),
    "referral": ("options", "question", "consultation"),
    "review": ("consultation",),
    "preview": ("preview", "signed_in"),
    "step": ("question", "items", "grid", "options", "consultation"),
}
"""Help topic to the contexts whose keys its page shows, most used first."""


def sequences(name: str) -> tuple[str, ...]:
    """The key sequences of a shortcut. KeyError for a name that is not in the table."""
    key = BY_ID[name]
    if not key.shortcut:
        raise KeyError(f"{name} is handled by the part that has the keyboard and cannot be installed")
    return key.keys


def for_page(topic: str) -> tuple[Context, ...]:
    """The contexts of one page; empty when it has no keys of its own."""
    return tuple(CONTEXTS[name] for name in PAGES.get(topic, ()))
