"""Help: every page has its text and every text its page, no link is dead, words are found, keys are told once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app import language, places
from desktop_app.engine.model import Pack
from desktop_app.engine.problems import ContentError
from desktop_app.presentation import help as help_
from desktop_app.presentation import keys, tour, words
from desktop_app.presentation.help import Library, Passage
from desktop_app.presentation.help_sentences import help_sentences

FOLDER = places.resources() / "help"
OWN_WORDS = {"step", "languages", "how_it_decides", "hazards", "trust", "crypto", "whats_new", "tour", "guide"}
"""Topics that belong to no single page."""
BANNED = re.compile(r"https?://|\bplease\b|!|\bsimply\b|\bjust\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(FOLDER)


def test_every_step_of_the_guideline_has_its_text(library: Library, pack: Pack) -> None:
    for screen in pack.screens:
        assert library.topic_for(screen.id) == screen.id
    assert library.topic_for("a step of another guideline") == "step"


def test_the_contents_name_every_topic_once(library: Library) -> None:
    listed = list(library.contents().links)
    assert sorted(listed) == sorted({*library.topics, help_.KEYS} - {"step"})


def test_no_link_is_dead(library: Library) -> None:
    for name in (*library.topics, help_.CONTENTS):
        for link in library.article(name).links:
            assert library.leads_somewhere(link), f"{name}: {link}"
    assert not library.leads_somewhere("nowhere")
    assert not library.leads_somewhere("worklist#nothing")
    assert library.leads_somewhere("worklist#what-to-do")


def test_every_page_says_what_to_do_what_happens_and_what_it_does_not_do(library: Library) -> None:
    for name in library.topics.keys() - OWN_WORDS:
        article = library.article(name)
        titles = [p.title for p in article.passages if p.title != "Keys"]
        assert titles == ["What to do", "What happens with the answers", "What it does not do", "See also"], name
        assert article.lead, name


def test_the_texts_are_plain(library: Library) -> None:
    for name, article in library.topics.items():
        for passage in (Passage("", article.lead), *article.passages):
            assert not BANNED.search(passage.plain), f"{name}: {passage.title}"
            if name not in {help_.WHATS_NEW, "trust"}:  # cells of a table are no sentences
                for sentence in re.split(r"(?<=[.?:])\s", passage.plain):
                    assert len(sentence.split()) <= 32, f"{name}: {sentence}"


def test_no_text_holds_a_medicine_a_dose_or_an_approval_that_does_not_exist(library: Library, pack: Pack) -> None:
    """Medicine stands in the guideline only."""
    for name, article in library.topics.items():
        said = " ".join((article.lead, *(p.plain for p in article.passages))).lower()
        assert " mg" not in said, name
        assert "approved by" not in said, name
        for option in pack.options.values():
            assert option.title.lower() not in said, (name, option.title)


def test_keys_stand_after_what_to_do(library: Library) -> None:
    titles = [p.title for p in library.article("worklist").passages]
    assert titles[:2] == ["What to do", "Keys"]
    assert library.article("unlock").passages[1].title != "Keys"


def test_every_page_with_keys_exists_and_every_context_is_shown_somewhere(library: Library) -> None:
    assert set(keys.PAGES) <= set(library.topics)
    shown = {c for contexts in keys.PAGES.values() for c in contexts}
    assert shown | {"everywhere"} == set(keys.CONTEXTS)


def test_no_shortcut_is_given_twice_on_one_page() -> None:
    """The worklist and a document never stand in the window together: Ctrl+F finds in either."""
    for contexts in keys.PAGES.values():
        shown = {"everywhere", *contexts}
        installed = [s for name in shown for k in keys.CONTEXTS[name].keys if k.shortcut for s in k.keys]
        assert len(installed) == len(set(installed)), contexts
    assert len(keys.BY_ID) == sum(len(c.keys) for c in keys.TABLE)


def test_only_shortcuts_can_be_installed() -> None:
    with pytest.raises(KeyError):
        keys.sequences("yes")
    assert keys.sequences("lock") == ("Ctrl+L",)


def test_caps_of_keys_pressed_together_and_one_after_the_other() -> None:
    assert keys.BY_ID["next_field"].caps == (("Tab",), ("Shift", "Tab"))
    assert keys.BY_ID["value"].caps[1] == ("+",)
    assert keys.BY_ID["step"].spoken == "Alt + 1 to 8"


def test_shortcuts_are_made_in_one_place_only() -> None:
    """So that the list of keys cannot leave one out."""
    widgets = places.shipped() / "desktop_app" / "widgets"
    for file in widgets.glob("*.py"):
        if file.name != "shortcuts.py":
            assert not re.search(r"QShortcut\(|setShortcut\(|QKeySequence\(", file.read_text()), file.name


@pytest.mark.parametrize(("asked", "found"), [("handover", "handover"), ("recovery key", "recovery_key"),
                                              ("Ctrl L", help_.KEYS), ("due date earliest", "referral")])
def test_search(library: Library, asked: str, found: str) -> None:
    assert found in [hit.topic for hit in library.search(asked)]


def test_search_wants_every_word_and_finds_titles_first(library: Library) -> None:
    assert library.search("worklist zebra") == ()
    assert library.search("  ") == ()
    assert library.search("worklist")[0].topic == "worklist"
    assert "overdue" in " ".join(h.snippet for h in library.search("overdue"))


def test_a_text_without_a_title_is_refused() -> None:
    with pytest.raises(ValueError, match="first line"):
        help_.read("page", "words")


# --- the tour -------------------------------------------------------------------------------------------


def test_the_tour_goes_to_real_steps_and_can_be_left_and_taken_up(pack: Pack) -> None:
    script = tour.read(FOLDER / "tour.yaml")
    assert {s.at for s in script.stops} <= {tour.WORKLIST, *(s.id for s in pack.screens)}
    assert len({s.id for s in script.stops}) == len(script.stops)
    spoken = sum(len(f"{s.title} {s.text}".split()) for s in script.stops)
    assert spoken / 130 < 5, "at a slow reading pace it takes longer than five minutes"
    trip = tour.Tour(script)
    assert trip.invitation == "Five-minute tour"
    trip.start()
    assert not trip.go_back()
    assert trip.go_on()
    trip.leave()
    assert not trip.on
    assert trip.invitation == f"Go on with the tour (2 of {len(script.stops)})"
    trip.start()
    while trip.go_on():
        pass
    assert (trip.on, trip.index) == (False, 0)


def test_a_stop_without_words_is_refused_with_its_line(tmp_path: Path) -> None:
    bad = tmp_path / "tour.yaml"
    bad.write_text("patient: X\noffer:\n  title: A\n  text: B\nstops:\n  - id: one\n    at: worklist\n"
                   "    points_at: row\n    title: One\n")
    with pytest.raises(ContentError, match=r"tour\.yaml:6"):
        tour.read(bad)


@pytest.mark.parametrize(("seconds", "said"), [(0, "just now"), (2, "2 s ago"), (9, "9 s ago"), (10, "10 s ago"),
                                               (59, "50 s ago"), (60, "1 min ago"), (3599, "59 min ago"),
                                               (3600, "1 hour ago"), (7300, "2 hours ago")])
def test_how_long_ago_something_was_saved(seconds: int, said: str) -> None:
    assert words.saved(seconds) == f"Saved {said}"


@pytest.mark.parametrize("code", ["fr", "es"])
def test_help_in_another_language_leads_to_the_same_places(library: Library, code: str) -> None:
    assert set(library.topics)  # read in English first
    try:
        language.use(code, places.resources() / "translations")
        other = Library(FOLDER)
        assert other.topics["worklist"].title != library.topics["worklist"].title
        for name, article in library.topics.items():
            assert [p.anchor for p in other.topics[name].passages] == [p.anchor for p in article.passages], name
            assert other.topics[name].links == article.links, name
            assert all(other.leads_somewhere(link) for link in article.links), name
        asked = [p.title for p in other.article("worklist").passages]
        assert asked[1] == language.tr("Keys")  # beside what to do, whatever that is called
        assert "only" not in other.topics["worklist"].lead
        assert other.topics["trust"].lead.startswith(language.tr("This page is written in English only."))
    finally:
        language.use(language.ENGLISH, places.resources() / "translations")


@pytest.mark.parametrize("asked", ["clé de secours", "cle de secours", "l'ordinateur", "l’ordinateur"])
def test_a_search_needs_neither_accents_nor_the_printed_apostrophe(asked: str) -> None:
    try:
        language.use("fr", places.resources() / "translations")
        assert Library(FOLDER).search(asked)
    finally:
        language.use(language.ENGLISH, places.resources() / "translations")


@pytest.mark.parametrize("code", ["fr", "es"])
def test_every_sentence_of_the_help_is_translated(code: str) -> None:
    """A sentence whose English changed falls back on English, and is found here."""
    try:
        language.use(code, places.resources() / "translations")
        say = language.of_help()
        assert say is not None
        left = [one for one in help_sentences(FOLDER) if say(one) == one and len(one.split()) > 2]
        assert not left, "\n".join(left)
    finally:
        language.use(language.ENGLISH, places.resources() / "translations")
