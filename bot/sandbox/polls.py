"""A poll's life: votes, the end, and the updates that follow. Sending one is elsewhere."""

from bot.sandbox import wire
from bot.sandbox.records import Poll
from bot.sandbox.refusals import NotPossible
from bot.sandbox.scene import Scene


def vote(scene: Scene, user_id: int, poll_id: str, option_ids: list[int]) -> None:
    """One person's choice; an empty one takes the vote back where that is allowed."""
    close_due(scene)
    poll = scene.polls.get(poll_id)
    if poll is None or not scene.chats[poll.chat_id].has(user_id):
        raise NotPossible("There is no such poll in your chats.")
    chosen = sorted(set(option_ids))
    _check(poll, user_id, chosen)
    if chosen:
        poll.votes[user_id] = chosen
    else:
        del poll.votes[user_id]
    scene.tell("message", poll.chat_id, poll.message_id)
    _report(scene, poll)
    if not poll.anonymous:
        _report_answer(scene, poll, user_id, chosen)


def _check(poll: Poll, user_id: int, chosen: list[int]) -> None:
    if poll.closed:
        raise NotPossible("This poll is closed.")
    if user_id in poll.votes and not poll.revoting:
        raise NotPossible("You have voted already.")
    if not chosen and user_id not in poll.votes:
        raise NotPossible("Choose an option first.")
    if len(chosen) > 1 and not poll.multiple:
        raise NotPossible("Only one option can be chosen here.")
    if any(not 0 <= number < len(poll.options) for number in chosen):
        raise NotPossible("There is no such option.")


def _report(scene: Scene, poll: Poll) -> None:
    scene.send_update("poll", wire.poll(scene, poll, inside_message=False))


def _report_answer(scene: Scene, poll: Poll, user_id: int, chosen: list[int]) -> None:
    answer = {
        "poll_id": poll.id,
        "user": wire.user(scene.people[user_id]),
        "option_ids": chosen,
        "option_persistent_ids": [poll.persistent_ids[number] for number in chosen],
    }
    scene.send_update("poll_answer", answer)


def close(scene: Scene, poll: Poll) -> None:
    """The end: results are frozen, the bot is told."""
    poll.closed = True
    scene.running.discard(poll.id)
    scene.tell("message", poll.chat_id, poll.message_id)
    _report(scene, poll)


def close_due(scene: Scene) -> None:
    """Close what has reached its time on the sandbox's clock."""
    now = scene.now()
    timed = [(scene.polls[poll_id].close_date, poll_id) for poll_id in scene.running]
    for _, poll_id in sorted((m, i) for m, i in timed if m is not None and m <= now):
        close(scene, scene.polls[poll_id])
