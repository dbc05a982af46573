"""What the bench answers."""

from typing import Any

from rest_framework import serializers

from matching.engine import Gate

GATES = [str(gate) for gate in Gate]


class QuestionFields(serializers.Serializer[Any]):
    """The fields that a question may have, by name, with their kinds and bounds."""

    fields = serializers.DictField()  # type: ignore[assignment]


class LostAtGate(serializers.Serializer[Any]):
    """How many people one condition stops, who passed those before it."""

    gate = serializers.ChoiceField(choices=GATES)
    lost = serializers.IntegerField()


class ScoreCounts(serializers.Serializer[Any]):
    """How well those who are left fit: 21 edges of 0 to 1, and the people between each two."""

    edges = serializers.ListField(child=serializers.FloatField())
    people = serializers.ListField(child=serializers.IntegerField())


class PricedChange(serializers.Serializer[Any]):
    """What one change of one requirement would bring. `more` may be negative."""

    kind = serializers.CharField()
    gate = serializers.ChoiceField(choices=GATES)
    words = serializers.CharField()
    details = serializers.DictField()
    more = serializers.IntegerField()
    eligible = serializers.IntegerField()


class WhatIfAnswer(serializers.Serializer[Any]):
    """The counts: multiples of `rounded_to`, rounded down, where 0 stands for fewer than that.

    `not_counted` are conditions whose answers are missing, and `needed` says which, by field.
    """

    rounded_to = serializers.IntegerField()
    eligible = serializers.IntegerField()
    everyone = serializers.IntegerField()
    not_counted = serializers.ListField(child=serializers.ChoiceField(choices=GATES))
    needed = serializers.DictField(child=serializers.CharField())
    waterfall = LostAtGate(many=True)
    scores = ScoreCounts(allow_null=True)
    changes = PricedChange(many=True)
