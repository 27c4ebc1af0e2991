"""The forms before a consultation say at each field what is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.engine.model import Phone
from desktop_app.presentation import forms
from desktop_app.presentation.forms import Typed
from desktop_app.use_cases.domain import LocalService
from desktop_app.use_cases.errors import (
    BadData,
    KeyFileMissing,
    LumbarError,
    StoreDamaged,
    StoreNewer,
    WrongPassphrase,
)

TODAY = date(2026, 11, 12)
PHONES = (Phone("ambulance", "Ambulance", "", required=True), Phone("poison", "Poison centre", "", required=False))


def test_a_required_number_is_mandatory_and_another_is_not() -> None:
    wrong = forms.clinic_mistakes(Typed(name="H", station="TR01"), PHONES)
    assert set(wrong) == {"phone.ambulance"}
    assert forms.clinic_mistakes(Typed(name="H", station="TR01", phones={"ambulance": "112"}), PHONES) == {}


def test_none_here_is_an_answer_and_one_number_must_be_left() -> None:
    phones = (*PHONES, Phone("vascular", "Vascular surgeon", "", required=True))
    typed = Typed(name="H", station="TR01", phones={"ambulance": "112", "vascular": "left over"},
                  phones_none=("vascular",))
    assert forms.clinic_mistakes(typed, phones) == {}
    clinic = forms.clinic_of(typed)
    assert clinic.phones == {"ambulance": "112"}
    assert clinic.phones_none == ("vascular",)
    nobody = Typed(name="H", station="TR01", phones_none=("ambulance", "vascular"))
    assert "at least one number" in forms.clinic_mistakes(nobody, phones)["phone.ambulance"]


@pytest.mark.parametrize("number", ["x", "call", "1"])
def test_what_is_no_number_is_refused(number: str) -> None:
    wrong = forms.clinic_mistakes(Typed(name="H", station="T", phones={"ambulance": number}), PHONES)
    assert "phone.ambulance" in wrong


def test_elsewhere_needs_a_place_and_hours_are_numbers() -> None:
    typed = Typed(name="H", station="T", phones={"ambulance": "112"},
                  services={"mri": ("elsewhere", "", ""), "ct": ("elsewhere", "City", "soon"),
                            "lab": ("elsewhere", "City", "1,5"), "us": ("none", "", ""), "x": ("", "", "")})
    assert set(forms.clinic_mistakes(typed, PHONES)) == {"service.mri", "service.ct"}
    clinic = forms.clinic_of(typed)
    assert clinic.services["lab"] == LocalService("elsewhere", "City", 1.5)
    assert clinic.services["us"] == LocalService("none")
    assert "x" not in clinic.services


def test_the_passphrase_is_long_and_typed_twice() -> None:
    assert set(forms.clinician_mistakes("", "", "short", "short")) == {"clinician", "role", "passphrase"}
    assert set(forms.clinician_mistakes("A", "gp", "green tractor on", "green tractor of")) == {"again"}
    assert forms.clinician_mistakes("A", "gp", "green tractor on", "green tractor on") == {}


def test_the_recovery_key_is_confirmed_by_its_last_group() -> None:
    assert forms.recovery_confirmed("ABCD-EFGH-JKLM", "jklm") == ""
    assert forms.recovery_confirmed("ABCD EFGH JKLM", "JKLM") == ""
    assert forms.recovery_confirmed("ABCD-EFGH-JKLM", "EFGH")
    assert "Type the last group" in forms.recovery_confirmed("ABCD-EFGH-JKLM", " ")


@pytest.mark.parametrize("typed", ["0A1B1", "oaibl", " O A 1 b I ", "ABCDE-0A1BI", "abcde\u2013oa1b1"])
def test_letters_that_the_recovery_key_does_not_have_are_read_as_the_figures_they_look_like(typed: str) -> None:
    assert forms.recovery_confirmed("ABCDE-0A1B1", typed) == ""
    assert forms.recovery_confirmed("ABCDE-QA1B1", typed)  # Q is a letter of the key and no 0


def test_three_failures_have_three_messages() -> None:
    errors: list[LumbarError] = [WrongPassphrase("a"), KeyFileMissing("b"), StoreDamaged("c"), StoreNewer("d"),
                                 BadData("e", next_step="Do this.")]
    told = [forms.trouble(e) for e in errors]
    assert len({t.title for t in told}) == len(errors)
    assert all(t.next_step or t.sentence == "e" for t in told)
    assert [t.can_retry for t in told[:3]] == [True, False, False]


def test_a_new_patient() -> None:
    found, wrong = forms.new_patient(" Marta ", "TR-1", "3 Mar 1954", "female", TODAY)
    assert wrong == {}
    assert found is not None
    assert (found.name, found.born) == ("Marta", date(1954, 3, 3))
    _, wrong = forms.new_patient("", "", "1954", "", TODAY)
    assert set(wrong) == {"name", "number", "born", "sex"}


@pytest.mark.parametrize(("born", "said"), [
    ("1954", forms.NOT_WHOLE), ("Mar 1954", forms.NOT_WHOLE), ("72", forms.NOT_WHOLE), ("about 72", forms.NOT_WHOLE),
    ("72 years", forms.NOT_WHOLE), ("70 years ago", forms.NOT_WHOLE), ("some day", forms.WHOLE_DATE),
    ("", forms.WHOLE_DATE), ("3 Mar 2027", "3 Mar 2027 lies in the future."), ("3 Mar 1754", "too long ago"),
    ("3 Mar 1904", "would be 122 years old"),
])
def test_a_date_of_birth_is_whole_and_possible(born: str, said: str) -> None:
    found, wrong = forms.new_patient("Marta", "1", born, "female", TODAY)
    assert found is None
    assert said in wrong["born"]


def test_a_module_that_is_not_there_is_told_at_its_own_field_in_every_language() -> None:
    from desktop_app.presentation.certificates import MODULE, TOKEN, token_mistake_of
    from desktop_app.use_cases.errors import KeyFileError, WrongModule

    assert set(token_mistake_of(WrongModule("No hay ningún módulo."))) == {MODULE}
    assert set(token_mistake_of(KeyFileError("There is no token on this module."))) == {TOKEN}
