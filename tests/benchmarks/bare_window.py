"""The floor of the start: one window of PySide6 with one field, bundled as the program is."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLineEdit())
window.resize(1280, 800)
window.show()


def ready() -> None:
    print("ready", flush=True)
    app.quit()


QTimer.singleShot(0, ready)
sys.exit(app.exec())
