"""Addresses of the programme."""

app_name = "musalaha"
urlpatterns = []
