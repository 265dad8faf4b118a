"""Parameters by type: what is understood, what is refused."""

from typing import Any

import pytest

from bot.sandbox.params import Params, is_unicode
from bot.sandbox.refusals import Refusal


def of(value: Any) -> Params:
    return Params({"it": value})


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ("x", "x"), (5, "5"), (True, "true"), (1.5, "1.5"), ("", "")],
)
def test_scalars_are_read_as_text(value: Any, text: str) -> None:
    assert of(value).text("it") == text


@pytest.mark.parametrize("value", [[], {}, ["x"]])
def test_structures_are_no_text(value: Any) -> None:
    with pytest.raises(Refusal, match='field "it" must be of type String'):
        of(value).text("it")


@pytest.mark.parametrize(
    ("value", "number"), [(5, 5), ("5", 5), (" -7 ", -7), (None, None), ("", None)]
)
def test_whole_numbers_come_as_numbers_or_digits(value: Any, number: int | None) -> None:
    assert of(value).optional_integer("it") == number
    assert of(value).integer("it", 9) == (9 if number is None else number)


@pytest.mark.parametrize("value", ["x", "1.5", 1.5, True, "true", [1]])
def test_everything_else_is_no_whole_number(value: Any) -> None:
    with pytest.raises(Refusal, match="must be of type"):
        of(value).integer("it")


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        (True, True),
        ("True", True),
        ("yes", True),
        (1, True),
        (False, False),
        ("no", False),
        ("0", False),
        ("", False),
    ],
)
def test_booleans_have_several_spellings(value: Any, flag: bool) -> None:
    assert of(value).flag("it") is flag


def test_a_missing_boolean_is_the_default() -> None:
    assert of(None).flag("it", default=True) is True
    assert Params({}).flag("it") is False


def test_other_words_are_no_booleans() -> None:
    with pytest.raises(Refusal, match="Boolean"):
        of("maybe").flag("it")


def test_structures_come_as_json_or_as_they_are() -> None:
    assert of('{"a": [1]}').structure("it") == {"a": [1]}
    assert of({"a": [1]}).structure("it") == {"a": [1]}
    assert of("").structure("it") is None
    assert Params({}).structure("it") is None


@pytest.mark.parametrize("value", ["{", "nan?", "[" * 100_000])
def test_what_is_no_json_is_refused(value: str) -> None:
    with pytest.raises(Refusal, match="can't parse it JSON object"):
        of(value).structure("it")


def test_arrays_and_objects_are_told_apart() -> None:
    assert of([1]).items("it") == [1]
    assert of({}).mapping("it") == {}
    assert of(None).items("it") is None
    assert of(None).mapping("it") is None
    with pytest.raises(Refusal, match="Array"):
        of({}).items("it")
    with pytest.raises(Refusal, match="Object"):
        of([]).mapping("it")


def test_an_array_of_strings_holds_nothing_else() -> None:
    assert of('["a"]').strings("it") == ["a"]
    assert of(None).strings("it") is None
    with pytest.raises(Refusal, match="Array of String"):
        of(["a", 1]).strings("it")


@pytest.mark.parametrize("value", ["\ud800", '["\\ud800"]', ["\udfff"], {"a": {"b": "\ud83d"}}])
def test_half_characters_are_refused_wherever_they_hide(value: Any) -> None:
    read = of(value).structure if value != "\ud800" else of(value).text
    with pytest.raises(Refusal, match="UTF-8"):
        read("it")


def test_whole_characters_are_fine() -> None:
    assert is_unicode("🔥é")
    assert not is_unicode("🔥"[0:0] + "\ud83d")
