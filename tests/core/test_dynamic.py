"""Dynamic values: the documented names, the form of each, arguments."""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from httpdesk.core import dynamic
from httpdesk.core.dynamic import DYNAMIC

LIST = Path(__file__).parents[2] / "resources/dynamic-values.md"
WORD = r"[A-Za-z0-9][\w/+.-]*"
NAME = r"[A-Z][a-z]+"
HOST = r"[a-z]+\.example\.(com|net|org)"
USER = r"[A-Z][a-z]+[._][A-Z][a-z]+\d{1,2}"
DATE = r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d GMT\+0000 \(Coordinated Universal Time\)"
PICTURE = r"https://[\w.]+/640/480/[a-z]+\?lock=\d+"
LOREM = r"[a-z]+"
SENTENCE = r"[A-Z][a-z]*( [a-z]+)*\."
FORMS = {
    **dict.fromkeys(
        ("$guid", "$uuid", "$randomUUID"), r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    ),
    "$timestamp": r"\d{10}",
    "$timestampMs": r"\d{13}",
    "$isoTimestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",
    "$randomAlphaNumeric": r"[A-Za-z0-9]",
    "$randomBoolean": r"true|false",
    "$randomInt": r"\d{1,3}|1000",
    "$randomHex": r"[0-9a-f]{32}",
    "$randomHexColor": r"#[0-9a-f]{6}",
    "$randomIP": r"(\d{1,3}\.){3}\d{1,3}",
    "$randomIPV6": r"([0-9a-f]{4}:){7}[0-9a-f]{4}",
    "$randomMACAddress": r"([0-9a-f]{2}:){5}[0-9a-f]{2}",
    "$randomPassword": r"[A-Za-z0-9]{15}",
    "$randomLocale": r"[a-z]{2}",
    "$randomUserAgent": r"Mozilla/5\.0 \(.+\) Gecko/\d+ Firefox/\d+\.0",
    "$randomProtocol": r"https?",
    "$randomSemver": r"\d\.\d\.\d",
    "$randomFirstName": NAME,
    "$randomLastName": NAME,
    "$randomFullName": f"{NAME} {NAME}",
    "$randomNamePrefix": r"[A-Z][a-z]+\.?",
    "$randomJobTitle": f"{NAME} {NAME} {NAME}",
    "$randomPhoneNumber": r"2\d\d-555-01\d\d",
    "$randomPhoneNumberExt": r"\d\d-2\d\d-555-01\d\d",
    "$randomCity": NAME,
    "$randomStreetName": f"{NAME} {NAME}",
    "$randomStreetAddress": rf"\d+ {NAME} {NAME}",
    "$randomCountry": r"[A-Z][A-Za-z' ]+",
    "$randomCountryCode": r"[A-Z]{2}",
    "$randomLatitude": r"-?\d{1,2}\.\d{4}",
    "$randomLongitude": r"-?\d{1,3}\.\d{4}",
    "$randomImageDataUri": r"data:image/svg\+xml;charset=UTF-8,[\w%.-]+",
    "$randomBankAccount": r"\d{8}",
    "$randomBankAccountName": r"[A-Z][A-Za-z ]+ Account",
    "$randomCreditCardMask": r"\d{4}",
    "$randomBankAccountBic": r"[A-Z]{7}1",
    "$randomBankAccountIban": r"DE\d{20}|GB\d\d[A-Z]{4}\d{14}",
    "$randomCurrencyCode": r"[A-Z]{3}",
    "$randomCurrencyName": r"[A-Z][A-Za-z ]+",
    "$randomCurrencySymbol": r"\S{1,2}",
    "$randomBitcoin": r"3[1-9A-HJ-NP-Za-km-z]{26,33}",
    "$randomCompanyName": rf"{NAME} {WORD}",
    "$randomBs": rf"{WORD} {WORD} {WORD}",
    "$randomCatchPhrase": rf"{WORD} {WORD} {WORD}( {WORD})?",
    "$randomCatchPhraseNoun": rf"{WORD}( {WORD})?",
    **dict.fromkeys(("$randomDateFuture", "$randomDatePast", "$randomDateRecent"), DATE),
    "$randomWeekday": r"[A-Z][a-z]+day",
    "$randomDomainName": HOST,
    "$randomEmail": f"{USER}@{HOST}",
    "$randomExampleEmail": rf"{USER}@example\.com",
    "$randomUserName": USER,
    "$randomUrl": f"https://{HOST}",
    "$randomFilePath": r"(/\w+)+\.\w+",
    "$randomDirectoryPath": r"(/\w+)+",
    "$randomMimeType": r"[a-z]+/[a-z0-9+.-]+",
    "$randomNameSuffix": r"[A-Za-z]+\.?",
    "$randomPrice": r"\d{1,4}\.\d\d",
    "$randomProductName": rf"{NAME} {NAME} {NAME}",
    "$randomWords": rf"{WORD}( {WORD}){{1,5}}",
    "$randomPhrase": r"[A-Z][^{}]+\.",
    "$randomLoremWord": LOREM,
    "$randomLoremWords": f"{LOREM} {LOREM} {LOREM}",
    "$randomLoremSentence": SENTENCE,
    "$randomLoremSlug": f"{LOREM}-{LOREM}-{LOREM}",
    **dict.fromkeys(
        ("$randomLoremSentences", "$randomLoremParagraph", "$randomLoremText"), f"{SENTENCE}( {SENTENCE})*"
    ),
    "$randomLoremParagraphs": f"{SENTENCE}( {SENTENCE})*(\n\n{SENTENCE}( {SENTENCE})*){{2}}",
    "$randomLoremLines": f"{SENTENCE}(\n{SENTENCE})*",
}


@pytest.mark.parametrize("name", DYNAMIC)
def test_every_value_has_its_form(name):
    form = FORMS.get(name, PICTURE if "Image" in name else WORD)
    for _ in range(50):
        made = dynamic.value(name)
        assert made is not None
        assert re.fullmatch(form, made), made


def test_the_list_for_readers_names_each_value_and_nothing_else():
    lines = [line for line in LIST.read_text("utf-8").splitlines() if line.startswith("| `$")]
    assert lines == [
        f"| `{name}` | {each.about} | {f'`{{{{{name} {each.usage}}}}}`' if each.usage else ''} |"
        for name, each in DYNAMIC.items()
    ]


def test_what_is_no_dynamic_value_is_none():
    assert dynamic.value("$nothing") is None
    assert dynamic.value("guid") is None
    assert dynamic.value("$randomint") is None


def test_a_range_of_whole_numbers():
    assert {dynamic.value("$randomInt 1 3") for _ in range(200)} == {"1", "2", "3"}
    assert {dynamic.value("$randomInt  3  1") for _ in range(200)} == {"1", "2", "3"}
    assert dynamic.value("$randomInt -7 -7") == "-7"
    assert {dynamic.value("$randomInt 5") for _ in range(50)} <= {str(number) for number in range(5, 1001)}


def test_a_moment_before_or_after_now():
    def now():
        return datetime.now(UTC).timestamp()

    assert abs(int(dynamic.value("$timestamp -3 h") or 0) - (now() - 3 * 3600)) < 5
    assert abs(int(dynamic.value("$timestampMs 2 d") or 0) / 1000 - (now() + 2 * 86_400)) < 5
    moved = datetime.fromisoformat((dynamic.value("$isoTimestamp 1 w") or "").replace("Z", "+00:00"))
    assert abs(moved.timestamp() - (now() + 7 * 86_400)) < 5


def test_a_length():
    assert len(dynamic.value("$randomPassword 24") or "") == 24
    assert len(dynamic.value("$randomHex 8") or "") == 8
    assert len((dynamic.value("$randomLoremWords 12") or "").split()) == 12


@pytest.mark.parametrize(
    "text",
    [
        *("$guid 3", "$randomInt a b", "$randomInt 1 2 3", "$timestamp 3 months", "$isoTimestamp 9e99 d"),
        *("$randomHex -1", "$randomHex 99999999999", "$randomPassword nan", "$randomCity 2"),
    ],
)
def test_arguments_that_make_no_sense_make_no_value(text):
    assert dynamic.value(text) is None


def test_the_check_digits_of_an_iban_are_right():
    for _ in range(100):
        number = dynamic.value("$randomBankAccountIban") or ""
        assert int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def test_dates_lie_where_they_should():
    def moment(name):
        return datetime.strptime((dynamic.value(name) or "")[4:24], "%b %d %Y %H:%M:%S").replace(tzinfo=UTC)

    for _ in range(20):
        assert moment("$randomDatePast") < datetime.now(UTC) < moment("$randomDateFuture")
        assert 0 <= (datetime.now(UTC) - moment("$randomDateRecent")).total_seconds() < 86_402


def test_the_words_are_not_read_before_a_value_needs_them():
    """They would make the start of the program longer."""
    code = "import sys, httpdesk.core.environment; sys.exit('httpdesk.core.dynamic_words' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
