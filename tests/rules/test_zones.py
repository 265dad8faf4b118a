"""The zones offered and the names understood."""

from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.rules.zones import CITIES, DEFAULT_ZONE, zone_of

LANGUAGES = ["en", "ru", "pt", "zh"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_offers_a_short_list_that_holds_its_default(language: str) -> None:
    offered = CITIES[language]
    assert 6 <= len(offered) <= 10
    assert len(set(offered.values())) == len(offered)
    assert DEFAULT_ZONE[language] in offered.values()


def test_there_are_four_languages_and_no_more() -> None:
    assert sorted(CITIES) == sorted(DEFAULT_ZONE) == sorted(LANGUAGES)


def test_every_city_offered_has_a_zone_and_one_only() -> None:
    pairs = {pair for offered in CITIES.values() for pair in offered.items()}
    assert len({city for city, _ in pairs}) == len(pairs)
    for _, zone in pairs:
        assert ZoneInfo(zone).key == zone_of(zone) == zone


def test_cities_are_keys_of_texts() -> None:
    for offered in CITIES.values():
        for city in offered:
            assert city.replace("-", "").isascii()
            assert city == city.lower().strip("-")


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        (" EUROPE / BERLIN ", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("sao paulo", "America/Sao_Paulo"),
        ("São Paulo", "America/Sao_Paulo"),
        ("SA\u0303O PAULO", "America/Sao_Paulo"),
        ("port au prince", "America/Port-au-Prince"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("America/Argentina/Salta", "America/Argentina/Salta"),
        ("İstanbul", "Europe/Istanbul"),
        ("beijing", "Asia/Shanghai"),
        ("los angeles", "America/Los_Angeles"),
        ("us/pacific", "US/Pacific"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_known_by_its_name_or_its_city(text: str, zone: str) -> None:
    assert zone_of(text) == zone


@pytest.mark.parametrize(
    "text",
    ["", " ", "/", "UTC+3", "+3", "+03:00", "GMT", "GMT+3", "Etc/GMT+3", "EST", "CET", "Japan"],
)
def test_offsets_and_abbreviations_are_refused(text: str) -> None:
    assert zone_of(text) is None


@pytest.mark.parametrize("text", ["atlantis", "pacific", "eastern", "west", "Europe", "../UTC"])
def test_what_is_no_place_is_refused(text: str) -> None:
    assert zone_of(text) is None


def test_every_place_of_the_database_is_known_by_its_own_name() -> None:
    places = [name for name in available_timezones() if "/" in name and name[:4] != "Etc/"]
    assert len(places) > 400
    assert all(zone_of(name) == name for name in places)
