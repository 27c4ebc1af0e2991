"""What the files of a profile are called."""

KEY_FILE = "keys.json"
STORE_FILE = "store.db"
AUTHORITY_FILE = "clinic-certificate.pem"
"""The clinic's certificate, public, so that a document can be checked without opening the store."""
UNDER_WAY = "restoring.json"
"""Beside the store while the files of a backup take its place."""
