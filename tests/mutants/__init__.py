"""Mutation tests of guideline content: whatever is taken out of a rule has to turn a worked case red.

``python -m tests.mutants`` negates and deletes each leaf of each condition, and takes away all rules that
rest on each statement. Worked cases are the only judges; nothing here writes to them.
"""
