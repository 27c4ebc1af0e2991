"""What nobody can see in a name or a number is refused; what a script needs stays."""

from __future__ import annotations

import pytest

from desktop_app.use_cases import identity


@pytest.mark.parametrize("text", [
    "\u200b", "AB\u200dC", "An\u200cna", "N1\ufe0f", "\ufe0fN1", "N1\u180b", "N1\U000e0101", "Gud\u202erun", "A\0B",
    "N\u00ad1", "A\u2060B", "\u3164"], ids=ascii)
def test_what_cannot_be_seen_is_refused(text: str) -> None:
    assert "cannot be seen" in identity.mistake(identity.name_written(text), identity.LONGEST_NAME)


@pytest.mark.parametrize("text", ["Åsa Öberg", "O’Neill-Smith", "क्‍षमा", "علی‌رضا", "葛\U000e0100城", "Nguyễn Thị Ánh",
                                  "N-1/2", "李"], ids=ascii)
def test_what_a_script_needs_stays(text: str) -> None:
    written = identity.name_written(text)
    assert identity.mistake(written, identity.LONGEST_NAME) == ""
    assert written == identity.name_written(written)
