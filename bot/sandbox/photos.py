"""Photos the bot uploads and sends again by their file_id; the bytes are kept as they came."""

import secrets

from bot.sandbox.images import measure
from bot.sandbox.params import Params
from bot.sandbox.records import JSON, Photo
from bot.sandbox.refusals import bad_request
from bot.sandbox.scene import Scene

LARGEST = 10 * 1024 * 1024
LONGEST_SIDES = 10_000  # width and height together
THINNEST = 20  # the longer side may be this many times the shorter
ATTACHED = "attach://"
FOLDER = "photos/"


def take(scene: Scene, given: Params, name: str, *, reference: str | None = None) -> str:
    """The photo meant by a parameter or by `reference`: an upload or a known file_id.

    Returns our key of the photo; raises Refusal.
    """
    meant = given.text(name) if reference is None else reference
    if meant.startswith(ATTACHED):
        return _attached(scene, given, meant.removeprefix(ATTACHED))
    if not meant and name in given.files:
        return keep(scene, given.files[name])
    if not meant:
        raise bad_request(f"there is no {name} in the request")
    if meant.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return known(scene, meant).id


def _attached(scene: Scene, given: Params, name: str) -> str:
    if name not in given.files:
        raise bad_request(f"can't find file with the name {name} in the request")
    return keep(scene, given.files[name])


def known(scene: Scene, file_id: str) -> Photo:
    """The photo of a file_id, whichever of its sizes the id names."""
    photo = scene.photos.get(file_id[:-1])
    if photo is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return photo


def keep(scene: Scene, data: bytes) -> str:
    """Store an upload; raises Refusal for what Telegram would not show as a photo."""
    if not data:
        raise bad_request("file must be non-empty")
    if len(data) > LARGEST:
        raise bad_request(
            f"file of size {len(data)} bytes is too big for a photo; "
            f"the maximum size is {LARGEST} bytes"
        )
    measured = measure(data)
    if measured is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height, mime = measured
    short, long = sorted((width, height))
    if width + height > LONGEST_SIDES or not short or long > short * THINNEST:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    photo = Photo("AgACAgIAAx" + secrets.token_urlsafe(24), width, height, len(data), mime)
    scene.photos[photo.id] = photo
    scene.pictures[photo.id] = data
    scene.tell("photo", item=photo.id)
    return photo.id


def file(scene: Scene, file_id: str) -> JSON:
    """A File, as getFile tells it."""
    photo = known(scene, file_id)
    return {
        "file_id": file_id,
        "file_unique_id": f"u{photo.id[-12:]}{file_id[-1]}",
        "file_size": photo.size,
        "file_path": FOLDER + photo.id,
    }
