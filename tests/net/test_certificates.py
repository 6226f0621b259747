"""Certificates of servers, read for showing: no server may stop that."""

import hashlib
import ssl

import pytest
from cryptography import x509

from httpdesk.net import certificates
from tests.peers.certificates import authority


@pytest.fixture
def good():
    """A certificate as it comes over the wire."""
    leaf = authority().issue_cert("localhost").cert_chain_pems[0]
    return ssl.PEM_cert_to_DER_cert(leaf.bytes().decode())


def test_a_certificate_is_read(good):
    assert certificates.read(good).subject


@pytest.mark.parametrize("cut", [0, 1, 10, 100])
def test_half_a_certificate_keeps_its_fingerprint(good, cut):
    read = certificates.read(good[:cut])
    assert (read.subject, read.sha256) == ("", hashlib.sha256(good[:cut]).hexdigest())


def test_a_version_that_nobody_knows_is_no_fault_of_the_send(good):
    odd = good.replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020109"), 1)
    assert odd != good
    assert certificates.read(odd).sha256 == hashlib.sha256(odd).hexdigest()


def test_an_extension_that_is_there_twice_is_no_fault_of_the_send(good):
    # Another extension takes the number of subjectAltName or of the first one: each is then there twice.
    found = x509.load_der_x509_certificate(good).extensions
    numbers = [bytes([6, 3, 0x55, 0x1D, int(each.oid.dotted_string.split(".")[-1])]) for each in found][:2]
    odd = good.replace(numbers[1], numbers[0])
    assert odd != good
    assert certificates.read(odd).sha256 == hashlib.sha256(odd).hexdigest()
