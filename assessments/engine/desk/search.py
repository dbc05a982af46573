"""Searching the knowledge base and the records of a scenario."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from assessments.engine.desk.script import Article, Customer, Order, Script

TITLE, KEYWORD, BODY = 9, 4, 1
"""Weight of a word found in the title, among the keywords, in the text."""


class Found(NamedTuple):
    """Articles by relevance, people and orders by name and number."""

    articles: list[Article]
    customers: list[Customer]
    orders: list[Order]


def search(script: Script, words: str) -> Found:
    """Everything in which each word of the query occurs at the beginning of a word; nothing for an empty query."""
    wanted = _words(words)
    if not wanted:
        return Found([], [], [])
    weights = {article.code: _weight(article, wanted) for article in script.articles.values()}
    articles = [article for article in script.articles.values() if weights[article.code]]
    articles.sort(key=lambda article: -weights[article.code])
    customers = [person for person in script.customers.values() if _matches(wanted, _of_person(person))]
    orders = [order for order in script.orders.values() if _matches(wanted, _of_order(order))]
    return Found(articles, customers, orders)


def orders_of(script: Script, customer: str) -> list[Order]:
    """What a person ordered, the newest first."""
    own = [order for order in script.orders.values() if order.customer == customer]
    return sorted(own, key=lambda order: (order.placed_on, order.number), reverse=True)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _of_person(person: Customer) -> str:
    return f"{person.name} {person.email} {person.postcode}"


def _of_order(order: Order) -> str:
    return f"{order.number} {' '.join(line.name for line in order.lines)}"


def _matches(wanted: Iterable[str], text: str) -> bool:
    there = _words(text)
    return all(any(word.startswith(one) for word in there) for one in wanted)


def _weight(article: Article, wanted: Iterable[str]) -> int:
    """0 when a word of the query is nowhere; else the sum of the best places of all of them."""
    places = (
        (TITLE, _words(article.title)),
        (KEYWORD, _words(" ".join(article.keywords))),
        (BODY, _words(article.body)),
    )
    total = 0
    for one in wanted:
        best = max(
            (weight for weight, there in places if any(word.startswith(one) for word in there)), default=0
        )
        if not best:
            return 0
        total += best
    return total
