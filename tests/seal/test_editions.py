"""Signed editions of the guideline: what is whole and signed by two is taken, twenty attacks are refused in words."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache

import pytest
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Targets

from desktop_app.seal import editions, publishing
from desktop_app.use_cases.editions import EditionRefused, Told

LATER = datetime(2040, 1, 1, tzinfo=UTC)
CONTENT = {"pack.yaml": b"pack: lighthouse\n", "findings/1-lamp.yaml": b"lamp: burning\n"}
TOLD = Told("lighthouse", "1.2.0", "0.1.0", date(2028, 6, 30))


@dataclass(frozen=True)
class House:
    """A publisher with three keys of which two have to sign."""

    keys: tuple[CryptoSigner, ...]
    root: bytes

    def edition(self, **changed: object) -> bytes:
        given: dict[str, object] = {"content": CONTENT, "told": TOLD, "number": 7, "expires": LATER,
                                    "signers": self.keys[:2], "lists": {1: self.root}}
        return publishing.edition(**{**given, **changed})  # type: ignore[arg-type]


def house(count: int = 3, needed: int = 2) -> House:
    keys = tuple(publishing.signer_of(publishing.new_key()) for _ in range(count))
    return House(keys, publishing.publishers([key.public_key for key in keys], needed, 1, LATER, keys[:needed]))


@cache
def publisher() -> House:
    return house()


@cache
def stranger() -> House:
    return house()


def rebuilt(file: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    return publishing.packed(members)


def refused(file: bytes, words: str, root: bytes = b"") -> None:
    with pytest.raises(EditionRefused, match=words) as caught:
        editions.check_edition(file, root or publisher().root)
    assert str(caught.value).endswith(".")
    assert caught.value.next_step.endswith(".")


def test_a_whole_edition_signed_by_two_of_three_is_taken() -> None:
    found = editions.check_edition(publisher().edition(), publisher().root)
    assert found.content == CONTENT
    assert (found.pack, found.version, found.number) == ("lighthouse", "1.2.0", 7)
    assert (found.minimum_program, found.review_by) == ("0.1.0", date(2028, 6, 30))
    assert len(found.signers) == 2


def test_any_two_of_the_three_will_do() -> None:
    keys = publisher().keys
    for pair in ((keys[0], keys[2]), (keys[1], keys[2])):
        assert editions.check_edition(publisher().edition(signers=pair), publisher().root)


def test_an_edition_past_its_day_is_still_taken() -> None:
    """A machine that never meets a network must not stop working on a day."""
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    assert editions.check_edition(publisher().edition(expires=long_ago), publisher().root)


def test_the_same_content_gives_the_same_contents_list() -> None:
    first, again = publisher().edition(), publisher().edition()
    assert _signed(first) == _signed(again)


def _signed(file: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return json.loads(archive.read(editions.TARGETS))["signed"]


# --- attacks ---------------------------------------------------------------------------------------


def test_one_signature_is_not_enough() -> None:
    refused(publisher().edition(signers=publisher().keys[:1]), "signed by 1 of the publishers' keys")


def test_the_same_key_twice_counts_once() -> None:
    file = publisher().edition(signers=publisher().keys[:1])

    def twice(members: dict[str, bytes]) -> None:
        told = json.loads(members[editions.TARGETS])
        told["signatures"] *= 2
        members[editions.TARGETS] = json.dumps(told).encode()

    refused(rebuilt(file, twice), "signed by 1 of|cannot be read")


def test_strangers_keys_count_nothing() -> None:
    refused(publisher().edition(signers=stranger().keys[:2]), "signed by 0 of")


def test_a_stranger_with_a_list_of_their_own() -> None:
    refused(stranger().edition(), "signed by 0 of")
    other = publishing.publishers([k.public_key for k in stranger().keys], 2, 2, LATER, stranger().keys[:2])
    refused(stranger().edition(lists={1: publisher().root, 2: other}), "without enough signatures of those trusted")


def test_a_new_list_signed_by_one_old_key_and_the_stranger() -> None:
    mixed = (publisher().keys[0], *stranger().keys[:2])
    other = publishing.publishers([k.public_key for k in stranger().keys], 2, 2, LATER, mixed)
    refused(stranger().edition(lists={1: publisher().root, 2: other}), "without enough signatures of those trusted")


def test_a_left_out_list_of_publishers() -> None:
    keys = publisher().keys
    third = publishing.publishers([k.public_key for k in keys], 2, 3, LATER, keys[:2])
    refused(publisher().edition(lists={1: publisher().root, 3: third}), "leaves out the publishers' list number 2")


def test_a_list_under_another_number() -> None:
    keys = publisher().keys
    third = publishing.publishers([k.public_key for k in keys], 2, 3, LATER, keys[:2])
    refused(publisher().edition(lists={1: publisher().root, 2: third}), "says that it is another one")


def test_a_list_in_which_one_key_is_enough() -> None:
    keys = publisher().keys
    lax = publishing.publishers([k.public_key for k in keys], 1, 2, LATER, keys[:2])
    refused(publisher().edition(lists={1: publisher().root, 2: lax}, signers=keys[:1]), "one key alone")
    with pytest.raises(EditionRefused, match="one key alone"):
        editions.check_publishers(house(2, 1).root)


def test_a_key_that_was_taken_away_signs_no_more() -> None:
    keys = publisher().keys
    without_first = publishing.publishers([k.public_key for k in keys[1:]], 2, 2, LATER, keys)
    lists = {1: publisher().root, 2: without_first}
    refused(publisher().edition(lists=lists, signers=keys[:2]), "signed by 1 of")
    found = editions.check_edition(publisher().edition(lists=lists, signers=keys[1:]), publisher().root)
    refused(publisher().edition(), "signed by 1 of", root=found.publishers)  # the old edition under the new list


def test_a_changed_file() -> None:
    def change(members: dict[str, bytes]) -> None:
        members["content/pack.yaml"] = b"pack: lighthouse \n"

    refused(rebuilt(publisher().edition(), change), "was changed: pack.yaml")


def test_another_file_of_the_same_length() -> None:
    def change(members: dict[str, bytes]) -> None:
        members["content/pack.yaml"] = members["content/pack.yaml"].upper()

    refused(rebuilt(publisher().edition(), change), "was changed: pack.yaml")


def test_a_file_too_many_and_a_file_too_few() -> None:
    def add(members: dict[str, bytes]) -> None:
        members["content/claims.yaml"] = b""

    def take(members: dict[str, bytes]) -> None:
        del members["content/findings/1-lamp.yaml"]

    refused(rebuilt(publisher().edition(), add), "did not list: claims.yaml")
    refused(rebuilt(publisher().edition(), take), "missing: findings/1-lamp.yaml")


def test_the_list_of_contents_of_another_edition() -> None:
    other = publisher().edition(content={"pack.yaml": b"old"}, number=6)
    with zipfile.ZipFile(io.BytesIO(other)) as archive:
        old = archive.read(editions.TARGETS)

    def swap(members: dict[str, bytes]) -> None:
        members[editions.TARGETS] = old

    refused(rebuilt(publisher().edition(), swap), "did not list|was changed")


@pytest.mark.parametrize("field", ["pack", "version", "minimum_program", "review_by"])
def test_a_word_changed_in_the_list_of_contents(field: str) -> None:
    def change(members: dict[str, bytes]) -> None:
        told = json.loads(members[editions.TARGETS])
        told["signed"][editions.EDITION][field] = "2040-01-01"
        members[editions.TARGETS] = json.dumps(told).encode()

    refused(rebuilt(publisher().edition(), change), "signed by 0 of")


@pytest.mark.parametrize("told", [replace(TOLD, pack=""), replace(TOLD, version=""),
                                  replace(TOLD, minimum_program="new")])
def test_an_edition_that_does_not_say_what_it_is_for(told: Told) -> None:
    refused(publisher().edition(told=told), "leaves out which guideline")


@pytest.mark.parametrize("name", ["content/../../evil", "/etc/passwd", "content\\evil", "content/.hidden", "C:/evil",
                                  "content/a/../b", "content//b", "content/nul\x01"])
def test_names_that_lead_out_of_the_folder(name: str) -> None:
    def add(members: dict[str, bytes]) -> None:
        members[name] = b"x"

    refused(rebuilt(publisher().edition(), add), "name that no edition uses|cannot be read")


def test_a_link_and_a_part_that_stands_twice() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("content/link.yaml")
        link.create_system, link.external_attr = 3, 0xA1FF << 16
        archive.writestr(link, "/etc/passwd")
    refused(out.getvalue(), "name that no edition uses")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content/a.yaml", "1")
        archive.writestr("content/A.yaml", "2")
    refused(out.getvalue(), "stands in the file twice")


def test_a_bomb_and_too_many_parts() -> None:
    refused(publishing.packed({"content/a.yaml": bytes(editions.MOST_BYTES + 1)}), "larger than 40 MB")
    many = {f"content/{number}.yaml": b"" for number in range(editions.MOST_FILES + 1)}
    refused(publishing.packed(many), "more than 4000 parts")


def test_a_part_that_is_longer_than_the_file_says() -> None:
    whole = bytearray(publishing.packed({"content/a.yaml": bytes(5000)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = whole.index(mark) + at
        whole[place:place + 4] = (100).to_bytes(4, "little")
    refused(bytes(whole), "longer than the file says|cannot be read")


@pytest.mark.parametrize("file", [b"", b"PK", b"%PDF-1.7", publishing.packed({}), publishing.packed({"a.yaml": b""})])
def test_what_is_no_edition_at_all(file: bytes) -> None:
    refused(file, "cannot be read as an edition|carries no list")


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"signed": {}}', b"\xff\xfe", b"[" * 100_000])
def test_broken_metadata(content: bytes) -> None:
    def targets(members: dict[str, bytes]) -> None:
        members[editions.TARGETS] = content

    def root(members: dict[str, bytes]) -> None:
        members["metadata/2.root.json"] = content

    refused(rebuilt(publisher().edition(), targets), "list of contents")
    refused(rebuilt(publisher().edition(), root), "list of publishers")


def test_a_root_in_place_of_the_contents_and_the_other_way_round() -> None:
    def swap(members: dict[str, bytes]) -> None:
        members[editions.TARGETS] = publisher().root

    refused(rebuilt(publisher().edition(), swap), "something else|cannot be read")
    made = Metadata(Targets(version=2, expires=LATER)).to_bytes()

    def other(members: dict[str, bytes]) -> None:
        members["metadata/2.root.json"] = made

    refused(rebuilt(publisher().edition(), other), "something else|cannot be read")


def test_a_list_of_publishers_is_known_by_its_keys_and_not_by_its_number() -> None:
    keys = publisher().keys
    again = publishing.publishers([k.public_key for k in keys], 2, 5, LATER, keys[:2])
    assert editions.fingerprint_of(again) == editions.fingerprint_of(publisher().root)
    assert editions.fingerprint_of(stranger().root) != editions.fingerprint_of(publisher().root)
    assert editions.check_publishers(publisher().root)


def test_an_unsigned_list_of_publishers_is_not_trusted() -> None:
    keys = publisher().keys
    bare = publishing.publishers([k.public_key for k in keys], 2, 1, LATER, keys[:1])
    with pytest.raises(EditionRefused, match="not signed by its own keys"):
        editions.check_publishers(bare)
