"""`lumbar-pathway form`: both papers are written, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_form_and_card_are_written(run: Run, tmp_path: Path) -> None:
    form, card = tmp_path / "form.pdf", tmp_path / "card.pdf"
    done = run("form", form, "--card", card, "--page-size", "Letter")
    assert done.code == 0
    assert str(form) in done.out
    assert all(path.read_bytes().startswith(b"%PDF") for path in (form, card))


def test_one_file_cannot_be_both(run: Run, tmp_path: Path) -> None:
    done = run("form", tmp_path / "x.pdf", "--card", tmp_path / "x.pdf")
    assert done.code == 65
    assert not (tmp_path / "x.pdf").exists()


def test_nothing_is_written_when_one_cannot_be(run: Run, tmp_path: Path) -> None:
    done = run("form", tmp_path / "form.pdf", "--card", tmp_path / "missing" / "card.pdf")
    assert done.code == 73
    assert not list(tmp_path.glob("*.pdf"))
