"""Compare two sources, and calculate with prices. All amounts are whole cents, so every key is exact."""

from random import Random

from assessments.engine.computer_tasks.parts import (
    Cell,
    Material,
    Table,
    Task,
    money,
    order_codes,
    order_table,
    orders,
    price,
    slip,
    text,
)

PRICE_HEADS = ("product", "price")
LINE_HEADS = ("product", "count", "price")


def compare_numbers(rng: Random, _material: Material) -> Task:
    """Six pairs of numbers, five the same: which line differs?"""
    codes = [f"{code}-{rng.randrange(100, 999)}" for code in order_codes(rng, 6)]
    wrong = rng.randrange(6)
    rows = tuple(
        (
            Cell("count", line + 1),
            Cell("code", code),
            Cell("code", slip(rng, code) if line == wrong else code),
        )
        for line, code in enumerate(codes)
    )
    choices = tuple(Cell("count", line + 1) for line in range(6))
    table = Table("two_lists", ("line", "on_the_form", "in_the_system"), rows)
    return Task("compare", "which_line_differs", {}, (table,), "choice", wrong, choices)


def compare_records(rng: Random, material: Material) -> Task:
    """A customer's record twice, six fields; two or three of them differ by a slip."""
    name = rng.choice(material.names)
    town = rng.choice(material.towns)
    values = {
        "name": f"{rng.choice(material.names[:8])}-{name}",
        "street": f"{rng.choice(material.streets)} {rng.randrange(120, 199)}",
        "postcode": f"{rng.randrange(1023, 9876)} {rng.choice(('AC', 'BD', 'EF', 'GH'))}",
        "town": town,
        "phone": f"0{rng.randrange(10, 99)} {rng.randrange(1023456, 9876543)}",
        "customer_number": f"{rng.randrange(10234567, 98765432)}",
    }
    fields = list(values)
    changeable = [at for at, one in enumerate(fields) if one != "town"]
    wrong = frozenset(rng.sample(changeable, rng.choice((2, 3))))
    rows = tuple(
        (Cell("label", one), text(values[one]), text(slip(rng, values[one]) if at in wrong else values[one]))
        for at, one in enumerate(fields)
    )
    choices = tuple(Cell("label", one) for one in fields)
    table = Table("two_records", ("field", "in_the_mail", "in_the_system"), rows)
    return Task("compare", "which_fields_differ", {}, (table,), "choices", wrong, choices)


def compare_bill(rng: Random, material: Material) -> Task:
    """An invoice beside the price list: one line has a wrong price. How much too much was charged in all?"""
    products = rng.sample(list(material.products), 7)
    prices = {product: price(rng, 400, 4000) for product in products}
    wrong = rng.choice(products)
    counts = {product: rng.randrange(1, 5) for product in products}
    counts[wrong] = rng.randrange(2, 5)
    more = rng.choice((50, 90, 100, 150, 200))
    listed = sorted(products)
    list_rows = tuple((Cell("product", one), money(prices[one])) for one in listed)
    bill_rows = tuple(
        (Cell("product", one), Cell("count", counts[one]), money(prices[one] + (more if one == wrong else 0)))
        for one in products
    )
    tables = (Table("price_list", PRICE_HEADS, list_rows), Table("invoice", LINE_HEADS, bill_rows))
    return Task("compare", "charged_too_much", {}, tables, "money", more * counts[wrong])


def total_with_delivery(rng: Random, material: Material) -> Task:
    """Some pieces of one product, and the delivery."""
    products = rng.sample(list(material.products), 5)
    prices = {product: price(rng, 400, 3000) for product in products}
    wanted, count, delivery = rng.choice(products), rng.randrange(2, 6), rng.choice((395, 495, 595))
    table = Table(
        "price_list", PRICE_HEADS, tuple((Cell("product", one), money(prices[one])) for one in products)
    )
    facts = {"count": Cell("count", count), "product": Cell("product", wanted), "delivery": money(delivery)}
    return Task(
        "calculate", "total_with_delivery", facts, (table,), "money", prices[wanted] * count + delivery
    )


def total_with_discount(rng: Random, material: Material) -> Task:
    """Two products; a discount of some percent on the whole from an amount on, which three in four reach.

    Prices are whole euros, so the discount comes out in whole cents.
    """
    products = rng.sample(list(material.products), 6)
    prices = {product: rng.randrange(8, 40) * 100 for product in products}
    one, other = rng.sample(products, 2)
    first, second, percent = rng.randrange(2, 5), rng.randrange(2, 4), rng.choice((5, 10, 15, 20))
    whole = prices[one] * first + prices[other] * second
    reached = rng.random() < 0.75
    above = whole // 1000 * 1000 + (0 if reached else 1000)
    table = Table(
        "price_list", PRICE_HEADS, tuple((Cell("product", each), money(prices[each])) for each in products)
    )
    facts = {
        "first": Cell("count", first),
        "one": Cell("product", one),
        "second": Cell("count", second),
        "other": Cell("product", other),
        "percent": Cell("percent", percent),
        "above": money(above),
    }
    key = whole * (100 - percent) // 100 if reached else whole
    return Task("calculate", "total_with_discount", facts, (table,), "money", key)


def refund(rng: Random, material: Material) -> Task:
    """Some of the pieces come back; the discount that was given counts for them too, and sending back costs something."""
    products = rng.sample(list(material.products), 4)
    prices = [rng.randrange(10, 45) * 100 for _ in products]
    counts = [rng.randrange(2, 5) for _ in products]
    back = rng.randrange(4)
    pieces, percent, costs = rng.randrange(1, counts[back]), rng.choice((10, 20)), rng.choice((295, 350, 495))
    rows = tuple(
        (Cell("product", one), Cell("count", count), money(each))
        for one, count, each in zip(products, counts, prices, strict=True)
    )
    facts = {
        "pieces": Cell("count", pieces),
        "product": Cell("product", products[back]),
        "percent": Cell("percent", percent),
        "costs": money(costs),
    }
    key = prices[back] * pieces * (100 - percent) // 100 - costs
    return Task("calculate", "refund", facts, (Table("invoice", LINE_HEADS, rows),), "money", key)


def total_of_customer(rng: Random, material: Material) -> Task:
    """Everything that one customer still has to pay, in a list of eighteen orders in which they stand five times."""
    names = rng.sample(list(material.names), 14)
    rows = orders(rng, material, [*names, *names[:1] * 4])
    own = [one for one in rows if one.name == names[0]]
    still = set(rng.sample([one.code for one in own], rng.choice((2, 3))))
    rest = ("paid", "sent", "returned")
    rows = [
        one._replace(status="open" if one.code in still else rng.choice(rest)) if one in own else one
        for one in rows
    ]
    rng.shuffle(rows)
    key = sum(one.cents for one in rows if one.code in still)
    facts = {"name": text(names[0]), "status": Cell("status", "open")}
    return Task("calculate", "total_of_customer", facts, (order_table(rows),), "money", key)
