"""Everything of a request comes back from its file, whatever it held before."""

import msgspec
from hypothesis import HealthCheck, given, settings

from httpdesk.store import merging, request_file, yaml_change, yaml_read
from httpdesk.store.blank import request_without_secrets
from tests.store.requests import requests

CALM = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def merge(raw, old, wanted):
    new = merging.merged(raw, request_file.write(old), request_file.write(wanted))
    assert isinstance(new, dict)
    return new


@CALM
@given(requests())
def test_a_new_file_holds_all_of_a_request_apart_from_secrets(request):
    values = request_file.new("A name", 1000, request)
    data = yaml_change.written(values, "x.yml")
    assert request_file.read(yaml_read.mapping(data, "x.yml"), "x") == request_without_secrets(request)


@CALM
@given(requests(), requests())
def test_a_save_over_another_request_holds_all_of_the_new_one(first, second):
    raw = request_file.new("A name", 1000, first)
    raw["mine"] = {"kept": [1, None, {"a": [[]]}]}
    data = yaml_change.written(raw, "x.yml") + b"# the last word\n"
    old = request_file.read(raw, "x")
    wanted = request_file.may_be_written(second, old)
    changed = yaml_change.changed(data, raw, merge(raw, old, wanted), "x.yml")
    values = yaml_read.mapping(changed, "x.yml")
    assert request_file.read(values, "x") == wanted
    assert values["mine"] == raw["mine"]
    assert values["info"] == raw["info"]


@CALM
@given(requests(), requests())
def test_a_change_of_one_field_touches_no_other_line(first, second):
    raw = request_file.new("A name", 1000, first)
    data = yaml_change.written(raw, "x.yml")
    old = request_file.read(raw, "x")
    wanted = msgspec.structs.replace(old, method="PATCH" if old.method != "PATCH" else "PUT")
    changed = yaml_change.changed(data, raw, merge(raw, old, wanted), "x.yml")
    before, after = data.split(b"\n"), changed.split(b"\n")
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1
