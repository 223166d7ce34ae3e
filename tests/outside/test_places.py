from pathlib import Path

from spokesdesk.outside import folders, places


def test_everything_of_a_person_lies_in_the_home_folder_and_apart(home: Path) -> None:
    found = {places.config_folder(), places.log_folder(), places.default_workspace()}
    assert len(found) == 3
    assert all(place.is_relative_to(home) and "SpokesDesk" in place.parts for place in found)


def test_the_offered_workspace_is_not_where_a_cloud_client_looks(home: Path) -> None:
    assert "Documents" not in places.default_workspace().parts
    assert folders.unsuitable(places.default_workspace(), {"OneDrive": str(home / "OneDrive")}) == ""
