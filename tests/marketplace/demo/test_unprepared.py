"""What the demo says where facts, item banks or people are not there yet."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from marketplace.demo.world import FactsMissing, World
from tests.marketplace.demo.conftest import made

pytestmark = pytest.mark.django_db


def test_figures_of_an_empty_database():
    answer = StringIO()
    call_command("demo_figures", stdout=answer)
    assert answer.getvalue() == "There is no demo population.\n"


def test_without_facts_it_says_which_command_loads_them(settings, tmp_path):
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    with pytest.raises(CommandError, match="load_banks"):
        made(candidates=150, employers=10, vacancies=12)
    assert not User.objects.exists()


def test_without_the_item_bank_it_says_what_to_load():
    with pytest.raises(FactsMissing, match="load_banks"):
        World.read(timezone.now().date())
