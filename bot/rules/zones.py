"""Time zones to offer and to recognise. Names of cities are texts (`city-<key>`), not here."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

CITIES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "london": "Europe/London",
        "berlin": "Europe/Berlin",
        "delhi": "Asia/Kolkata",
        "singapore": "Asia/Singapore",
        "sydney": "Australia/Sydney",
        "new-york": "America/New_York",
        "chicago": "America/Chicago",
        "los-angeles": "America/Los_Angeles",
    },
    "ru": {
        "moscow": "Europe/Moscow",
        "samara": "Europe/Samara",
        "yekaterinburg": "Asia/Yekaterinburg",
        "novosibirsk": "Asia/Novosibirsk",
        "vladivostok": "Asia/Vladivostok",
        "almaty": "Asia/Almaty",
        "tbilisi": "Asia/Tbilisi",
        "berlin": "Europe/Berlin",
    },
    "pt": {
        "sao-paulo": "America/Sao_Paulo",
        "fortaleza": "America/Fortaleza",
        "manaus": "America/Manaus",
        "rio-branco": "America/Rio_Branco",
        "lisbon": "Europe/Lisbon",
        "azores": "Atlantic/Azores",
        "luanda": "Africa/Luanda",
        "maputo": "Africa/Maputo",
    },
    "zh": {
        "beijing": "Asia/Shanghai",
        "hong-kong": "Asia/Hong_Kong",
        "taipei": "Asia/Taipei",
        "singapore": "Asia/Singapore",
        "tokyo": "Asia/Tokyo",
        "sydney": "Australia/Sydney",
        "london": "Europe/London",
        "los-angeles": "America/Los_Angeles",
    },
}

# Large cities that people type and the zone database does not name, as they and others write them.
_ALSO: Mapping[str, str] = {
    "America/Sao_Paulo": "rio de janeiro, rio, brasilia, salvador bahia, curitiba, porto alegre,"
    " belo horizonte, campinas, florianopolis, goiania, vitoria",
    "America/Fortaleza": "natal, joao pessoa, sao luis, teresina",
    "America/Los_Angeles": "san francisco, seattle, san diego, san jose, portland, las vegas, sf,"
    " la",
    "America/New_York": "boston, washington, philadelphia, atlanta, miami, pittsburgh, nyc",
    "America/Chicago": "austin, houston, dallas, minneapolis",
    "America/Toronto": "montreal, ottawa",
    "America/Edmonton": "calgary",
    "Asia/Kolkata": "bangalore, bengaluru, mumbai, bombay, hyderabad, chennai, pune, new delhi",
    "Asia/Shanghai": "shenzhen, guangzhou, hangzhou, chengdu, wuhan, nanjing, xian, suzhou,"
    " 深圳, 广州, 杭州, 成都, 武汉, 南京, 西安, 苏州, 天津, 重庆, 上海",
    "Asia/Tokyo": "osaka, kyoto, 大阪",
    "Asia/Yekaterinburg": "ekaterinburg, chelyabinsk, perm, ufa, челябинск, пермь, уфа",
    "Asia/Almaty": "astana, астана",
    "Asia/Krasnoyarsk": "красноярск",
    "Asia/Omsk": "омск",
    "Asia/Vladivostok": "khabarovsk, хабаровск",
    "Asia/Yerevan": "ереван",
    "Asia/Dubai": "abu dhabi, дубай",
    "Europe/Belgrade": "novi sad, белград",
    "Europe/Kyiv": "киев, киів, kharkiv, lviv",
    "Europe/Minsk": "минск",
    "Asia/Tel_Aviv": "haifa",
    "Australia/Melbourne": "geelong",
    "Europe/Berlin": "munich, muenchen, munchen, hamburg, cologne, koln, frankfurt, stuttgart,"
    " мюнхен, гамбург",
    "Europe/London": "manchester, edinburgh, cambridge, oxford, birmingham, bristol, glasgow",
    "Europe/Lisbon": "porto, lisboa",
    "Europe/Madrid": "barcelona, valencia",
    "Europe/Moscow": "saint petersburg, st petersburg, spb, kazan, nizhny novgorod, sochi,"
    " санкт петербург, питер, казань, нижний новгород, сочи, ростов на дону, krasnodar, краснодар,"
    " воронеж",
    "Europe/Paris": "lyon, toulouse, marseille",
    "Europe/Rome": "milan, turin, naples",
    "Europe/Warsaw": "krakow, wroclaw, gdansk",
    "Europe/Zurich": "geneva, lausanne, bern, basel",
}

DEFAULT_ZONE: Mapping[str, str] = {
    "en": "Europe/London",
    "ru": "Europe/Moscow",
    "pt": "America/Sao_Paulo",
    "zh": "Asia/Shanghai",
}

# Of these folders of the zone database the last part is a place; of "US/" and the like it is
# a part of a country ("US/Eastern"), which means nothing by itself.
_PLACES = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia"}
    | {"Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)
_DIRECTIONS = frozenset({"north", "south", "west"})


def zone_of(text: str) -> str | None:
    """The IANA name meant by a name in any case, or by its city alone ("new york").

    None for anything else. Offsets ("UTC+3") are refused: they know nothing of summer time.
    """
    return _names().get(_plain(text))


@cache
def _names() -> Mapping[str, str]:
    """Every way to write a zone that is a place, in plain form. Read once: it walks the disk."""
    zones = sorted(name for name in available_timezones() if _is_place(name))
    cities = {_plain(key): zone for listed in CITIES.values() for key, zone in listed.items()}
    cities |= {_plain(name): zone for zone, names in _ALSO.items() for name in names.split(",")}
    # Sorted by depth, so that of two names for a city the fuller one stays: the short
    # "America/Louisville" is the old name of "America/Kentucky/Louisville".
    for zone in sorted(zones, key=lambda name: name.count("/")):
        folder, city = zone.split("/")[0], _plain(zone.split("/")[-1])
        if folder in _PLACES and city not in _DIRECTIONS:
            cities[city] = zone
    return {**cities, **{_plain(zone): zone for zone in zones}, "utc": "UTC"}


def _is_place(name: str) -> bool:
    return "/" in name and not name.startswith("Etc/")


def _plain(text: str) -> str:
    """Without accents and case; spaces, underscores and hyphens are one."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"\s*/\s*", "/", re.sub(r"[\s_-]+", " ", bare)).strip()
