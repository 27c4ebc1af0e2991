"""The YAML reader: places, typing, limits, and the same tree from both parsers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.engine.problems import ContentError, MissingContent, Problem, Problems, choices
from desktop_app.engine.reader import DEPTH_LIMIT, FAST_LOADER, PURE_LOADER, SIZE_LIMIT, Node, read_file, read_text

PACKS = Path(__file__).parents[2] / "resources/guidelines"
EVERY_FILE = sorted(PACKS.rglob("*.yaml"))


def read(text: str | bytes, loader: type = FAST_LOADER) -> tuple[Node | None, list[str]]:
    problems = Problems()
    raw = text.encode() if isinstance(text, str) else text
    return read_text(raw, problems, "f.yaml", loader=loader), [str(problem) for problem in problems]


def node(text: str) -> Node:
    top, said = read(text)
    assert top is not None
    assert said == []
    return top


def said_by(top: Node) -> list[str]:
    return [str(problem) for problem in top.source.problems]


def test_places_count_from_one() -> None:
    top = node("a:\n  b: word\n  c:\n    - one\n    - two\n")
    inner = top.need("a")
    assert (inner.key_line, inner.key_column) == (1, 1)
    assert (inner.need("b").line, inner.need("b").column) == (2, 6)
    assert [(part.line, part.column, part.words) for part in inner.need("c").items()] == [(4, 7, "one"), (5, 7, "two")]
    assert "f.yaml:2:6" in repr(inner.need("b"))


@pytest.mark.parametrize("word", ["no", "yes", "on", "1:30", "3.10", "2026-11-01", "null", "~", "0x10", "1e3"])
def test_words_stay_words(word: str) -> None:
    assert node(f"a: {word}\n").need("a").words == word


def same(one: Node, other: Node) -> bool:
    return (
        (one.kind, one.words, one.line, one.key_line, one.key_column)
        == (other.kind, other.words, other.line, other.key_line, other.key_column)
        and list(one.nodes) == list(other.nodes)
        and len(one.parts) == len(other.parts)
        and all(same(a, b) for a, b in zip(one.nodes.values(), other.nodes.values(), strict=True))
        and all(same(a, b) for a, b in zip(one.parts, other.parts, strict=True))
    )


@pytest.mark.parametrize("path", EVERY_FILE, ids=lambda path: path.relative_to(PACKS).as_posix())
def test_both_parsers_read_the_same(path: Path) -> None:
    fast, pure = Problems(), Problems()
    one, other = read_file(path, fast), read_file(path, pure, loader=PURE_LOADER)
    assert not fast
    assert not pure
    assert one is not None
    assert other is not None
    assert same(one, other)


@pytest.mark.parametrize("loader", [FAST_LOADER, PURE_LOADER])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\na: 2\n", "f.yaml:2:1: 'a' is given twice"),
        ("a: &x 1\n", "f.yaml:1:4: an anchor (&) is not allowed"),
        ("a: &x 1\nb: *x\n", "f.yaml:2:4: an alias (*) is not allowed"),
        ("a: !!python/object:os.system x\n", "f.yaml:1:4: a tag (!) is not allowed"),
        ("a:\n\t- b\n", "f.yaml:2:1: a tab stands where spaces have to indent"),
        ("a: [\n", "cannot be read as YAML"),
        ("a: b: c\n", "f.yaml:1:5: cannot be read as YAML"),
        ("a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document begins here"),
        ("? [a]\n: b\n", "a name has to be a word"),
        ("", "f.yaml:1:1: the file is empty"),
        ("# nothing\n", "f.yaml:1:1: the file is empty"),
        ("[" * 60 + "]" * 60, f"nested too deeply; allowed: up to {DEPTH_LIMIT} levels"),
        ("- " * 60 + "a", "nested too deeply"),
    ],
)
def test_broken_files(text: str, words: str, loader: type) -> None:
    _, said = read(text, loader)
    assert any(words in each for each in said), said


def test_not_text() -> None:
    assert read(b"a: \xff\xfe\n")[1] == ["f.yaml:1:1: the file is not text in UTF-8; allowed: UTF-8 text"]
    assert "control characters" in read(b"a: 1\nb: \x00\n")[1][0]
    assert read(bytes(range(256)))[0] is None
    assert read("\ufeffa: 1\n".encode())[1] == []


def test_ten_megabytes_are_refused_unread() -> None:
    top, said = read(b"a: 1\n" * 2 * 1024 * 1024)
    assert top is None
    assert said == ["f.yaml: the file is larger than 2 MiB and was not read; allowed: up to 2 MiB"]
    assert read(b"#" * (SIZE_LIMIT - 6) + b"\na: 1\n")[0] is not None


def test_alias_bomb_is_refused() -> None:
    bomb = "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    top, said = read(bomb)
    assert top is None
    assert any("an alias (*) is not allowed" in each for each in said)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(MissingContent, match="there is no such file") as caught:
        read_file(tmp_path / "none.yaml", Problems())
    assert caught.value.exit_code == 66
    with pytest.raises(MissingContent, match="folder, not a file"):
        read_file(tmp_path, Problems())


def test_maps() -> None:
    top = node("colour: red\nweigth: 3\n")
    top.only("colour", "weight")
    assert top.need("size").text() == ""
    assert said_by(top) == [
        "f.yaml:2:1: unknown name 'weigth'; allowed: colour, weight (did you mean 'weight'?)",
        "f.yaml:1:1: 'size' is missing",
    ]


def test_typing() -> None:
    top = node("a: yes\nb: 3.10\nc: 2026-02-28\nd: two\ne:\nf: 12\n")
    assert top.need("a").flag()
    assert not top.flag_of("none")
    assert top.need("b").number() == 3.1
    assert top.need("c").day() == date(2026, 2, 28)
    assert top.need("d").one_of(("one", "two")) == "two"
    assert top.need("f").whole(0, 12) == 12
    assert top.need("e").items() == []
    assert top.need("e").entries() == {}
    assert said_by(top) == []


@pytest.mark.parametrize(
    ("text", "call", "words"),
    [
        ("a: maybe", "flag", "'maybe' is not yes or no"),
        ("a: 1,5", "number", "'1,5' is not a number"),
        ("a: 1e5", "number", "'1e5' is not a number"),
        ("a: 1.5", "whole", "not a whole number"),
        ("a: 2026-02-30", "day", "not a day of the calendar"),
        ("a: 1.2.2026", "day", "not a day of the calendar"),
        ("a:", "text", "nothing is written here"),
        ("a: ''", "text", "nothing is written here"),
        ("a: [b]", "text", "expected a text, found a list"),
        ("a: b", "items", "expected a list, found a text"),
        ("a: b", "entries", "expected a map of names, found a text"),
        ("a:\n  'b c': d", "entries", "'b c' cannot be used as a name"),
    ],
)
def test_wrong_types_are_noted_and_reading_goes_on(text: str, call: str, words: str) -> None:
    top = node(text + "\n")
    getattr(top.need("a"), call)()
    (said,) = said_by(top)
    assert words in said
    with pytest.raises(ContentError) as caught:
        top.finish()
    assert caught.value.exit_code == 65


def test_problems_come_in_reading_order_and_once() -> None:
    problems = Problems()
    problems.add("b.yaml", 1, 1, "later")
    problems.add("a.yaml", 2, 1, "second", "this")
    problems.add("a.yaml", 1, 9, "first")
    problems.add("a.yaml", 1, 9, "first")
    with pytest.raises(ContentError) as caught:
        problems.finish()
    assert str(caught.value).splitlines() == [
        "a.yaml:1:9: first",
        "a.yaml:2:1: second; allowed: this",
        "b.yaml:1:1: later",
    ]
    assert str(Problem("f", 0, 0, "whole")) == "f: whole"


def test_choices_name_the_nearest_first() -> None:
    names = [f"name_{number}" for number in range(40)]
    assert choices(["red", "green"], "blue") == "red, green"
    assert "did you mean 'green'" in choices(["red", "green"], "gren")
    assert choices(names, "nome_7").startswith("did you mean 'name_7'")
    assert choices(names).endswith("... (40 in all)")
