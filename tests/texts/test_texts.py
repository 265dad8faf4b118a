"""What holds the languages together, and what Telegram allows."""

from html.parser import HTMLParser

import pytest
from babel import Locale
from fluent.syntax import ast as ftl

from bot.bank.limits import units
from bot.handlers.commands import COMMANDS, menus
from bot.texts import LANGUAGES, MissingText, closest_language, keys, translate
from tests.texts.source import toasts
from tests.texts.speech import COUNTS, SAMPLES, body, messages, placeholders, selectors, spoken

OTHERS = [language for language in LANGUAGES if language != "en"]
ENGLISH = list(messages("en"))
WORDS = [key for key in ENGLISH if not key.startswith("gap-")]  # gaps stand between words
# Three buttons of this length stand side by side on a narrow phone only if they are short.
MOST_ON_A_BUTTON = 26
ON_BUTTONS = {key for key in ENGLISH if key.startswith(("button-", "level-", "city-", "language-"))}
ON_BUTTONS |= {"daily-more", "settings-saver-on", "settings-saver-off"}
ON_BUTTONS |= {f"settings-{what}" for what in ("language", "city", "hour", "saver", "level")}


def categories(language: str) -> set[str]:
    """The plural categories that whole numbers fall into, by CLDR."""
    plural_form = Locale.parse(language).plural_form
    return {plural_form(number) for number in range(201)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_a_file_is_understood(language: str) -> None:
    junk = [entry.content for entry in body(language) if isinstance(entry, ftl.Junk)]

    assert junk == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(language: str) -> None:
    names = [entry.id.name for entry in body(language) if isinstance(entry, ftl.Message)]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_keys_of_english_in_the_same_order(language: str) -> None:
    assert list(messages(language)) == ENGLISH
    assert keys(language) == keys("en")


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_wants_the_arguments_that_english_wants(language: str) -> None:
    wanted = {key: placeholders(language, key) for key in ENGLISH}

    assert wanted == {key: placeholders("en", key) for key in ENGLISH}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_said(language: str) -> None:
    said = {key: spoken(language, key) for key in ENGLISH}

    assert [key for key in WORDS if not all(text.strip() for text in said[key])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_shows_a_placeholder_or_a_double_space(language: str) -> None:
    texts = [(key, text) for key in ENGLISH for text in spoken(language, key)]

    assert [found for found in texts if "{" in found[1] or "  " in found[1]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_by_number_has_every_plural_form_it_needs(language: str) -> None:
    lacking = {}
    for key in ENGLISH:
        inflects = {name for name, variants in selectors("en", key) if "one" in variants}
        for name, variants in selectors(language, key):
            plurals = set(variants) & {"zero", "one", "two", "few", "many"}
            missing = categories(language) - {"other"} - plurals
            if missing and name in COUNTS and (plurals or name in inflects):
                lacking[key] = missing

    assert lacking == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_variant_is_out_of_reach(language: str) -> None:
    unreachable = []
    for key in ENGLISH:
        for name, variants in selectors(language, key):
            plain = [variant for variant in variants if not variant.isdecimal()]
            reached = categories(language) | {"other"} if name in COUNTS else set(SAMPLES[name])
            # The first variant that fits is taken: [one] before [1] would hide it.
            if set(plain) - reached or variants[len(variants) - len(plain) :] != plain:
                unreachable.append((key, variants))

    assert unreachable == []


@pytest.mark.parametrize(("days", "said"), [(1, "1 день"), (2, "2 дня"), (5, "5 дней")])
def test_russian_counts_in_three_forms(days: int, said: str) -> None:
    assert said in translate("ru", "streak-now", days=days)
    assert said[2:] in translate("ru", "streak-now", days=days + 20)


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_fit_into_the_menu(language: str) -> None:
    listed = menus()[language]

    assert [command["command"] for command in listed] == [command.name for command in COMMANDS]
    assert [c for c in listed if not 1 <= units(c["description"]) <= 60] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("key", "most"), [("about-short", 120), ("about-long", 512)])
def test_the_bots_profile_fits(language: str, key: str, most: int) -> None:
    assert units(translate(language, key)) <= most


@pytest.mark.parametrize("language", LANGUAGES)
def test_toasts_are_plain_and_at_most_200_long(language: str) -> None:
    texts = [text for key in toasts() for text in spoken(language, key)]

    assert texts
    assert [text for text in texts if units(text) > 200 or set("<&") & set(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_are_plain_and_short(language: str) -> None:
    texts = [text for key in sorted(ON_BUTTONS) for text in spoken(language, key)]

    assert [text for text in texts if units(text) > MOST_ON_A_BUTTON or set("<&") & set(text)] == []


class _Tags(HTMLParser):
    """Collects what Telegram would refuse: other tags, attributes, a tag that closes wrongly."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag not in ("b", "code") or attrs:
            self.wrong.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_bold_or_code_and_nothing_else(language: str) -> None:
    wrong = {}
    for key in ENGLISH:
        for text in spoken(language, key):
            tags = _Tags()
            tags.feed(text)
            tags.close()
            if tags.wrong or tags.open:
                wrong[key] = text

    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_write_is_escaped(language: str) -> None:
    assert "&lt;Eve&gt; &amp; Борис" in spoken(language, "start-hello")[0]
    assert "25:00 &lt;b&gt;" in spoken(language, "hour-wrong")[0]


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_was_left_in_english(language: str) -> None:
    same = [key for key in WORDS if spoken(language, key) == spoken("en", key)]
    shared = ("city-", "language-", "quiz-about", "button-chosen")

    assert [key for key in same if not key.startswith(shared)] == []


def test_languages_are_called_by_their_own_names_everywhere() -> None:
    for code in LANGUAGES:
        assert len({translate(language, f"language-{code}") for language in LANGUAGES}) == 1


def test_a_missing_key_or_argument_is_named() -> None:
    with pytest.raises(MissingText, match=r"no text 'no-such-key' in pt"):
        translate("pt", "no-such-key")
    with pytest.raises(MissingText, match=r"text 'streak-day' in ru.*days"):
        translate("ru", "streak-day")


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", "en"),
        ("pt-br", "pt"),
        ("pt_PT", "pt"),
        ("zh-hans", "zh"),
        ("RU", "ru"),
        ("de", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_telegrams_language_codes_find_ours(code: str | None, language: str) -> None:
    assert closest_language(code) == language


def test_a_language_we_lack_falls_back_to_the_operators_choice() -> None:
    assert closest_language("de", "ru") == "ru"
