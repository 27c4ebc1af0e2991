"""What macOS is told of the program: which system it needs, and which files a double click gives to it."""

from __future__ import annotations

from typing import Any

IDENTIFIER = "local.LumbarPathway"
FILES = {"lumbar-case": "Lumbar Pathway case", "lumbar-pack": "Lumbar Pathway guideline content"}
"""Endings and the words the Finder shows for them. The program gets such a file as an event, never as an argument."""


def about_the_program() -> dict[str, Any]:
    """The ``Info.plist`` beyond what PyInstaller writes itself."""
    return {
        "LSMinimumSystemVersion": "14.0",
        "NSHighResolutionCapable": True,
        "CFBundleDocumentTypes": [
            {"CFBundleTypeName": words, "CFBundleTypeRole": "Viewer", "LSHandlerRank": "Owner",
             "LSItemContentTypes": [f"{IDENTIFIER}.{ending}"]} for ending, words in FILES.items()],
        "UTExportedTypeDeclarations": [
            {"UTTypeIdentifier": f"{IDENTIFIER}.{ending}", "UTTypeDescription": words,
             "UTTypeConformsTo": ["public.data"], "UTTypeTagSpecification": {"public.filename-extension": [ending]}}
            for ending, words in FILES.items()],
    }
