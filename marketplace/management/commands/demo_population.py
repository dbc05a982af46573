"""`manage.py demo_population`: people, employers and vacancies with the published shape of the market."""

from argparse import ArgumentParser
from typing import Any

import numpy as np
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone
from tqdm import tqdm

from accounts.models import User
from marketplace.demo.companies import make_employers, make_user, make_vacancies
from marketplace.demo.people import draw
from marketplace.demo.sign_ins import make_sign_ins
from marketplace.demo.world import FactsMissing, World
from marketplace.demo.writing import write

CHUNK = 10_000
KEEPER = "keeper@demo.example"


class Command(BaseCommand):
    """Memory is bounded by one chunk of people, whatever their number."""

    help = "Make a demo population. Only with DEMO=1, and never in a database that holds other users."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Sizes and the seed."""
        parser.add_argument("--candidates", type=int, default=10_000)
        parser.add_argument("--employers", type=int, default=40)
        parser.add_argument("--vacancies", type=int, default=120)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when a demo population is there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, draw, write: all of it or nothing."""
        self._check(options)
        if User.objects.filter(email=KEEPER).exists():
            if options["if_empty"]:
                return
            raise CommandError("There is a demo population already. `make reset` starts over.")
        if User.objects.filter(is_demo=False).exists():
            raise CommandError("This database holds other users, so no demo people are added to it.")
        self._make(options)

    @transaction.atomic
    def _make(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        try:
            world = World.read(now.date())
        except FactsMissing as error:
            raise CommandError(str(error)) from error
        keeper = make_user(KEEPER, "Demo keeper", now=now, staff=True)
        self._people(world, options["candidates"], options["seed"], now)
        rng = np.random.default_rng([options["seed"], 2**32 - 1])
        employers = make_employers(options["employers"], rng, by=keeper, now=now)
        make_vacancies(employers, options["vacancies"], rng, by=keeper, now=now)
        make_sign_ins(employers, world, rng, now=now)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stdout.write(
            f"{options['candidates']} candidates, {options['employers']} employers, {options['vacancies']} vacancies"
        )

    def _check(self, options: dict[str, Any]) -> None:
        if not settings.DEMO:
            raise CommandError("Demo people are only made with DEMO=1.")
        for name in ("candidates", "employers", "vacancies"):
            if options[name] < 0:
                raise CommandError(f"--{name} cannot be negative.")
        if options["vacancies"] and not options["employers"]:
            raise CommandError("Vacancies need employers.")

    def _people(self, world: World, count: int, seed: int, now: Any) -> None:
        with tqdm(total=count, unit=" people", disable=None, leave=False) as bar:
            for number, first in enumerate(range(0, count, CHUNK)):
                size = min(CHUNK, count - first)
                write(draw(world, size, np.random.default_rng([seed, number])), world.cuts, now)
                bar.update(size)
