"""What strangers hand in: every importer of the program under damaged and hostile input."""
