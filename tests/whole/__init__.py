"""The whole program, driven through its real window."""
