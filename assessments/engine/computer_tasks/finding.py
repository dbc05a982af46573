"""Find something in a list, and copy something exactly."""

from random import Random

from assessments.engine.computer_tasks.parts import (
    LETTERS,
    Cell,
    Material,
    Table,
    Task,
    order_table,
    orders,
    price,
    text,
)


def find_by_customer(rng: Random, material: Material) -> Task:
    """The order number of one customer among eight."""
    rows = orders(rng, material, rng.sample(list(material.names), 8))
    wanted = rng.choice(rows)
    return Task(
        "find", "order_of_customer", {"name": text(wanted.name)}, (order_table(rows),), "code", wanted.code
    )


def find_by_two(rng: Random, material: Material) -> Task:
    """One customer has four orders among fourteen; only one has the status asked for."""
    names = rng.sample(list(material.names), 11)
    rows = orders(rng, material, [*names, *names[:1] * 3])
    own = [one for one in rows if one.name == names[0]]
    wanted = own[rng.randrange(len(own))]
    others = ["open", "paid", "sent", "returned"]
    status = rng.choice(others)
    others.remove(status)
    rows = [
        one._replace(status=status if one == wanted else rng.choice(others)) if one in own else one
        for one in rows
    ]
    rng.shuffle(rows)
    facts = {"name": text(wanted.name), "status": Cell("status", status)}
    return Task("find", "order_of_customer_with_status", facts, (order_table(rows),), "code", wanted.code)


def find_oldest(rng: Random, material: Material) -> Task:
    """The oldest open order above an amount, among eighteen; older ones are paid, or below it."""
    rows = orders(rng, material, rng.sample(list(material.names), 18))
    above = 5000
    rows.sort(key=lambda one: one.on)
    place = rng.randrange(5, 10)
    made = []
    for at, one in enumerate(rows):
        if at < place and one.status == "open":
            made.append(one._replace(cents=price(rng, 500, above)))
        elif at == place:
            made.append(one._replace(status="open", cents=price(rng, above + 100, 9000)))
        else:
            made.append(one)
    wanted = made[place]
    rng.shuffle(made)
    facts = {"status": Cell("status", "open"), "amount": Cell("money", above)}
    return Task("find", "oldest_above", facts, (order_table(made),), "code", wanted.code)


def copy_mail(rng: Random, material: Material) -> Task:
    """An e-mail address with a dot, digits and a hyphen; a domain that can never exist."""
    name, town = rng.choice(material.names).lower(), rng.choice(material.towns).split()[0].lower()
    address = f"{rng.choice(LETTERS).lower()}.{name}{rng.randrange(10, 99)}@{town}-post.example"
    table = Table("contact", ("field", "value"), ((Cell("label", "mail"), text(address)),))
    return Task("copy", "copy_exactly", {"what": Cell("label", "mail")}, (table,), "exact", address)


def copy_reference(rng: Random, material: Material) -> Task:
    """A payment reference of letters, digits and signs, twenty characters long."""
    digits = "".join(str(rng.randrange(10)) for _ in range(12))
    letters = "".join(rng.choice(LETTERS) for _ in range(4))
    reference = f"{letters[:2]}{digits[:4]}/{digits[4:8]}-{letters[2:]}.{digits[8:]}"
    address = f"{rng.choice(material.streets)} {rng.randrange(1, 200)}, {rng.choice(material.towns)}"
    rows = (
        (Cell("label", "address"), text(address)),
        (Cell("label", "reference"), text(reference)),
    )
    table = Table("contact", ("field", "value"), rows)
    return Task("copy", "copy_exactly", {"what": Cell("label", "reference")}, (table,), "exact", reference)
