app_name = "deskresearch"
urlpatterns: list = []
