"""The kinds of employers of the demo, in the order in which they are made."""

from marketplace.demo.firms import FIRMS
from marketplace.demo.shops import SHOPS
from marketplace.demo.sorts import Kind

KINDS: tuple[Kind, ...] = (*SHOPS, *FIRMS)
