import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.messages.press import ANYBODY, MOST_BYTES, ForgedPress, Signer, StrangersPress
from bot.messages.values import Press

ALICE, BORIS = 1001, 1002
GROUP = -1_001_000_000_001
SIGNER = Signer(b"k" * 32)

words = st.text(string.ascii_letters + string.digits + "-_:./~", min_size=1, max_size=12)
presses = st.builds(Press, words, st.lists(words, max_size=2).map(tuple))
people = st.integers(1, 2**52)  # the ids that Telegram promises to stay within
TELLING = string.ascii_letters + string.digits + string.punctuation + " é"


@given(presses, people)
def test_a_signed_press_reads_back(press: Press, person: int) -> None:
    data = SIGNER.sign(press, person)

    assert SIGNER.read(data, person) == press
    assert data.isascii()
    assert len(data) <= MOST_BYTES


@given(presses, people)
def test_a_press_for_anybody_reads_back_for_everybody(press: Press, person: int) -> None:
    assert SIGNER.read(SIGNER.sign(press, ANYBODY), person) == press


@given(presses, people, people)
def test_a_press_for_somebody_else_is_refused(press: Press, person: int, other: int) -> None:
    assume(person != other)

    with pytest.raises(StrangersPress):
        SIGNER.read(SIGNER.sign(press, person), other)


def test_a_press_addressed_to_a_group_is_nobodys() -> None:
    data = SIGNER.sign(Press("settings"), GROUP)

    assert SIGNER.read(data, GROUP) == Press("settings")
    with pytest.raises(StrangersPress):
        SIGNER.read(data, ALICE)


@given(presses, people, st.data())
def test_a_changed_character_is_noticed(press: Press, person: int, data: st.DataObject) -> None:
    signed = SIGNER.sign(press, person)
    place = data.draw(st.integers(0, len(signed) - 1))
    letter = data.draw(st.sampled_from(TELLING))
    assume(letter != signed[place])

    with pytest.raises(ForgedPress):
        SIGNER.read(signed[:place] + letter + signed[place + 1 :], person)


def test_no_single_character_can_be_changed_dropped_or_added() -> None:
    signed = SIGNER.sign(Press("hour", ("09:00", "daily", "start")), ALICE)
    forged = {signed[:n] + signed[n + 1 :] for n in range(len(signed))}
    for letter in TELLING:
        forged |= {signed[:n] + letter + signed[n + 1 :] for n in range(len(signed))}
        forged |= {signed[:n] + letter + signed[n:] for n in range(len(signed) + 1)}

    for data in forged - {signed}:
        with pytest.raises(ForgedPress):
            SIGNER.read(data, ALICE)


def test_the_addressee_cannot_be_exchanged() -> None:
    signed = SIGNER.sign(Press("save", ("adamw",)), ALICE)

    for other in (f"{BORIS:x}", "0", "3E9", "03e9", ""):
        with pytest.raises(ForgedPress):
            SIGNER.read(signed.replace("~3e9~", f"~{other}~"), BORIS)


def test_a_signature_does_not_fit_another_press() -> None:
    save, report = (SIGNER.sign(Press(verb, ("adamw",)), ALICE) for verb in ("save", "report"))

    with pytest.raises(ForgedPress):
        SIGNER.read(save.rpartition("~")[0] + "~" + report.rpartition("~")[2], ALICE)


def test_another_installations_buttons_are_forged_here() -> None:
    with pytest.raises(ForgedPress):
        SIGNER.read(Signer(b"q" * 32).sign(Press("save", ("adamw",)), ALICE), ALICE)


@pytest.mark.parametrize("data", ["", "~", "~~", "save adamw", "save~3e9~", "~AAAAAAAA", "é~é~é"])
def test_words_without_a_signature_are_forged(data: str) -> None:
    with pytest.raises(ForgedPress):
        SIGNER.read(data, ALICE)


@given(st.text(max_size=64), people)
def test_nothing_that_we_did_not_sign_is_read(data: str, person: int) -> None:
    with pytest.raises(ForgedPress):
        SIGNER.read(data, person)


def test_signing_again_gives_the_same_data() -> None:
    """So that an edit with unchanged buttons is no change."""
    press = Press("more", ("training",))

    assert SIGNER.sign(press, ALICE) == Signer(SIGNER.key).sign(press, ALICE)


def test_data_of_64_bytes_is_the_most() -> None:
    room = MOST_BYTES - len(SIGNER.sign(Press("save", ("",)), ALICE))
    fits = Press("save", ("a" * room,))

    assert len(SIGNER.sign(fits, ALICE)) == MOST_BYTES
    with pytest.raises(ValueError, match=r"callback data is 65 bytes, 64 are allowed: save a+~3e9"):
        SIGNER.sign(Press("save", ("a" * (room + 1),)), ALICE)


def test_the_limit_counts_bytes_and_not_letters() -> None:
    with pytest.raises(ValueError, match="64 are allowed"):
        SIGNER.sign(Press("save", ("ж" * 30,)), ALICE)


def test_a_sign_for_one_person_signs_for_them_alone() -> None:
    sign = SIGNER.for_person(ALICE)

    assert sign(Press("switch")) == SIGNER.sign(Press("switch"), ALICE)
    with pytest.raises(StrangersPress):
        SIGNER.read(sign(Press("switch")), BORIS)
