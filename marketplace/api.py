"""The root of the REST API."""

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class ApiRoot(APIView):
    """Names what this API offers to the person who asks."""

    def get(self, request: Request) -> Response:
        """Links to the collections."""
        return Response({})


app_name = "api"
urlpatterns = [path("", ApiRoot.as_view(), name="root")]
