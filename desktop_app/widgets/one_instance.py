"""One window per user and data folder: a second start raises the first one and ends."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

RAISE, DONE = b"raise\n", b"raised\n"
LONGEST = 64 * 1024  # bytes of a message: more than any path
LONGEST_PATH = 100  # bytes of a socket's own path that every system takes
OPEN = b"open "  # then the path as JSON: a name may hold any letter, and a line ends the message
PATIENCE = 3000  # ms until the first window has to answer


class OneInstance(QObject):
    """Holds the lock of a data folder. A lock whose holder was killed is taken over, whatever its age."""

    def __init__(self, state: Path, data: Path) -> None:
        super().__init__()
        # Qt's own: Python's would load OpenSSL before the first window.
        named = QCryptographicHash.hash(str(data.resolve()).encode(), QCryptographicHash.Algorithm.Sha256)
        mark = bytes(named.data()).hex()[:24]
        # Below the user's own folder: in the one that all users share another could take the name first, and would be
        # told which file a later start was given. On Windows a pipe's name is no file.
        own = str(state.absolute() / f"{mark[:16]}.s")
        self._private = os.name == "nt" or len(os.fsencode(own)) <= LONGEST_PATH
        self.name = own if self._private and os.name != "nt" else f"lumbar-pathway-{mark}"
        with contextlib.suppress(OSError):
            state.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = QLockFile(str(state / f"{mark}.lock"))
        self._lock.setStaleLockTime(0)  # only the death of its holder makes a lock stale, never its age
        self._server: QLocalServer | None = None

    def first(self) -> bool:
        """Whether this process is the one. Also where no lock can be made: a full disk must not keep anyone out."""
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def raise_first(self, file: str = "") -> bool:
        """Ask the process that holds the lock to come to the front and take a file. False when it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self.name)
        if not socket.waitForConnected(PATIENCE):
            return False
        socket.write(OPEN + json.dumps(file).encode() + b"\n" if file and self._private else RAISE)
        socket.flush()
        answered = socket.waitForReadyRead(PATIENCE) and bytes(socket.readAll().data()) == DONE
        socket.disconnectFromServer()
        return answered

    def listen(self, come: Callable[[str], None]) -> None:
        """Answer later starts of the same user; called once the window is there, so that it does not wait. ``come``
        gets the file that the later start was given, or "".
        """
        from PySide6.QtNetwork import QLocalServer

        server = self._server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(lambda: self._answer(server, come))
        if not server.listen(self.name):
            QLocalServer.removeServer(self.name)  # left by a process that was killed: the lock says that it is gone
            server.listen(self.name)

    @staticmethod
    def _answer(server: QLocalServer, come: Callable[[str], None]) -> None:
        while server.hasPendingConnections():
            socket = server.nextPendingConnection()
            socket.setReadBufferSize(LONGEST)

            def told(socket: object = socket) -> None:
                if not socket.canReadLine():  # type: ignore[attr-defined]
                    if socket.bytesAvailable() >= LONGEST:  # type: ignore[attr-defined]
                        socket.abort()  # type: ignore[attr-defined]
                    return
                file = asked(bytes(socket.readLine().data()))  # type: ignore[attr-defined]
                if file is not None:
                    socket.write(DONE)  # type: ignore[attr-defined]
                    socket.flush()  # type: ignore[attr-defined]
                    come(file)

            socket.readyRead.connect(told)
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                told()

    def leave(self) -> None:
        if self._server is not None:
            self._server.close()
        self._lock.unlock()


def asked(line: bytes) -> str | None:
    """The file that another start wants opened, "" for none; None for words that this program never says."""
    if line == RAISE:
        return ""
    with contextlib.suppress(ValueError):
        if line.startswith(OPEN) and isinstance(file := json.loads(line[len(OPEN):]), str):
            return file
    return None


def bring_to_front(window: QWidget) -> None:
    """As much as the desktop allows: some only let its entry in the task bar ask for attention."""
    window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
