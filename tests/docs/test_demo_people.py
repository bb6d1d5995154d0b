"""The page about the people of the demo is that of the people there are."""

from tests.docs.demo_people import PAGE, demo_page


def test_the_page_about_the_people_of_the_demo_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == demo_page(), "run python -m tests.docs.demo_people"
