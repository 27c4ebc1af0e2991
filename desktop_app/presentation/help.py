"""Help without a window: reads the texts of ``resources/help``, finds words in them, and puts keys beside them.

One Markdown file is one topic; where the screens speak another language, so does it. Its first line is the title
(``# ``), then one or two sentences, then parts (``## ``). A list of nothing but links leads on: ``[words](topic)`` or
``[words](topic#part)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from desktop_app.language import of_help, tr
from desktop_app.presentation import keys
from desktop_app.presentation.keys import Context
from desktop_app.use_cases.searching import plain_letters

CONTENTS, KEYS, HOW_IT_DECIDES, TOUR, WHATS_NEW = "contents", "all_keys", "how_it_decides", "tour", "whats_new"
HAZARDS = "hazards"
FOR_TECHNICIANS = frozenset({HAZARDS, "crypto", "guide", "trust", WHATS_NEW})  # written in English only
ANY_STEP = "step"  # for the steps of a guideline that brings screens of its own
STEPS = ("emergency", "presentation", "examination", "imaging", "interventions", "medicines", "referral", "review")
BEFORE = ("unlock", "first_start", "recovery_key", "recovery", "error")
DESK = ("worklist", "new_patient", "settings", "keys", "emergency_page")
DIALOGS = ("answer_wrong", "handover", "sign")
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
BLOCK = re.compile(r"\n\s*\n|\n(?=- |\d+\. )")
BULLET = re.compile(r"^(- |\d+\. )")
GAP = re.compile(r"(\n\s*\n|\n(?=- |\d+\. ))")
LINE_OF_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)\Z")
ESCAPED = re.compile(r"\\(.)")
SNIPPET = 90
MOST_HITS = 12


@dataclass(frozen=True, slots=True)
class FoldLine:
    """One line of a fold; ``question`` leads to a question of the open consultation."""

    title: str
    text: str = ""
    note: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """Detail on demand: shut it is one line."""

    title: str
    lines: tuple[FoldLine, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One part of an article. ``text`` is Markdown; ``written`` the title as it was written, which links go by."""

    title: str
    text: str = ""
    folds: tuple[Fold, ...] = ()
    keys: tuple[Context, ...] = ()
    written: str = ""

    @property
    def anchor(self) -> str:
        return anchor(self.written or self.title)

    @property
    def plain(self) -> str:
        """The words without their marks, for search and for screen readers."""
        blocks = (BULLET.sub("", " ".join(b.split())) for b in BLOCK.split(LINK.sub(r"\1", self.text)))
        written = " ".join(b if b[-1] in ".:?;" else f"{b}." for b in blocks if b)
        written = ESCAPED.sub(r"\1", written.replace("**", ""))
        told = (f"{k.spoken}: {k.words}." for c in self.keys for k in c.keys)
        return " ".join(part for part in (written, *told) if part)


@dataclass(frozen=True, slots=True)
class Article:
    """What the help shows at a time. ``wide`` asks for more room."""

    id: str
    title: str
    lead: str
    passages: tuple[Passage, ...]
    wide: bool = False

    @property
    def links(self) -> tuple[str, ...]:
        """Where its links lead, as written."""
        text = "\n".join((self.lead, *(p.text for p in self.passages)))
        return tuple(found.group(2) for found in LINK.finditer(text))


@dataclass(frozen=True, slots=True)
class Hit:
    """A part in which all the words were found."""

    topic: str
    anchor: str
    title: str
    snippet: str


def anchor(title: str) -> str:
    """The name of a part in a link: "What to do" is ``what-to-do``."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def read(name: str, text: str, say: Callable[[str], str] | None = None) -> Article:
    """An article from its Markdown, as ``say`` gives each sentence. ValueError when the title is missing."""
    head, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    title, _, lead = head.strip().partition("\n")
    if not title.startswith("# "):
        raise ValueError(f"{name}: the first line has to be the title, written as “# Title”")
    title = title.removeprefix("# ").strip()
    cut = [(t.strip(), body.strip()) for t, _, body in (p.partition("\n") for p in parts)]
    if say is None:
        return Article(name, title, lead.strip(), tuple(Passage(t, body) for t, body in cut))
    said = tuple(Passage(say(t), spoken(body, say), written=t) for t, body in cut)
    return Article(name, say(title), spoken(lead.strip(), say), said)


def spoken(text: str, say: Callable[[str], str]) -> str:
    """Markdown with each paragraph and each line of a list as ``say`` gives it, on one line. A link keeps its goal."""
    found = []
    for part in GAP.split(text):
        bullet = BULLET.match(part)
        mark = bullet[0] if bullet else ""
        words = " ".join(part[len(mark):].split())
        link = LINE_OF_LINK.match(words)
        if link:
            found.append(f"{mark}[{say(link[1])}]({link[2]})")
        else:
            found.append(mark + say(words) if words else part)
    return "".join(found)


class Library:
    """All topics of a folder, read when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def topics(self) -> Mapping[str, Article]:
        """The texts as written, without keys and figures."""
        files = sorted([*self.folder.glob("*.md"), *self.folder.glob("pages/*.md")])
        say = of_help()
        found = {f.stem: read(f.stem, f.read_text(encoding="utf-8"), None if f.stem in FOR_TECHNICIANS else say)
                 for f in files}
        if say is not None:
            for name in FOR_TECHNICIANS & found.keys():
                lead = tr("This page is written in English only.")
                found[name] = replace(found[name], lead=f"{lead}\n\n{found[name].lead}")
        return found

    def topic_for(self, page: str) -> str:
        """The topic of a page; the steps of another guideline share one."""
        return page if page in self.topics else ANY_STEP

    def article(self, name: str) -> Article:
        """A topic with the keys of its page; the contents for a name that is not known."""
        if name == KEYS:
            return all_keys()
        found = self.topics.get(name)
        if found is None:
            return self.contents()
        contexts = keys.for_page(name)
        if not contexts:
            return found
        at = next((i + 1 for i, p in enumerate(found.passages) if p.anchor == "what-to-do"), len(found.passages))
        listed = Passage(tr("Keys"), keys=contexts)
        return Article(found.id, found.title, found.lead, (*found.passages[:at], listed, *found.passages[at:]))

    def contents(self) -> Article:
        """Every topic, grouped as one meets them."""
        program = (HOW_IT_DECIDES, HAZARDS, KEYS, TOUR, WHATS_NEW)
        others = sorted(self.topics.keys() - {*STEPS, *DESK, *DIALOGS, *BEFORE, *program, ANY_STEP})
        groups = ((tr("The steps of a consultation"), STEPS), (tr("Around a consultation"), (*DESK, *others, *DIALOGS)),
                  (tr("Before signing in"), BEFORE), (tr("The program"), program))
        return Article(CONTENTS, tr("All help"), tr("Everything here is on this computer; no network is needed."),
                       tuple(Passage(title, "\n".join(self._lines(names))) for title, names in groups))

    def _lines(self, names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            title = all_keys().title if name == KEYS else self.topics[name].title if name in self.topics else ""
            if title:
                yield f"- [{title}]({name})"

    def leads_somewhere(self, link: str) -> bool:
        """Whether a link's topic exists, and the part it names."""
        name, _, part = link.partition("#")
        known = name in {KEYS, CONTENTS} or name in self.topics
        if not part:
            return known
        return known and any(p.anchor == part for p in self.article(name).passages)

    def search(self, text: str) -> tuple[Hit, ...]:
        """Parts that hold every word; those with a word in a title come first."""
        words = plain_letters(text).split()
        if not words:
            return ()
        found: list[tuple[int, Hit]] = []
        for name in (*self.topics, KEYS):
            page = self.article(name)
            for passage in (Passage("", page.lead), *page.passages):
                head, body = plain_letters(f"{page.title} {passage.title}"), passage.plain
                told = plain_letters(body)
                if not all(w in head or w in told for w in words):
                    continue
                misses = sum(w not in head for w in words)
                title = f"{page.title}: {passage.title}" if passage.title else page.title
                found.append((misses, Hit(name, passage.anchor, title, _snippet(body, words))))
        found.sort(key=lambda pair: pair[0])
        return tuple(hit for _, hit in found[:MOST_HITS])


def _snippet(body: str, words: list[str]) -> str:
    """Some words around the first one found."""
    told = plain_letters(body)  # a letter more or less before the place moves it by that only
    places = [at for w in words if (at := told.find(w)) >= 0]
    start = max(min(places) - SNIPPET // 3, 0) if places else 0
    start = body.rfind(" ", 0, start) + 1 if start else 0
    cut = body[start:start + SNIPPET]
    if start + SNIPPET < len(body):
        cut = cut.rsplit(" ", 1)[0] + " …"
    return ("… " if start else "") + cut


def all_keys() -> Article:
    """The list of all keys, by where they work."""
    return Article(KEYS, tr("All keys"), tr("Everything can be done without a mouse."),
                   tuple(Passage(c.title, c.note, keys=(c,)) for c in keys.TABLE))
