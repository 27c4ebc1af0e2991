"""The structure of a document for those who do not see its pages: headings, lists, tables, pictures in words.

What is drawn is either content of an element or, like frames, rules, icons and running heads, an artifact. The
elements stand in the order in which they are drawn. reportlab writes no structure of its own: the marks go into
the page's code as it is drawn, the tree into the file at its end.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfdoc

from desktop_app.documents.fonts import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportlab.pdfgen.canvas import Canvas

_GROUPS = frozenset({"Document", "Div", "Table", "TR", "L", "LI"})  # text directly in them becomes a paragraph
_CELLS = frozenset({"TH", "TD"})  # stay in their row when they are empty
_HIGHEST = 6
TITLE_LEVEL = -2  # of the document's title; the levels of the content tree follow


@dataclass(frozen=True, slots=True)
class Widget:
    """A field of a form as content of an element: its page, its name among reportlab's objects and its dictionary."""

    page: int
    name: str
    dictionary: pdfdoc.PDFDictionary


class Element:
    """A part of the structure. ``kids`` are elements, pairs of page and mark, and fields, in order of drawing."""

    __slots__ = ("alt", "attributes", "kids", "language", "placed", "role")

    def __init__(self, role: str, *, alt: str = "", attributes: str = "", language: str = "") -> None:
        self.role = role
        self.alt = alt
        self.attributes = attributes
        self.language = language  # of its words, when it is not the document's
        self.kids: list[Element | tuple[int, int] | Widget] = []
        self.placed = False


def paragraph_element() -> Element:
    return Element("P")


def column_head(span: int = 1) -> Element:
    return Element("TH", attributes=f"/O/Table/Scope/Column{f'/ColSpan {span}' if span > 1 else ''}")


def row_head() -> Element:
    return Element("TH", attributes="/O/Table/Scope/Row")


def bullets(*, numbered: bool = False) -> Element:
    return Element("L", attributes=f"/O/List/ListNumbering/{'Decimal' if numbered else 'Disc'}")


class Structure:
    """Marks the content of one canvas and keeps the tree of its elements."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.root = Element("Document")
        self._within: list[Element] = [self.root]
        self._open: Element | None = None
        self._page: list[Element] = []  # of this page, the element of every mark
        self._pages: list[list[Element]] = []
        self._fields: list[tuple[pdfdoc.PDFDictionary, Element]] = []
        self._levels: list[int] = []

    # -- while drawing ------------------------------------------------------------------------------

    @property
    def in_group(self) -> bool:
        return self._within[-1].role in _GROUPS

    def heading(self, level: int) -> Element:
        """An element for a heading of the content tree's ``level``; no rank is ever left out on the way down."""
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        return Element(f"H{min(len(self._levels), _HIGHEST)}")

    @contextmanager
    def part(self, element: Element) -> Iterator[None]:
        """What is drawn within belongs to ``element``, which stands in the part that is open when it first comes."""
        if not element.placed:
            element.placed = True
            if element.role != "Artifact":
                self._within[-1].kids.append(element)
        self._within.append(element)
        try:
            yield
        finally:
            self._within.pop()

    def text(self) -> None:
        """To be called before letters are drawn."""
        self._mark(self._within[-1])

    def shape(self) -> None:
        """To be called before lines and areas are drawn: content in a figure, else an artifact."""
        inner = self._within[-1]
        self._mark(inner if inner.role in {"Figure", "Artifact"} else _SHAPE)

    def field(self, name: str, dictionary: pdfdoc.PDFDictionary) -> None:
        """A field of a form on this page, which is content of the part that is open."""
        element = self._within[-1]
        element.kids.append(Widget(len(self._pages), name, dictionary))
        self._fields.append((dictionary, element))

    def end_page(self) -> None:
        self._close()
        self._pages.append(self._page)
        self._page = []

    def _mark(self, element: Element) -> None:
        if self._open is element:
            return
        self._close()
        code = self._canvas._code  # noqa: SLF001 - reportlab has no public way to mark content
        if element.role == "Artifact":
            code.append(f"/Artifact <<{element.attributes}>> BDC" if element.attributes else "/Artifact BMC")
        else:
            number = len(self._page)
            code.append(f"/{element.role} <</MCID {number}>> BDC")
            element.kids.append((len(self._pages), number))
            self._page.append(element)
        self._open = element

    def _close(self) -> None:
        if self._open is not None:
            self._canvas._code.append("EMC")  # noqa: SLF001 - as above
            self._open = None

    # -- into the file ------------------------------------------------------------------------------

    def write(self) -> None:
        """Puts the tree into the file; after the last page, before saving."""
        inner = self._canvas._doc  # noqa: SLF001 - as above
        numbers = inner.idToObjectNumberAndVersion
        pages = [numbers[f"Page{page + 1}"][0] for page in range(len(self._pages))]
        root, tree = _Object(), _Object()
        inner.Reference(root, "structure")
        inner.Reference(tree, "structure-marks")
        elements = list(_walk(self.root, None))
        objects = {}
        for count, (element, _) in enumerate(elements):
            made = objects[id(element)] = _Object()
            inner.Reference(made, f"element-{count}")
            made.number = numbers[f"element-{count}"][0]
        above = numbers["structure"][0]
        for element, parent in elements:
            number = objects[id(parent)].number if parent is not None else above
            objects[id(element)].text = _dictionary(element, number, *_kids(element, pages, objects, numbers))
        root.text = (
            f"<</Type/StructTreeRoot/K {objects[id(self.root)].number} 0 R"
            f"/ParentTree {numbers['structure-marks'][0]} 0 R/ParentTreeNextKey {len(pages) + len(self._fields)}>>"
        )
        lists = [
            f"{page} [{' '.join(f'{objects[id(one)].number} 0 R' for one in marked)}]"
            for page, marked in enumerate(self._pages)
        ]
        for key, (dictionary, element) in enumerate(self._fields, len(pages)):
            dictionary.dict["StructParent"] = key
            lists.append(f"{key} {objects[id(element)].number} 0 R")
        tree.text = f"<</Nums [{' '.join(lists)}]>>"
        inner.Catalog.StructTreeRoot = root
        for page in range(len(self._pages)):
            one = inner.idToObject[f"Page{page + 1}"]
            one.__NoDefault__ = [*one.__NoDefault__, "StructParents", "Tabs"]
            one.StructParents = page
            one.Tabs = pdfdoc.PDFName("S")


_SHAPE = Element("Artifact")


class _Object(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab is untyped
    """An object of the file whose text is already made."""

    def __init__(self) -> None:
        self.number = 0
        self.text = ""

    def format(self, document: object) -> bytes:
        del document
        return self.text.encode("latin-1")


def _walk(element: Element, parent: Element | None) -> Iterator[tuple[Element, Element | None]]:
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or _worth(kid)]
    yield element, parent
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _walk(kid, element)


def _worth(element: Element) -> bool:
    """Whether anything was drawn in it, or it is a cell, which holds its place."""
    return element.role in _CELLS or any(not isinstance(kid, Element) or _worth(kid) for kid in element.kids)


def _kids(
    element: Element, pages: list[int], objects: dict[int, _Object], numbers: Mapping[str, tuple[int, int]]
) -> tuple[str, str]:
    """The page of the element's own marks, and its kids as the file names them."""
    home = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
    said = []
    for kid in element.kids:
        if isinstance(kid, Element):
            said.append(f"{objects[id(kid)].number} 0 R")
        elif isinstance(kid, Widget):
            said.append(f"<</Type/OBJR/Pg {pages[kid.page]} 0 R/Obj {numbers[f'Annot.{kid.name}'][0]} 0 R>>")
        elif kid[0] == home:
            said.append(str(kid[1]))
        else:
            said.append(f"<</Type/MCR/Pg {pages[kid[0]]} 0 R/MCID {kid[1]}>>")
    page = f"/Pg {pages[home]} 0 R" if home is not None else ""
    return page, said[0] if len(said) == 1 else f"[{' '.join(said)}]"


def _dictionary(element: Element, parent: int, page: str, kids: str) -> str:
    words = (b"\xfe\xff" + printable(element.alt).encode("utf-16-be")).hex()
    alt = f"/Alt <{words}>" if element.alt else ""
    attributes = f"/A <<{element.attributes}>>" if element.attributes else ""
    language = f"/Lang ({element.language})" if element.language else ""
    return f"<</S/{element.role}/P {parent} 0 R{page}{alt}{language}{attributes}/K {kids}>>"
