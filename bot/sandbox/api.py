"""The Bot API over HTTP: reads a call, lets faults strike, runs the method, words the answer."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from aiohttp import web

from bot.sandbox import api_chats, api_editing, api_polls, api_profile, api_sending, photos, polls
from bot.sandbox.access import chat_named
from bot.sandbox.faults import Fault, FaultKind, Faults, Limits
from bot.sandbox.params import Params
from bot.sandbox.records import JSON, ChatType
from bot.sandbox.refusals import Refusal, bad_request, too_many
from bot.sandbox.scene import Scene
from bot.sandbox.updates import Updates
from bot.sandbox.world import World

LARGEST_BODY = 20 * 1024 * 1024
LONGEST_LOG = 10_000
Method = Callable[[Scene, Params], Any]

METHODS: dict[str, Method] = {
    "getMe": api_profile.get_me,
    "sendMessage": api_sending.send_message,
    "sendPhoto": api_sending.send_photo,
    "sendChatAction": api_sending.send_chat_action,
    "setMessageReaction": api_sending.set_message_reaction,
    "getFile": api_sending.get_file,
    "sendPoll": api_polls.send_poll,
    "stopPoll": api_polls.stop_poll,
    "editMessageText": api_editing.edit_message_text,
    "editMessageCaption": api_editing.edit_message_caption,
    "editMessageReplyMarkup": api_editing.edit_message_reply_markup,
    "deleteMessage": api_editing.delete_message,
    "answerCallbackQuery": api_editing.answer_callback_query,
    "getChat": api_chats.get_chat,
    "getChatMember": api_chats.get_chat_member,
    "getChatMemberCount": api_chats.get_chat_member_count,
    "getChatAdministrators": api_chats.get_chat_administrators,
    "leaveChat": api_chats.leave_chat,
    "setMyCommands": api_profile.set_my_commands,
    "getMyCommands": api_profile.get_my_commands,
    "deleteMyCommands": api_profile.delete_my_commands,
    "setMyName": partial(api_profile.set_profile, name="name"),
    "getMyName": partial(api_profile.get_profile, name="name"),
    "setMyDescription": partial(api_profile.set_profile, name="description"),
    "getMyDescription": partial(api_profile.get_profile, name="description"),
    "setMyShortDescription": partial(api_profile.set_profile, name="short_description"),
    "getMyShortDescription": partial(api_profile.get_profile, name="short_description"),
}
RATED = frozenset(
    {
        "sendmessage",
        "sendphoto",
        "sendpoll",
        "stoppoll",
        "editmessagetext",
        "editmessagecaption",
        "editmessagereplymarkup",
    }
)


class Call(NamedTuple):
    """One line of the request log; `time` is Unix time on the sandbox's clock."""

    time: float
    method: str
    params: JSON
    response: str


class Lost(Exception):
    """The connection is to be dropped instead of answered."""


@dataclass
class Api:
    """Serves the Bot API of one token."""

    world: World
    updates: Updates
    token: str
    faults: Faults = field(default_factory=Faults)
    limits: Limits = field(default_factory=Limits)
    log: deque[Call] = field(default_factory=lambda: deque(maxlen=LONGEST_LOG))

    def __post_init__(self) -> None:
        self.methods = {name.lower(): method for name, method in METHODS.items()}
        self.methods["setwebhook"] = lambda scene, given: self.updates.set_webhook(given)
        self.methods["deletewebhook"] = lambda scene, given: self.updates.delete_webhook(given)
        self.methods["getwebhookinfo"] = lambda scene, given: self.updates.webhook_info()

    def routes(self) -> list[web.RouteDef]:
        """What to serve: the methods, and files by their path."""
        return [
            web.route("*", "/bot{token}/{method}", self.serve),
            web.get("/file/bot{token}/{path:.+}", self.serve_file),
        ]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One call of the Bot API."""
        method = request.match_info["method"]
        given = Params({})
        try:
            if request.match_info["token"] != self.token:
                raise Refusal(401, "Unauthorized")
            given = await read_params(request)
            body: JSON = {"ok": True, "result": await self._run(method, given)}
            status, words = 200, "ok"
        except Refusal as refusal:
            body, status, words = refusal.as_json(), refusal.code, refusal.description
        except Lost as lost:
            self._note(method, given, str(lost))
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        self._note(method, given, words)
        return web.json_response(body, status=status)

    def _note(self, method: str, given: Params, words: str) -> None:
        now = self.world.clock.now().timestamp()
        self.log.append(Call(now, method, {**given.values, **dict.fromkeys(given.files)}, words))

    async def _run(self, method: str, given: Params) -> Any:
        """The method's result, unless a fault or a limit comes first."""
        name = method.lower()
        if name != "getupdates" and name not in self.methods:
            raise Refusal(404, "Not Found")
        fault = self.faults.take(method)
        self._fail_before(fault)
        polls.close_due(self.world)
        if self.faults.limits and name in RATED:
            self._check_rate(given)
        result = await self._result(name, given)
        if fault:
            await self._fail_after(method, fault, result)
        return result

    async def _result(self, name: str, given: Params) -> Any:
        if name == "getupdates":
            return await self.updates.get(given)
        return self.methods[name](self.world, given)

    def _fail_before(self, fault: Fault | None) -> None:
        if fault is None:
            return
        if fault.kind is FaultKind.TOO_MANY:
            raise too_many(int(fault.seconds))
        if fault.kind is FaultKind.SERVER_ERROR:
            raise Refusal(502, "Bad Gateway")
        if fault.kind is FaultKind.RESET_BEFORE:
            raise Lost("connection reset before the call")

    async def _fail_after(self, method: str, fault: Fault, result: Any) -> None:
        if fault.kind is FaultKind.LOST_AFTER:
            raise Lost("connection lost after the call")
        if fault.kind is FaultKind.STALL:
            await asyncio.sleep(fault.seconds)
        if fault.kind is FaultKind.DUPLICATE_UPDATES:
            self.updates.doubled = result
            if not result:
                self.faults.add(method, fault)

    def _check_rate(self, given: Params) -> None:
        chat = chat_named(self.world, given.text("chat_id"))
        group = chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
        if seconds := self.limits.wait(chat.id, group=group):
            raise too_many(seconds)

    async def serve_file(self, request: web.Request) -> web.Response:
        """The bytes of a file the bot may download."""
        path = request.match_info["path"].removeprefix(photos.FOLDER)
        if request.match_info["token"] != self.token or path not in self.world.pictures:
            refusal = Refusal(404, "Not Found")
            return web.json_response(refusal.as_json(), status=refusal.code)
        mime = self.world.photos[path].mime
        return web.Response(body=self.world.pictures[path], content_type=mime)


async def read_params(request: web.Request) -> Params:
    """Parameters of a query, and of a form or JSON body over it; raises Refusal."""
    values: JSON = dict(request.query)
    files: dict[str, bytes] = {}
    if request.content_type == "application/json":
        values |= await _read_json(request)
    elif request.method == "POST":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = value.file.read()
            else:
                values[name] = value.decode() if isinstance(value, bytes) else value
    return Params(values, files)


async def _read_json(request: web.Request) -> JSON:
    raw = await request.read()
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise bad_request("can't parse request body as JSON") from None
    if not isinstance(body, dict):
        raise bad_request("JSON object expected in the request body")
    return body
