"""`manage.py demo_population`: people, employers and vacancies with the published shape of the market."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

import numpy as np
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone
from tqdm import tqdm

from accounts.models import User
from marketplace.demo.applications import make_applications
from marketplace.demo.companies import make_employers, make_user, make_vacancies
from marketplace.demo.people import draw
from marketplace.demo.queues import make_queues
from marketplace.demo.shape import VACANCIES_AN_EMPLOYER, employers_for
from marketplace.demo.sign_ins import make_sign_ins
from marketplace.demo.world import FactsMissing, World
from marketplace.demo.writing import write

CHUNK = 10_000
KEEPER = "keeper@demo.example"
SIZES: dict[str, int | None] = {"candidates": 10_000, "employers": None, "vacancies": None, "seed": 1}
"""None: as many as suit the number of people."""


class Command(BaseCommand):
    """Memory is bounded by one chunk of people, whatever their number. All of it is written, or nothing."""

    help = "Make a demo population. Only with DEMO=1, and never in a database that holds other users."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Sizes and the seed."""
        for name, number in SIZES.items():
            parser.add_argument(f"--{name}", type=int, default=number)
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when a demo population is there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, draw, write."""
        if not settings.DEMO:
            raise CommandError("Demo people are only made with DEMO=1.")
        _fill_in(options)
        _check_sizes(options)
        if User.objects.filter(email=KEEPER).exists():
            if options["if_empty"]:
                return
            raise CommandError("There is a demo population already. `make reset` starts over.")
        if User.objects.filter(is_demo=False).exists():
            raise CommandError("This database holds other users, so no demo people are added to it.")
        now = timezone.now()
        try:
            world = World.read(now.date())
        except FactsMissing as error:
            raise CommandError(str(error)) from error
        self._make(world, options, now)
        self.stdout.write(", ".join(f"{options[name]} {name}" for name in SIZES if name != "seed"))

    @transaction.atomic
    def _make(self, world: World, options: dict[str, Any], now: datetime) -> None:
        keeper = make_user(KEEPER, "Demo keeper", now=now, staff=True)
        _make_people(world, options["candidates"], options["seed"], now)
        rng = np.random.default_rng([options["seed"], 2**32 - 1])
        employers = make_employers(options["employers"], rng, by=keeper, now=now)
        make_vacancies(employers, options["vacancies"], rng, by=keeper, now=now)
        star = make_sign_ins(employers, world, rng, now=now)
        make_applications(star, rng, now=now)
        if employers:
            make_queues(employers, by=keeper, now=now)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _fill_in(options: dict[str, Any]) -> None:
    if options["employers"] is None:
        options["employers"] = employers_for(options["candidates"])
    if options["vacancies"] is None:
        options["vacancies"] = options["employers"] * VACANCIES_AN_EMPLOYER


def _check_sizes(options: dict[str, Any]) -> None:
    for name in SIZES:
        if options[name] < 0:
            raise CommandError(f"--{name} cannot be negative.")
    if options["vacancies"] and not options["employers"]:
        raise CommandError("Vacancies need employers.")


def _make_people(world: World, count: int, seed: int, now: datetime) -> None:
    with tqdm(total=count, unit=" people", disable=None, leave=False) as bar:
        for number, first in enumerate(range(0, count, CHUNK)):
            size = min(CHUNK, count - first)
            write(draw(world, size, np.random.default_rng([seed, number])), world.cuts, now)
            bar.update(size)
