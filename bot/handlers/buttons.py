"""Every button: its signature is checked, its verb looked up, its words handed to the feature."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.handlers import daily, settings, start
from bot.handlers.facts import Pressed
from bot.handlers.unit import Unit
from bot.messages.press import ForgedPress, StrangersPress
from bot.messages.values import Reply, Toast
from bot.texts import translate


@dataclass(frozen=True)
class Verb:
    """What a press does and how many words it brings."""

    handler: Callable[[Unit, Pressed], Sequence[Reply]]
    words: int


VERBS: Mapping[str, Verb] = {
    "language": Verb(settings.language, 2),
    "hour": Verb(settings.hour, 3),
    "cities": Verb(settings.cities, 1),
    "city": Verb(settings.place, 2),
    "level": Verb(settings.level, 2),
    "settings": Verb(settings.back, 0),
    "choose": Verb(settings.choose, 1),
    "switch": Verb(settings.switch, 0),
    "save": Verb(daily.save, 1),
    "report": Verb(daily.report, 1),
    "more": Verb(daily.more, 1),
    "post": Verb(daily.post, 1),
    "subscribe": Verb(start.subscribed, 0),
}


def press(unit: Unit, pressed: Pressed) -> Sequence[Reply]:
    """A press: a forged, a stranger's or an outdated one changes nothing and is told so."""
    language = unit.person.language if unit.person else unit.chat.language
    try:
        read = unit.signer.read(pressed.data, pressed.person)
    except ForgedPress:
        return [Toast(translate(language, "toast-forged"))]
    except StrangersPress:
        return [Toast(translate(language, "toast-stranger"))]
    verb = VERBS.get(read.verb)
    if verb is None or len(read.args) != verb.words:
        return [Toast(translate(language, "toast-stale"))]  # signed by an older version of ours
    return verb.handler(unit, replace(pressed, args=read.args))
