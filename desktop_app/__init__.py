"""Lumbar Pathway: an offline decision aid for leg pain that persists after a lumbar compression fracture."""

VERSION = "0.1.0"
