"""What patients are given to read is plain: at most grade 6 (Flesch-Kincaid) and 8 (SMOG), piece by piece in sum."""

from __future__ import annotations

import re

from desktop_app.engine.model import Pack
from tests.content.reading_grade import flesch_kincaid, smog, syllables

SHEETS = ("handout.", "aid.")


def sentences(words: str) -> list[str]:
    filled = re.sub(r"\{\w+\}", "", words)
    return [one for one in re.split(r"(?<=[.!?:])\s+", filled) if one.strip()]


def test_syllables_are_counted_as_spoken() -> None:
    said = {"back": 1, "medicine": 3, "squashed": 1, "emergency": 4, "injection": 3, "MRI": 3, "naproxen": 3}
    assert {word: syllables(word) for word in said} == said


def test_the_grades_tell_hard_from_easy() -> None:
    easy = ["A nerve is sore.", "Walk a little."]
    hard = ["Percutaneous vertebral augmentation necessitates multidisciplinary preoperative evaluation."]
    assert flesch_kincaid(easy) < 3
    assert smog(easy) < 4
    assert flesch_kincaid(hard) > 12
    assert smog(hard) > 12


def test_the_sheet_reads_at_grade_six(pack: Pack) -> None:
    said = [one for text in pack.texts if text.place.startswith(SHEETS) for one in sentences(text.text)]
    assert len(said) >= 30
    assert flesch_kincaid(said) <= 6
    assert smog(said) <= 8


def test_the_words_about_options_read_at_grade_six(pack: Pack) -> None:
    said = [one for option in pack.options.values() for one in sentences(option.for_patient)]
    assert len(said) >= 60
    assert flesch_kincaid(said) <= 6
    assert smog(said) <= 8


def test_no_single_piece_is_hard_to_read(pack: Pack) -> None:
    """The mean must not hide a hard paragraph."""
    pieces = {text.id: text.text for text in pack.texts if text.place.startswith(SHEETS)}
    pieces |= {option.id: option.for_patient for option in pack.options.values() if option.for_patient}
    hard = {name: round(flesch_kincaid(sentences(words)), 1) for name, words in pieces.items()
            if len(words.split()) >= 12 and flesch_kincaid(sentences(words)) > 8}
    assert hard == {}


def test_good_and_bad_of_every_choice_are_told_in_equal_detail(pack: Pack) -> None:
    long = {text.place: len(text.text.split()) for text in pack.texts}
    parts = [place.split(".") for place in long if place.startswith("aid.")]
    choices = [part[1] for part in parts if len(part) == 3 and part[2] == "sure"]
    assert len(choices) >= 20
    pairs = {one: (long[f"aid.{one}.good"], long[f"aid.{one}.bad"]) for one in choices}
    assert {one: pair for one, pair in pairs.items() if max(pair) > 2 * min(pair)} == {}


def test_every_treatment_has_words_for_the_sheet_with_the_choices(pack: Pack) -> None:
    """Tests, scans and referrals are no choices between treatments; whoever adds a treatment writes its words."""
    told = {text.place for text in pack.texts}
    tests = {"selective_root_block", "nerve_conduction", "medial_branch_block"}
    opinions = {one.id for one in pack.options.values() if one.kind == "do"}
    wanted = [
        one.id
        for one in pack.options.values()
        if one.group in {"interventions", "surgery", "second_line"} and one.kind != "never"
    ]
    wanted += [one.id for one in pack.options.values() if one.group == "medicines" and one.kind == "consider"]
    parts = ("title", "good", "bad", "sure")
    treatments = [one for one in wanted if one not in tests | opinions]
    assert [one for one in treatments if any(f"aid.{one}.{part}" not in told for part in parts)] == []


def test_the_sheet_names_what_every_option_is_about_in_the_patients_words(pack: Pack) -> None:
    """Of a changed option the clinician's reason stands there, never the title that the clinician knows it by."""
    told = {text.place for text in pack.texts}
    assert [one.id for one in pack.options.values() if f"handout.about.{one.topic or one.group}" not in told] == []
    assert [one.id for one in pack.options.values() if one.topic and f"handout.about.{one.topic}" not in told] == []
    used = {f"handout.about.{name}" for one in pack.options.values() for name in (one.topic, one.group)}
    assert {place for place in told if place.startswith("handout.about.")} <= used
