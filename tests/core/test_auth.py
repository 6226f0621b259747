"""Auth schemes: what each adds, and the fields that draw its form."""

from base64 import b64decode

import msgspec
import pytest

from httpdesk.core.auth import (
    SCHEMES,
    Added,
    ApiKeyAuth,
    Auth,
    BasicAuth,
    BearerAuth,
    InheritAuth,
    NoAuth,
    form_of,
    without_secrets,
)
from httpdesk.core.problem import Problem


@pytest.mark.parametrize(
    ("user", "password"), [("Aladdin", "open sesame"), ("", ""), ("ü", "ß:€"), ("a", ":::"), ("no password", "")]
)
def test_basic_is_utf8_in_base64(user, password):
    ((name, value),) = BasicAuth(username=user, password=password).added().headers
    assert name == "Authorization"
    assert b64decode(value.removeprefix("Basic ")).decode() == f"{user}:{password}"


def test_the_example_of_the_standard():
    """RFC 7617, section 2."""
    added = BasicAuth(username="Aladdin", password="open sesame").added()
    assert added.headers == (("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),)


def test_a_user_name_with_a_colon_is_refused():
    with pytest.raises(Problem, match="cannot hold a colon") as caught:
        BasicAuth(username="a:b").added()
    assert (caught.value.kind, caught.value.where) == ("bad-auth", "auth")


@pytest.mark.parametrize(("prefix", "value"), [("Bearer", "Bearer t"), ("Token", "Token t"), ("", "t")])
def test_bearer_has_a_prefix_of_choice(prefix, value):
    assert BearerAuth(token="t", prefix=prefix).added().headers == (("Authorization", value),)


@pytest.mark.parametrize(
    ("placement", "added"),
    [
        ("header", Added(headers=(("K", "v"),))),
        ("query", Added(query=(("K", "v"),))),
        ("cookie", Added(cookies=(("K", "v"),))),
    ],
)
def test_an_api_key_goes_where_it_is_wanted(placement, added):
    assert ApiKeyAuth(key="K", value="v", placement=placement).added() == added


@pytest.mark.parametrize("placement", ["header", "query", "cookie"])
def test_an_api_key_without_a_name_is_refused(placement):
    with pytest.raises(Problem, match="has no name") as caught:
        ApiKeyAuth(key="", value="v", placement=placement).added()
    assert caught.value.where == "auth"


def test_none_and_inherit_add_nothing():
    assert NoAuth().added() == InheritAuth().added() == Added()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_draws_its_form_and_survives_a_file(scheme):
    assert scheme.title
    form = form_of(scheme)
    assert set(form) == set(scheme.__struct_fields__)
    assert all(field.label for field in form.values())
    assert msgspec.json.decode(msgspec.json.encode(scheme()), type=Auth) == scheme()


def test_secret_fields_are_marked():
    secret = {(scheme, name) for scheme in SCHEMES for name, field in form_of(scheme).items() if field.secret}
    assert secret == {(BasicAuth, "password"), (BearerAuth, "token"), (ApiKeyAuth, "value")}


def test_literal_secrets_are_blanked_and_references_stay():
    assert without_secrets(BasicAuth(username="u", password="p")) == BasicAuth(username="u")
    assert without_secrets(BearerAuth(token="{{token}}")) == BearerAuth(token="{{token}}")
    assert without_secrets(NoAuth()) == NoAuth()
