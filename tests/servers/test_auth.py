"""Routes that need credentials."""

import aiohttp

from tests.servers.client import echo, get_json


async def test_basic_auth_opens_to_the_right_pair_only():
    async with echo() as (_server, client):
        answer, shown = await get_json(client, "/auth/basic")
        assert answer.status == 401
        assert answer.headers["WWW-Authenticate"].startswith("Basic ")
        assert "httpdesk" in shown["try"]
        answer, _shown = await get_json(client, "/auth/basic", headers={"Authorization": "Basic ###"})
        assert answer.status == 401
        answer, shown = await get_json(client, "/auth/basic", headers=basic("httpdesk", "wrong"))
        assert (answer.status, shown["error"]) == (401, "User name or password is wrong.")
        answer, shown = await get_json(client, "/auth/basic", headers=basic("httpdesk", "secret"))
        assert (answer.status, shown["user"]) == (200, "httpdesk")
        answer, shown = await get_json(client, "/auth/basic?user=zoé&password=a:b", headers=basic("zoé", "a:b"))
        assert answer.status == 200


def basic(user, password):
    return {"Authorization": aiohttp.encode_basic_auth(user, password, "utf-8")}


async def test_bearer_auth_opens_to_the_token_only():
    async with echo() as (_server, client):
        answer, _shown = await get_json(client, "/auth/bearer")
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="httpdesk echo"'
        answer, _shown = await get_json(client, "/auth/bearer", headers={"Authorization": "Bearer wrong"})
        assert answer.status == 401
        assert "invalid_token" in answer.headers["WWW-Authenticate"]
        answer, _shown = await get_json(client, "/auth/bearer", headers={"Authorization": "Bearer secret"})
        assert answer.status == 200
        answer, _shown = await get_json(client, "/auth/bearer?token=t1", headers={"Authorization": "bearer t1"})
        assert answer.status == 200


async def test_an_api_key_opens_from_header_and_query():
    async with echo() as (_server, client):
        answer, shown = await get_json(client, "/auth/apikey")
        assert (answer.status, "X-Api-Key: secret" in shown["try"]) == (401, True)
        answer, _shown = await get_json(client, "/auth/apikey", headers={"x-api-key": "wrong"})
        assert answer.status == 401
        answer, shown = await get_json(client, "/auth/apikey", headers={"x-api-key": "secret"})
        assert (answer.status, shown["in"]) == (200, "header")
        answer, shown = await get_json(client, "/auth/apikey?name=api_key&key=k1&api_key=k1")
        assert (answer.status, shown["in"]) == (200, "query")
