"""Options of several levels, merged."""

import msgspec
import pytest

from httpdesk.core.options import ClientCertificate, Effective, Options, Proxy, ProxyMode, effective


def test_defaults_are_finite_and_safe():
    defaults = effective()
    assert defaults == Effective()
    assert all(value > 0 for name, value in msgspec.structs.asdict(defaults).items() if name.endswith("_s"))
    assert defaults.verify
    assert not defaults.keep_credentials
    assert defaults.min_tls == "1.2"


def test_the_most_special_level_counts_and_silence_leaves_it_to_the_next():
    request = Options(total_s=5.0, verify=False)
    settings = Options(total_s=60.0, connect_s=1.0, verify=True, min_tls="1.3")
    merged = effective(request, settings)
    assert (merged.total_s, merged.connect_s, merged.verify, merged.min_tls) == (5.0, 1.0, False, "1.3")
    assert merged.sock_read_s == Effective().sock_read_s


def test_zero_empty_and_off_are_choices_too():
    request = Options(total_s=0.0, follow_redirects=False, unverified_hosts=(), ca_file="", max_redirects=0)
    settings = Options(total_s=9.0, follow_redirects=True, unverified_hosts=("a",), ca_file="x", max_redirects=3)
    merged = effective(request, settings)
    assert (merged.total_s, merged.follow_redirects, merged.unverified_hosts, merged.ca_file, merged.max_redirects) == (
        0.0,
        False,
        (),
        "",
        0,
    )


def test_every_option_can_be_overridden():
    assert set(Options.__struct_fields__) == set(Effective.__struct_fields__)
    chosen = Options(
        client_certificate=ClientCertificate(file="a.pem"),
        proxy=Proxy(mode=ProxyMode.NONE),
        encode_url=False,
        cookies=False,
        plain_json=False,
    )
    merged = effective(chosen)
    assert merged.client_certificate.file == "a.pem"
    assert merged.proxy.mode is ProxyMode.NONE
    assert (merged.encode_url, merged.cookies, merged.plain_json) == (False, False, False)


def test_a_host_is_checked_unless_it_or_all_are_excepted():
    options = Effective(unverified_hosts=("dev.local",))
    assert options.verifies("example.com")
    assert not options.verifies("DEV.local")
    assert not Effective(verify=False).verifies("example.com")


def test_hosts_that_are_not_verified_may_be_patterns_in_any_case():
    options = Effective(unverified_hosts=("*.Dev.local", "10.0.0.5", "::1"))
    assert [options.verifies(host) for host in ("api.dev.LOCAL", "10.0.0.5", "::1")] == [False, False, False]
    assert [options.verifies(host) for host in ("dev.local", "10.0.0.50", "example.com")] == [True, True, True]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://proxy:8080/", "proxy:8080"),
        ("proxy:8080", "proxy:8080"),
        ("http://me:CANARY@proxy:1", "proxy:1"),
        ("me:CAN@RY@proxy:1", "proxy:1"),
        (" http://{{proxy}} ", "{{proxy}}"),
        ("", ""),
    ],
)
def test_the_address_of_a_proxy_is_without_its_password(url, address):
    assert Proxy(url=url).address == address
