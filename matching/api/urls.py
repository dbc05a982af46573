from django.urls import path

from matching.api.what_if import WhatIf

urlpatterns = [path("what-if/", WhatIf.as_view(), name="what_if")]
