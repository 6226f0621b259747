import os

import msgspec
import pytest

from httpdesk.core.environment import Environment, Variable
from httpdesk.core.problem import Problem

STAGING = "petshop/environments/Staging.yml"


def test_environments_are_read_from_the_workspace_and_its_collections(shop):
    shop.save_environment(Environment(name="Local", variables=(Variable(name="base", value="http://l"),)), "")
    assert (shop.folder / "environments/Local.yml").is_file()
    local, staging = shop.environments()
    assert local.name == "Local"
    assert (staging.name, staging.color) == ("Staging", "#E0A100")
    assert staging.variables == (
        Variable(name="base", value="https://staging.petshop.example"),
        Variable(name="client_id", value="desk"),
        Variable(name="client_secret", secret=True),
        Variable(name="page_size", value="10", enabled=False),
    )


def test_a_save_goes_back_where_the_environment_came_from_and_keeps_comments(shop, diff):
    before = (shop.folder / STAGING).read_text()
    (staging,) = shop.environments()
    rows = (*staging.variables[:3], Variable(name="page_size", value="20"), Variable(name="region", value="on"))
    shop.save_environment(Environment(name="Staging", color="#123456", variables=rows), "Staging")
    assert diff(before, (shop.folder / STAGING).read_text()) == [
        '-color: "#E0A100"',
        '+color: "#123456"',
        '-      data: "10"',
        "-    disabled: true",
        '+      data: "20"',
        "+  - name: region",
        '+    value: "on"',
    ]
    assert shop.environments()[0].variables == rows


def test_secret_values_reach_no_file(shop):
    rows = (Variable(name="key", value="CANARY", secret=True), Variable(name="plain", value="seen"))
    shop.save_environment(Environment(name="Local", variables=rows), "")
    shop.save_environment(Environment(name="Local", variables=(rows[0],)), "Local")
    assert "CANARY" not in (shop.folder / "environments/Local.yml").read_text()
    shop.save_environment(Environment(name="Local", variables=(Variable(name="key", value="open"),)), "Local")
    shop.save_environment(Environment(name="Local", variables=(Variable(name="key", secret=True),)), "Local")
    assert "open" not in (shop.folder / "environments/Local.yml").read_text()


def test_a_new_name_is_a_new_file_name(shop):
    shop.environments()
    shop.save_environment(Environment(name="Production"), "Staging")
    assert not (shop.folder / STAGING).exists()
    assert [environment.name for environment in shop.environments()] == ["Production"]
    assert (shop.folder / "petshop/environments/Production.yml").read_text() == "name: Production\n"


def test_names_are_unique(shop):
    (shop.folder / "environments").mkdir()
    (shop.folder / "environments/Staging.yml").write_text("name: Staging\n")
    assert [environment.name for environment in shop.environments()] == ["Staging", "Staging (petshop)"]
    shop.save_environment(Environment(name="Staging (petshop)", color="#111111"), "Staging (petshop)")
    text = (shop.folder / STAGING).read_text()
    assert text.startswith('name: Staging\ncolor: "#111111"\n')
    with pytest.raises(Problem, match="already"):
        shop.save_environment(Environment(name="Staging"), "Staging (petshop)")


def test_a_file_that_cannot_be_read_is_named_and_left_alone(shop):
    bad = shop.folder / "petshop/environments/Bad.yml"
    bad.write_text("name: [\n")
    assert [environment.name for environment in shop.environments()] == ["Staging"]
    assert "Bad.yml can't be read" in str(shop.environment_faults[0])
    assert bad.read_text() == "name: [\n"


def test_a_deleted_environment_can_be_restored(shop):
    shop.environments()
    trash_id = shop.delete_environment("Staging")
    assert shop.environments() == ()
    shop.restore(trash_id)
    assert [environment.name for environment in shop.environments()] == ["Staging"]
    with pytest.raises(Problem, match="no environment"):
        shop.delete_environment("Nope")


@pytest.mark.skipif(os.name == "nt", reason="a link needs rights that not every user has")
def test_a_save_over_what_another_program_wrote_is_refused_behind_a_link_too(shop):
    """After one save the stamp of a link lay where nobody looked, and the next save overwrote."""
    real = shop.folder / "petshop" / "real.yml"
    (shop.folder / STAGING).rename(real)
    (shop.folder / STAGING).symlink_to(real)
    shop.environments()
    shop.save_environment(Environment(name="Staging", color="#111111"), "Staging")
    real.write_text("name: Staging\ncolor: theirs\n")
    with pytest.raises(Problem, match="changed by another program"):
        shop.save_environment(Environment(name="Staging", color="#222222"), "Staging")
    assert "theirs" in real.read_text()


def test_a_save_over_what_another_program_wrote_is_refused(shop):
    shop.environments()
    (shop.folder / STAGING).write_text("name: Staging\ncolor: theirs\n")
    with pytest.raises(Problem, match="changed by another program"):
        shop.save_environment(Environment(name="Staging", color="#111111"), "Staging")
    assert "theirs" in (shop.folder / STAGING).read_text()


def test_protection_is_an_extension_at_the_end_of_the_file(shop, diff):
    before = (shop.folder / STAGING).read_text()
    (staging,) = shop.environments()
    assert not staging.protected
    shop.save_environment(msgspec.structs.replace(staging, protected=True), "Staging")
    added = ["+extensions:", "+  httpdesk:", "+    protected: true"]
    assert diff(before, (shop.folder / STAGING).read_text()) == added
    assert shop.environments()[0].protected
    shop.save_environment(staging, "Staging")
    assert not shop.environments()[0].protected
    assert (shop.folder / STAGING).read_text().strip() == before.strip()
