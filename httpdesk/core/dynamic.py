"""Dynamic values: what {{$guid}}, {{$randomFirstName}} and the like stand for, new at each use.

The names are those that Postman documents. Nothing made here belongs to anyone: mail addresses, hosts and telephone
numbers are those that are reserved for examples (RFC 2606); only $randomIP may be of a real host.
"""

import secrets
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from string import ascii_letters, ascii_uppercase, digits
from typing import NamedTuple

_CHOICE = secrets.SystemRandom()
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_DAY_S = 86_400
_LONGEST = 10_000
_PICTURES, _SVG_URI = (
    "https://loremflickr.com/640/480",
    "data:image/svg+xml;charset=UTF-8,%3Csvg%20xmlns%3D%22http%3A%2F%2F",
)


class Dynamic(NamedTuple):
    """What a name makes, in words, and the function that makes it; `usage` shows the arguments that it takes."""

    about: str
    make: Callable[..., str]
    usage: str = ""


def value(text: str) -> str | None:
    """A new value for a name with its arguments, as "$randomInt 1 6"; None for what is no dynamic value."""
    name, *arguments = text.split()
    dynamic = DYNAMIC.get(name)
    if dynamic is None or (arguments and not dynamic.usage):
        return None
    try:
        return dynamic.make(*arguments)
    except (TypeError, ValueError, OverflowError, KeyError):
        return None  # arguments that make no sense


# -- parts


def _pick(name: str) -> str:
    from httpdesk.core.dynamic_words import words

    return secrets.choice(words(name))


def _of(name: str) -> Callable[[], str]:
    return lambda: _pick(name)


def _some(name: str, fewest: int, most: int) -> str:
    return " ".join(_pick(name) for _ in range(_CHOICE.randint(fewest, most)))


def _signs(alphabet: str, count: int) -> str:
    return "".join(secrets.choice(alphabet) for _ in range(count))


def _digits(pattern: str) -> str:
    """The pattern with a digit in the place of each #."""
    return "".join(secrets.choice(digits) if sign == "#" else sign for sign in pattern)


def _count(text: str) -> int:
    count = int(text)
    if not 0 <= count <= _LONGEST:
        raise ValueError(text)
    return count


def _decimal(lowest: float, highest: float, places: int) -> str:
    return f"{_CHOICE.uniform(lowest, highest):.{places}f}"


# -- time and numbers


def _moved(amount: str, unit: str) -> float:
    """Now, moved by "-3" "h" and the like, in seconds since 1970."""
    return time.time() + float(amount) * _UNITS_S[unit]


def _iso(amount: str = "0", unit: str = "s") -> str:
    moment = datetime.fromtimestamp(_moved(amount, unit), UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _date(from_s: int, to_s: int) -> str:
    """A moment so far from now, as JavaScript writes a date; strftime would write it in the system's language."""
    moment = datetime.now(UTC) + timedelta(seconds=_CHOICE.randint(from_s, to_s))
    from httpdesk.core.dynamic_words import words

    day, month = words("weekday")[moment.weekday()][:3], words("month")[moment.month - 1][:3]
    return f"{day} {month} {moment:%d %Y %H:%M:%S} GMT+0000 (Coordinated Universal Time)"


def _int(first: str = "0", second: str = "1000") -> str:
    low, high = sorted((int(first), int(second)))
    return str(_CHOICE.randint(low, high))


# -- words


def _name() -> str:
    return f"{_pick('first')} {_pick('last')}"


def _user_name() -> str:
    return f"{_pick('first')}{_pick_of('._')}{_pick('last')}{_CHOICE.randint(1, 99)}"


def _pick_of(signs: str) -> str:
    return secrets.choice(signs)


def _city() -> str:
    return f"{_pick('city_start')}{_pick('city_end')}"


def _street() -> str:
    return f"{_pick('last')} {_pick('street_end')}"


def _host() -> str:
    return f"{_pick('first').lower()}.example.{secrets.choice(('com', 'net', 'org'))}"


def _agent() -> str:
    system = secrets.choice(("Windows NT 10.0; Win64; x64", "X11; Linux x86_64", "Macintosh; Intel Mac OS X 10.15"))
    version = _CHOICE.randint(115, 150)
    return f"Mozilla/5.0 ({system}; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"


def _phrase() -> str:
    from httpdesk.core.dynamic_words import PHRASES

    words = secrets.choice(PHRASES)
    while "{" in words:
        before, _, rest = words.partition("{")
        name, _, after = rest.partition("}")
        words = f"{before}{_pick(name)}{after}"
    return words[:1].upper() + words[1:]


def _sentence() -> str:
    return _some("lorem", 3, 10).capitalize() + "."


def _sentences(fewest: int, most: int, between: str = " ") -> str:
    return between.join(_sentence() for _ in range(_CHOICE.randint(fewest, most)))


def _lorem_words(count: str = "3") -> str:
    return _some("lorem", _count(count), _count(count))


# -- money and files


def _iban() -> str:
    """A German or British number whose check digits are right (ISO 13616)."""
    country, rest = secrets.choice((("DE", _digits("#" * 18)), ("GB", _signs(ascii_uppercase, 4) + _digits("#" * 14))))
    number = int("".join(str(int(sign, 36)) for sign in f"{rest}{country}00"))
    return f"{country}{98 - number % 97:02d}{rest}"


def _currency(code: bool) -> str:
    short, _, long = _pick("currency").partition(" ")
    return short if code else long


def _file(name: str, part: int) -> str:
    """A part of an entry such as "image/png:png": type, "image", or ending."""
    kind, _, ending = _pick(name).partition(":")
    return (kind, kind.partition("/")[0], ending)[part]


def _file_name(name: str) -> str:
    return f"{_pick('adjective').replace('-', '_')}_{_pick('noun')}.{_file(name, 2)}"


def _picture(subject: str) -> Dynamic:
    return Dynamic(
        f"the address of a picture: {subject}", lambda: f"{_PICTURES}/{subject}?lock={_CHOICE.randint(1, 9999)}"
    )


def _data_uri() -> str:
    color = f"%23{secrets.token_hex(3)}"
    shape = f"%3Crect%20width%3D%22100%25%22%20height%3D%22100%25%22%20fill%3D%22{color}%22%2F%3E%3C%2Fsvg%3E"
    return f"{_SVG_URI}www.w3.org%2F2000%2Fsvg%22%20width%3D%22640%22%20height%3D%22480%22%3E{shape}"


def _uuid() -> str:
    return str(uuid.uuid4())


DYNAMIC: dict[str, Dynamic] = {
    "$guid": Dynamic("a UUID, version 4", _uuid),
    "$uuid": Dynamic("a UUID, version 4", _uuid),
    "$randomUUID": Dynamic("a UUID, version 4", _uuid),
    "$timestamp": Dynamic("now, in seconds since 1970", lambda n="0", unit="s": str(int(_moved(n, unit))), "-3 h"),
    "$timestampMs": Dynamic(
        "now, in milliseconds since 1970", lambda n="0", unit="s": str(int(_moved(n, unit) * 1000)), "-3 h"
    ),
    "$isoTimestamp": Dynamic("now, as ISO 8601 in UTC", _iso, "-3 h"),
    # Text, numbers, colours
    "$randomAlphaNumeric": Dynamic("a letter or digit", lambda: _signs(ascii_letters + digits, 1)),
    "$randomBoolean": Dynamic("true or false", lambda: secrets.choice(("true", "false"))),
    "$randomInt": Dynamic("a whole number, 0 to 1000", _int, "1 6"),
    "$randomHex": Dynamic(
        "hexadecimal digits, 32 of them", lambda count="32": _signs("0123456789abcdef", _count(count)), "8"
    ),
    "$randomColor": Dynamic("the name of a colour", _of("color")),
    "$randomHexColor": Dynamic("a colour as #rrggbb", lambda: f"#{secrets.token_hex(3)}"),
    "$randomAbbreviation": Dynamic("a technical abbreviation", _of("abbreviation")),
    # Internet
    "$randomIP": Dynamic("an IPv4 address", lambda: ".".join(_int("1", "254") for _ in range(4))),
    "$randomIPV6": Dynamic("an IPv6 address", lambda: ":".join(secrets.token_hex(2) for _ in range(8))),
    "$randomMACAddress": Dynamic("a MAC address", lambda: ":".join(secrets.token_hex(1) for _ in range(6))),
    "$randomPassword": Dynamic(
        "letters and digits, 15 of them", lambda count="15": _signs(ascii_letters + digits, _count(count)), "24"
    ),
    "$randomLocale": Dynamic("a language code of two letters", _of("locale")),
    "$randomUserAgent": Dynamic("what a browser calls itself", _agent),
    "$randomProtocol": Dynamic("http or https", lambda: secrets.choice(("http", "https"))),
    "$randomSemver": Dynamic("a version number", lambda: _digits("#.#.#")),
    # Names and jobs
    "$randomFirstName": Dynamic("a first name", _of("first")),
    "$randomLastName": Dynamic("a last name", _of("last")),
    "$randomFullName": Dynamic("a first and a last name", _name),
    "$randomNamePrefix": Dynamic("what goes before a name", _of("prefix")),
    "$randomNameSuffix": Dynamic("what goes behind a name", _of("suffix")),
    "$randomJobArea": Dynamic("where somebody works", _of("job_area")),
    "$randomJobDescriptor": Dynamic("the rank of a job", _of("job_descriptor")),
    "$randomJobTitle": Dynamic(
        "a job's title", lambda: f"{_pick('job_descriptor')} {_pick('job_area')} {_pick('job_type')}"
    ),
    "$randomJobType": Dynamic("a kind of job", _of("job_type")),
    # Places
    "$randomPhoneNumber": Dynamic("a telephone number of ten digits", lambda: _digits("2##-555-01##")),
    "$randomPhoneNumberExt": Dynamic("a telephone number of twelve digits", lambda: _digits("##-2##-555-01##")),
    "$randomCity": Dynamic("a city", _city),
    "$randomStreetName": Dynamic("a street", _street),
    "$randomStreetAddress": Dynamic("a street with a number", lambda: f"{_int('1', '9999')} {_street()}"),
    "$randomCountry": Dynamic("a country", _of("country")),
    "$randomCountryCode": Dynamic("a country's two letters (ISO 3166-1)", _of("country_code")),
    "$randomLatitude": Dynamic("a latitude", lambda: _decimal(-90, 90, 4)),
    "$randomLongitude": Dynamic("a longitude", lambda: _decimal(-180, 180, 4)),
    # Pictures
    "$randomAvatarImage": _picture("face"),
    "$randomImageUrl": _picture("all"),
    "$randomAbstractImage": _picture("abstract"),
    "$randomAnimalsImage": _picture("animals"),
    "$randomBusinessImage": _picture("business"),
    "$randomCatsImage": _picture("cats"),
    "$randomCityImage": _picture("city"),
    "$randomFoodImage": _picture("food"),
    "$randomNightlifeImage": _picture("nightlife"),
    "$randomFashionImage": _picture("fashion"),
    "$randomPeopleImage": _picture("people"),
    "$randomNatureImage": _picture("nature"),
    "$randomSportsImage": _picture("sports"),
    "$randomTransportImage": _picture("transport"),
    "$randomImageDataUri": Dynamic("a picture as a data: address", _data_uri),
    # Money
    "$randomBankAccount": Dynamic("an account number of eight digits", lambda: _digits("########")),
    "$randomBankAccountName": Dynamic("a kind of account", lambda: f"{_pick('bank_account_name')} Account"),
    "$randomCreditCardMask": Dynamic("the last four digits of a card", lambda: _digits("####")),
    "$randomBankAccountBic": Dynamic(
        "a bank's code (BIC)",
        lambda: f"{_signs(ascii_uppercase, 4)}{_pick('country_code')}{_signs(ascii_uppercase, 1)}1",
    ),
    "$randomBankAccountIban": Dynamic("an IBAN with right check digits", _iban),
    "$randomTransactionType": Dynamic("a kind of payment", _of("transaction")),
    "$randomCurrencyCode": Dynamic("a currency's three letters (ISO 4217)", lambda: _currency(code=True)),
    "$randomCurrencyName": Dynamic("a currency", lambda: _currency(code=False)),
    "$randomCurrencySymbol": Dynamic("a currency's sign", _of("currency_symbol")),
    "$randomBitcoin": Dynamic(
        "what looks like a Bitcoin address", lambda: f"3{_signs(_BASE58, _CHOICE.randint(26, 33))}"
    ),
    # Business
    "$randomCompanyName": Dynamic("a company", lambda: f"{_pick('last')} {_pick('company_suffix')}"),
    "$randomCompanySuffix": Dynamic("what goes behind a company's name", _of("company_suffix")),
    "$randomBs": Dynamic("what managers say", lambda: f"{_pick('bs_buzz')} {_pick('bs_adjective')} {_pick('bs_noun')}"),
    "$randomBsAdjective": Dynamic("an adjective of managers", _of("bs_adjective")),
    "$randomBsBuzz": Dynamic("a verb of managers", _of("bs_buzz")),
    "$randomBsNoun": Dynamic("a noun of managers", _of("bs_noun")),
    "$randomCatchPhrase": Dynamic(
        "what advertising says",
        lambda: f"{_pick('phrase_adjective')} {_pick('phrase_descriptor')} {_pick('phrase_noun')}",
    ),
    "$randomCatchPhraseAdjective": Dynamic("an adjective of advertising", _of("phrase_adjective")),
    "$randomCatchPhraseDescriptor": Dynamic("a second adjective of advertising", _of("phrase_descriptor")),
    "$randomCatchPhraseNoun": Dynamic("a noun of advertising", _of("phrase_noun")),
    # Databases
    "$randomDatabaseColumn": Dynamic("a column's name", _of("db_column")),
    "$randomDatabaseType": Dynamic("a column's type", _of("db_type")),
    "$randomDatabaseCollation": Dynamic("a collation", _of("db_collation")),
    "$randomDatabaseEngine": Dynamic("a storage engine", _of("db_engine")),
    # Dates
    "$randomDateFuture": Dynamic("a moment in the next year", lambda: _date(1, 365 * _DAY_S)),
    "$randomDatePast": Dynamic("a moment in the last year", lambda: _date(-365 * _DAY_S, -1)),
    "$randomDateRecent": Dynamic("a moment in the last day", lambda: _date(-_DAY_S, -1)),
    "$randomWeekday": Dynamic("a day of the week", _of("weekday")),
    "$randomMonth": Dynamic("a month", _of("month")),
    # Hosts, mail, users
    "$randomDomainName": Dynamic("a host name that nobody has", _host),
    "$randomDomainSuffix": Dynamic("the end of a host name", _of("domain_suffix")),
    "$randomDomainWord": Dynamic("the first part of a host name", lambda: _pick("first").lower()),
    "$randomEmail": Dynamic("a mail address that nobody has", lambda: f"{_user_name()}@{_host()}"),
    "$randomExampleEmail": Dynamic("a mail address at example.com", lambda: f"{_user_name()}@example.com"),
    "$randomUserName": Dynamic("the name of an account", _user_name),
    "$randomUrl": Dynamic("the address of a site that nobody has", lambda: f"https://{_host()}"),
    # Files
    "$randomFileName": Dynamic("a file's name", lambda: _file_name("file")),
    "$randomFileType": Dynamic("the first part of a MIME type", lambda: _file("file", 1)),
    "$randomFileExt": Dynamic("the ending of a file's name", lambda: _file("file", 2)),
    "$randomCommonFileName": Dynamic("a file's name, of a common type", lambda: _file_name("common_file")),
    "$randomCommonFileType": Dynamic("the first part of a common MIME type", lambda: _file("common_file", 1)),
    "$randomCommonFileExt": Dynamic("the ending of a common file's name", lambda: _file("common_file", 2)),
    "$randomFilePath": Dynamic("the path of a file", lambda: f"{_pick('directory')}/{_file_name('file')}"),
    "$randomDirectoryPath": Dynamic("the path of a folder", _of("directory")),
    "$randomMimeType": Dynamic("a MIME type", lambda: _file("file", 0)),
    # Shops
    "$randomPrice": Dynamic("a price up to 1000.00", lambda: _decimal(0, 1000, 2)),
    "$randomProduct": Dynamic("a thing to buy", _of("product")),
    "$randomProductAdjective": Dynamic("what a thing to buy is like", _of("product_adjective")),
    "$randomProductMaterial": Dynamic("what a thing to buy is made of", _of("material")),
    "$randomProductName": Dynamic(
        "a product's name", lambda: f"{_pick('product_adjective')} {_pick('material')} {_pick('product')}"
    ),
    "$randomDepartment": Dynamic("a department of a shop", _of("department")),
    # Words
    "$randomNoun": Dynamic("a noun", _of("noun")),
    "$randomVerb": Dynamic("a verb", _of("verb")),
    "$randomIngverb": Dynamic("a verb that ends in -ing", _of("ing_verb")),
    "$randomAdjective": Dynamic("an adjective", _of("adjective")),
    "$randomWord": Dynamic("a word", lambda: _pick(secrets.choice(("noun", "verb", "adjective", "product")))),
    "$randomWords": Dynamic("some words", lambda: f"{_some('adjective', 1, 3)} {_some('noun', 1, 3)}"),
    "$randomPhrase": Dynamic("a sentence of a programmer", _phrase),
    "$randomLoremWord": Dynamic("a word of lorem ipsum", _of("lorem")),
    "$randomLoremWords": Dynamic("three words of lorem ipsum", _lorem_words, "12"),
    "$randomLoremSentence": Dynamic("a sentence of lorem ipsum", _sentence),
    "$randomLoremSentences": Dynamic("two to six sentences of lorem ipsum", lambda: _sentences(2, 6)),
    "$randomLoremParagraph": Dynamic("a paragraph of lorem ipsum", lambda: _sentences(3, 6)),
    "$randomLoremParagraphs": Dynamic(
        "three paragraphs of lorem ipsum", lambda: "\n\n".join(_sentences(3, 6) for _ in range(3))
    ),
    "$randomLoremText": Dynamic("lorem ipsum of some length", lambda: _sentences(1, 12)),
    "$randomLoremSlug": Dynamic("words of lorem ipsum for an address", lambda: _lorem_words().replace(" ", "-")),
    "$randomLoremLines": Dynamic("one to five lines of lorem ipsum", lambda: _sentences(1, 5, "\n")),
}
