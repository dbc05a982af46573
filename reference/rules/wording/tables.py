"""Tables of several languages as one."""

from collections.abc import Mapping

from reference.enums import WordingGround

Table = Mapping[WordingGround, tuple[str, ...]]
"""Parts of regular expressions, by what they are about."""


def joined(*tables: Table) -> dict[WordingGround, tuple[str, ...]]:
    """What all tables say of each ground, in their order."""
    return {
        ground: tuple(one for table in tables for one in table.get(ground, ())) for ground in WordingGround
    }
