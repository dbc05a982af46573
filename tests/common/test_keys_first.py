"""A page is the same whether rows are sorted with all that they carry or by their keys alone."""

import pytest
from django.core.paginator import Paginator

from accounts.models import User
from common.keys_first import KeysFirst
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_every_page_is_a_part_of_the_whole_order(django_assert_num_queries):
    UserFactory.create_batch(5)
    ordered, read = User.objects.order_by("-email"), User.objects.select_related("identity")
    pages = Paginator(KeysFirst(ordered, read), 2)
    assert [list(pages.page(number)) for number in pages.page_range] == [
        list(ordered[at : at + 2]) for at in (0, 2, 4)
    ]
    with django_assert_num_queries(3):
        assert all(user.identity for user in Paginator(KeysFirst(ordered, read), 2).page(1))
    with django_assert_num_queries(2):
        assert len(Paginator(KeysFirst(ordered, read, count=5), 2).page(3)) == 1


def test_nobody_is_an_empty_page_and_not_read(django_assert_num_queries):
    nobody = KeysFirst(User.objects.none(), User.objects.all())
    with django_assert_num_queries(0):
        assert list(Paginator(nobody, 2).page(1)) == []
