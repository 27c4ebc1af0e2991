"""Conditions as one line of the pack's own language, for the data dictionary and for messages."""

from __future__ import annotations

from desktop_app.engine.conditions import All, Always, Any, AtLeast, Compare, Condition, Is, Not, Ref, Yes, fold


class _Phrase:
    """A reader of conditions that writes them down."""

    def yes(self, node: Yes) -> str:
        return node.atom

    def is_(self, node: Is) -> str:
        return f"{node.atom} is {node.option}"

    def compare(self, node: Compare) -> str:
        value = node.value if isinstance(node.value, str) else f"{node.value:g}"
        return f"{node.atom} {node.op} {value}"

    def ref(self, node: Ref) -> str:
        return node.condition

    def always(self, node: Always) -> str:  # noqa: ARG002 the reader's shape
        return "always"

    def all(self, node: All, parts: tuple[str, ...]) -> str:  # noqa: ARG002 the reader's shape
        return f"all({', '.join(parts)})"

    def any(self, node: Any, parts: tuple[str, ...]) -> str:
        if node.question and parts:
            first = node.parts[0]
            atom = first.atom if isinstance(first, Yes | Is | Compare) else ""
            return f"any {node.question}{parts[0].removeprefix(atom)}"
        return f"any({', '.join(parts)})"

    def not_(self, node: Not, part: str) -> str:  # noqa: ARG002 the reader's shape
        return f"not({part})"

    def at_least(self, node: AtLeast, parts: tuple[str, ...]) -> str:
        return f"at_least({node.count} of {', '.join(parts)})"


def phrase(condition: Condition) -> str:
    """The condition on one line: ``all(flicker, not(lamp_type is oil))``."""
    return fold(condition, _Phrase())
