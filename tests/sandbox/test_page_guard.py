"""Who is kept away from the page: other hosts' names, foreign forms, paths outside, no seats."""

import json

from tests.sandbox.conftest import Line


async def test_only_seats_have_streams(line: Line) -> None:
    for seat in ("1101", "x", ""):
        url = f"{line.house.page_url}page/api/events?seat={seat}"
        async with line.session.get(url) as answer:
            assert answer.status == 400


async def test_the_page_and_its_files_are_served_without_caching(line: Line) -> None:
    async with line.session.get(line.house.page_url) as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
        assert answer.headers["Cache-Control"] == "no-store"
    for path in ("page/none.js", "page/../server.py", "page/%2e%2e/server.py", "page/"):
        async with line.session.get(f"{line.house.page_url}{path}") as answer:
            assert answer.status == 404


async def test_another_hosts_name_is_turned_away(line: Line) -> None:
    headers = {"Host": f"example.org:{line.house.port}"}
    for path in ("", "page/app.js", "page/photo/x", "page/api/events?seat=1001"):
        async with line.session.get(line.house.page_url + path, headers=headers) as answer:
            assert answer.status == 403
    url = f"{line.house.page_url}page/api/send"
    async with line.session.post(url, json={"seat": 1001}, headers=headers) as answer:
        assert answer.status == 403
    by_name = line.house.page_url.replace("127.0.0.1", "localhost")
    async with line.session.get(by_name) as answer:
        assert answer.status == 200


async def test_a_foreign_pages_form_is_turned_away(line: Line) -> None:
    url = f"{line.house.page_url}page/api/send"
    body = json.dumps({"seat": 1001, "chat_id": 1001, "text": "x"})
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        async with line.session.post(url, data=body, headers={"Content-Type": kind}) as answer:
            assert answer.status == 400
    async with line.session.post(f"{line.house.page_url}page/api/fly", json={}) as answer:
        assert answer.status == 404
    for raw in ("{", "[]"):
        headers = {"Content-Type": "application/json"}
        async with line.session.post(url, data=raw, headers=headers) as answer:
            assert answer.status == 400
    assert await line.updates() == []
