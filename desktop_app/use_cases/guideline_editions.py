"""Editions of the guideline on this computer: which one gives the advice, installing, switching, one step back.

Whatever is wrong with an edition from the shelf is said, and the one that came with the program stands in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.engine.difference import Change, difference
from desktop_app.engine.loader import pack_files
from desktop_app.engine.model import Pack
from desktop_app.engine.problems import ContentError
from desktop_app.engine.words import day as in_words
from desktop_app.language import tr
from desktop_app.use_cases.affected import Comparison, compare_open_patients
from desktop_app.use_cases.approvals import Approvals
from desktop_app.use_cases.audit import AuditEvent, Deed, kind_of
from desktop_app.use_cases.consultation import where_services_are
from desktop_app.use_cases.edition_records import (
    SHIPPED,
    EditionRecords,
    EditionSeal,
    EditionUse,
    KnownEdition,
    Publishers,
    Shelf,
)
from desktop_app.use_cases.editions import EditionRefused, SignedEdition, refused
from desktop_app.use_cases.errors import BadData, NotInStore
from desktop_app.use_cases.loaded import Loaded
from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.ports import Clock, Store

_FAILING_SHOWN = 3
_OWN_RISK = tr("Do not switch to it. Ask its publishers.")


@dataclass(frozen=True, slots=True)
class Parts:
    """What ``door`` joins. ``load`` raises ``ContentError``; ``cases`` gives how many passed and what failed."""

    store: Store
    records: EditionRecords
    shelf: Shelf
    seal: EditionSeal
    clock: Clock
    confirm: Callable[[str], None]
    shipped: Loaded
    load: Callable[[Path], Loaded]
    cases: Callable[[Loaded], tuple[int, tuple[str, ...]]]
    program: str  # its version


@dataclass(frozen=True, slots=True)
class Choice:
    """An edition that is here, and whether it may be switched on now."""

    number: int
    version: str
    content_hash: str
    edition: KnownEdition | None  # None: the one that came with the program
    in_use: bool
    newer: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """What somebody reads before an edition is switched on."""

    choice: Choice
    loaded: Loaded
    changes: tuple[Change, ...]
    comparison: Comparison
    cases: int  # of its own, all of which pass


class GuidelineEditions:
    def __init__(self, access: Access, parts: Parts, approvals: Approvals) -> None:
        self.access = access
        self.approvals = approvals
        self._parts = parts
        self._records, self._shelf, self._clock = parts.records, parts.shelf, parts.clock
        self._old: dict[str, Loaded] = {}
        self.trouble = ""
        self.switched: Callable[[Loaded], None] = lambda _loaded: None
        self.current = self._begin()

    # --- which one -----------------------------------------------------------------------------------

    def _begin(self) -> Loaded:
        """The edition in use; the shipped one where that cannot be had, said in ``trouble`` and in the record."""
        use = self.use
        found = self._parts.shipped
        if use is not None and use.number != SHIPPED:
            try:
                found = self._from_shelf(use.content_hash)
            except BadData as problem:
                self.trouble = tr(
                    "The guideline edition in use, {version}, {problem} The edition that came with the program, "
                    "{shipped}, gives the advice now. {next_step}"
                ).format(version=use.version, problem=problem, shipped=found.pack.info.version,
                         next_step=problem.next_step)
                self._parts.store.record(AuditEvent(Deed.FAILED, f"guideline edition {use.number}",
                                                    subject=use.content_hash, detail=kind_of(problem)))
        return self._approved(found)

    def _approved(self, loaded: Loaded) -> Loaded:
        return Loaded(self.approvals.with_approval(loaded.pack), loaded.clinical)

    def _from_shelf(self, content_hash: str) -> Loaded:
        """Raises ``BadData``, whose words go on after the name of the edition."""
        again = tr("Install its file again: Settings, Guideline.")
        folder = self._shelf.folder(content_hash)
        if folder is None:
            raise BadData(tr("is not on this computer any more."), next_step=again)
        try:
            loaded = self._parts.load(folder)
        except (ContentError, OSError) as problem:
            raise BadData(tr("cannot be read: its files were changed."), next_step=again) from problem
        if loaded.pack.content_hash != content_hash:
            raise BadData(tr("was changed on the disk after it was installed."), next_step=again)
        return loaded

    @property
    def use(self) -> EditionUse | None:
        """None: the shipped one, and it was never anything else."""
        return next(iter(self._records.edition_uses()), None)

    @property
    def stands_in(self) -> bool:
        """Whether another edition than the one that was chosen gives the advice."""
        return bool(self.trouble)

    def loaded_for(self, content_hash: str) -> Loaded | None:
        """The content with which something was decided; None where it is not on this computer, or was changed."""
        for known in (self.current, self._parts.shipped):
            if known.pack.content_hash == content_hash:
                return self._approved(known)
        if content_hash not in self._old:
            try:
                self._old[content_hash] = self._approved(self._from_shelf(content_hash))
            except (BadData, ValueError):  # no such edition, or no hash at all
                return None
        return self._old[content_hash]

    @needs(Action.SEE_GUIDELINE)
    def choices(self) -> tuple[Choice, ...]:
        """What is here: the shipped one, and every installed one that is whole enough to be found."""
        use, shipped = self.use, self._parts.shipped.pack
        number, version = (use.number, use.version) if use is not None else (SHIPPED, shipped.info.version)
        found = [Choice(one.number, one.version, one.content_hash, one, one.number == number, one.number > number)
                 for one in self._records.known_editions() if self._shelf.folder(one.content_hash) is not None]
        newer = number != SHIPPED and _numbers(shipped.info.version) > _numbers(version)
        return (*found, Choice(SHIPPED, shipped.info.version, shipped.content_hash, None, number == SHIPPED, newer))

    def review_by(self) -> date:
        """Of the edition that gives the advice: the earlier one of what its publishers and its content say."""
        pack = self.current.pack
        days = [one.review_by for one in self._records.known_editions() if one.content_hash == pack.content_hash]
        return min([date.fromisoformat(pack.info.review_by), *days])

    def warnings(self, today: date) -> tuple[str, ...]:
        """In whole sentences, for the worklist and the settings. They block nothing."""
        found = [one for one in (self.trouble, self.approvals.trouble) if one]
        day = self.review_by()
        if today > day:
            found.append(tr("The guideline was to be looked at again by {day}. It goes on working; ask its "
                            "publishers for a newer edition.").format(day=in_words(day)))
        return tuple(found)

    # --- whom to believe ------------------------------------------------------------------------------

    @property
    def fingerprint(self) -> str:
        """Of the list of publishers that is believed; "" without one."""
        known = self._records.publishers()
        return "" if known is None else self._parts.seal.fingerprint_of(known.content)

    @property
    def publishers(self) -> Publishers | None:
        return self._records.publishers()

    @needs(Action.INSTALL_GUIDELINE)
    def look_at_publishers(self, content: bytes) -> str:
        """The fingerprint to be compared. Raises ``EditionRefused`` for anything but a list signed by its own keys."""
        self._no_list_yet()
        return self._parts.seal.fingerprint_of(self._parts.seal.check_publishers(content))

    @needs(Action.INSTALL_GUIDELINE)
    def trust(self, content: bytes, fingerprint: str, passphrase: str) -> None:
        """Once. ``fingerprint`` is the one that was compared with what the publishers say elsewhere."""
        if "".join(fingerprint.split()).upper() != "".join(self.look_at_publishers(content).split()):
            raise refused(
                tr("This is not the fingerprint of the list of publishers."),
                tr("Compare it again with what the publishers told you."),
            )
        self._parts.confirm(passphrase)
        self._records.save_publishers(Publishers(self._parts.seal.check_publishers(content), self._clock.now(),
                                                 self.access.person.name), fingerprint)

    def _no_list_yet(self) -> None:
        if self._records.publishers() is not None:
            raise refused(
                tr("A list of publishers is believed here already."),
                tr("A newer list comes inside an edition, signed by those believed so far."),
            )

    # --- installing -----------------------------------------------------------------------------------

    @needs(Action.INSTALL_GUIDELINE)
    def install(self, file: bytes) -> KnownEdition:
        """Check the file and put its content on the shelf. It gives no advice before it is switched on.

        Raises ``EditionRefused``; then nothing of it stays.
        """
        believed = self._records.publishers()
        if believed is None:
            raise refused(
                tr("No list of publishers is believed here yet, so nobody can say who made this file."),
                tr("First take the publishers' list: Settings, Guideline."),
            )
        signed = self._parts.seal.check_edition(file, believed.content)
        again = self._refuse_what_goes_back(signed)
        folder = self._shelf.take_in(signed.content)
        try:
            content_hash = self._checked(folder, signed, again).pack.content_hash
            self._shelf.keep(folder, content_hash)
        except BaseException:
            self._shelf.drop(folder)
            raise
        self._old.pop(content_hash, None)
        if again is not None:  # its folder is whole again
            if self.trouble and self.use is not None and self.use.number == again.number:
                self.trouble = ""
                self._show(self._approved(self._from_shelf(content_hash)))
            return again
        now, who = self._clock.now(), self.access.person.name
        known = KnownEdition(content_hash, signed.number, signed.version, signed.minimum_program, signed.review_by,
                             signed.signers, now, who)
        newer = signed.publishers != believed.content
        self._records.add_edition(known, Publishers(signed.publishers, now, who) if newer else believed)
        return known

    def _refuse_what_goes_back(self, signed: SignedEdition) -> KnownEdition | None:
        """The same edition once more is given back: it mends a damaged folder."""
        shipped = self._parts.shipped.pack.info
        if signed.pack != shipped.id:
            raise refused(
                tr("This edition is of another guideline: {pack}.").format(pack=signed.pack),
                tr("Ask for an edition of {id}.").format(id=shipped.id),
            )
        if _numbers(signed.minimum_program) > _numbers(self._parts.program):
            raise refused(
                tr("This edition needs version {minimum_program} of the program; this is version {program}.").format(
                    minimum_program=signed.minimum_program, program=self._parts.program
                ),
                tr("Install the newer program first."),
            )
        every = self._records.known_editions()
        highest = max((one.number for one in every), default=SHIPPED)
        known = next((one for one in every if one.number == signed.number), None)
        if known is None and signed.number <= highest:
            raise refused(
                tr(
                    "This is edition number {number}; number {highest} was installed here already. Numbers only go up."
                ).format(number=signed.number, highest=highest),
                tr("To go back to the edition before, use “One step back”."),
            )
        if known is None and _numbers(signed.version) <= _numbers(shipped.version):
            raise refused(
                tr("Version {version} is not newer than version {shipped}, which came with the program.").format(
                    version=signed.version, shipped=shipped.version
                ),
                tr("Ask for the newest edition."),
            )
        return known

    def _checked(self, folder: Path, signed: SignedEdition, again: KnownEdition | None) -> Loaded:
        try:
            loaded = self._parts.load(folder)
        except ContentError as problem:
            first = str(problem).splitlines()[0]
            raise refused(
                tr("The content of the edition has mistakes: {first}").format(first=first), _OWN_RISK
            ) from problem
        info = loaded.pack.info
        if (info.id, info.version) != (signed.pack, signed.version):
            raise refused(
                tr("The edition says that it is {pack} {version}, and its content that it is {id} {inside}.").format(
                    pack=signed.pack, version=signed.version, id=info.id, inside=info.version
                )
            )
        if again is not None and again.content_hash != loaded.pack.content_hash:
            raise refused(
                tr("Edition number {number} is installed here already, with other content.").format(
                    number=signed.number
                )
            )
        return loaded

    # --- switching ------------------------------------------------------------------------------------

    @needs(Action.INSTALL_GUIDELINE)
    def prepare(self, number: int) -> Prepared:
        """Load it, run its own cases, work out what differs and whose advice changes. Takes seconds.

        Raises ``EditionRefused`` for one that is not newer, was changed on the disk or fails a case of its own.
        """
        choice = self._choice(number)
        loaded = self._load(choice)
        passed, failed = self._parts.cases(loaded)
        if failed or not passed:
            shown = "; ".join(failed[:_FAILING_SHOWN]) or tr("it brings none")
            raise refused(tr("The edition does not pass its own worked cases: {shown}.").format(shown=shown), _OWN_RISK)
        now = self.current
        comparison = compare_open_patients(
            self._parts.store, (now.pack, now.clinical), (loaded.pack, loaded.clinical), self._clock.today(),
            where_services_are(self._parts.store.clinic()))
        return Prepared(choice, loaded, difference(now.pack, loaded.pack), comparison, passed)

    @needs(Action.INSTALL_GUIDELINE)
    def switch_on(self, prepared: Prepared, passphrase: str) -> None:
        """From now on its advice is shown. What was signed keeps the edition it was decided with."""
        self._choice(prepared.choice.number)
        self._parts.confirm(passphrase)
        self._use(prepared.choice, self._load(prepared.choice), "", returned=False)

    @property
    def before(self) -> EditionUse | None:
        """Where one step back would lead; None when there is no such step."""
        uses = self._records.edition_uses()
        if not uses or uses[0].returned or uses[0].number == SHIPPED:
            return None
        if len(uses) > 1:
            return uses[1]
        shipped = self._parts.shipped.pack
        return EditionUse(shipped.content_hash, SHIPPED, shipped.info.version, uses[0].since, uses[0].by)

    @needs(Action.INSTALL_GUIDELINE)
    def return_one_step(self, reason: str, passphrase: str) -> None:
        """To the edition that was in use before this one, once."""
        before = self.before
        if before is None:
            raise refused(
                tr("There is no step back from here."), tr("Only the edition in use before this one can return.")
            )
        if not reason.strip():
            raise BadData(tr("Say why; the reason stays in the record."))
        choice = next((one for one in self.choices() if one.number == before.number), None)
        if choice is None:
            raise refused(
                tr("Edition {version} is not on this computer any more.").format(version=before.version),
                tr("Install its file again."),
            )
        loaded = self._load(choice)
        self._parts.confirm(passphrase)
        self._use(choice, loaded, reason.strip(), returned=True)

    def _choice(self, number: int) -> Choice:
        found = next((one for one in self.choices() if one.number == number), None)
        if found is None:
            raise NotInStore(
                tr("Edition number {number} is not on this computer.").format(number=number),
                next_step=tr("Install its file first."),
            )
        if not found.newer:
            raise refused(
                tr("Edition {version} is not newer than the one in use.").format(version=found.version),
                tr("To go back to the edition before, use “One step back”."),
            )
        return found

    def _load(self, choice: Choice) -> Loaded:
        if choice.number == SHIPPED:
            return self._parts.shipped
        try:
            return self._from_shelf(choice.content_hash)
        except BadData as problem:
            raise EditionRefused(
                tr("The edition {version} {problem}").format(version=choice.version, problem=problem),
                next_step=problem.next_step,
            ) from problem

    def _use(self, choice: Choice, loaded: Loaded, reason: str, *, returned: bool) -> None:
        self._records.use_edition(EditionUse(choice.content_hash, choice.number, choice.version, self._clock.now(),
                                             self.access.person.name, reason, returned))
        self.trouble = ""
        self._show(self._approved(loaded))

    def _show(self, loaded: Loaded) -> None:
        self.current = loaded
        self.switched(loaded)

    # --- approving ------------------------------------------------------------------------------------

    @needs(Action.APPROVE_GUIDELINE)
    def approve(self, passphrase: str, pin: str = "") -> None:
        """The content that gives the advice now, as a whole."""
        now = self.current
        self._show(Loaded(self.approvals.approve(now.pack, passphrase, pin), now.clinical))

    @needs(Action.APPROVE_GUIDELINE)
    def withdraw_approval(self, reason: str, passphrase: str) -> None:
        now = self.current
        self._show(Loaded(self.approvals.withdraw(now.pack, reason, passphrase), now.clinical))


def keep_copy(pack: Pack, shelf: Shelf) -> None:
    """Of what came with the program, so that its encounters open under it when the next program brings another one."""
    if shelf.folder(pack.content_hash) is None:
        folder = Path(pack.folder)
        shelf.keep(shelf.take_in({path.relative_to(folder).as_posix(): path.read_bytes()
                                  for path in pack_files(folder)}), pack.content_hash)


def _numbers(version: str) -> tuple[int, ...]:
    """So that 1.10 comes after 1.9; what is no number counts as 0."""
    parts = [int(part) if part.isdecimal() else 0 for part in version.split(".")]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)
