"""The palette's matching: what is found, what comes first, which letters are marked."""

from httpdesk.ui.palette_match import match


def marked(query, title):
    found = match(query, title)
    return found and "".join(title[at] if at in found.hits else "." for at in range(len(title)))


def best(query, *titles):
    found = {title: fit for title in titles if (fit := match(query, title))}
    return sorted(found, key=lambda title: -found[title].score)


def test_a_part_of_a_word_is_found_whatever_its_case():
    assert marked("ORD", "Create order") == ".......ord.."


def test_the_start_of_a_word_is_marked_rather_than_its_middle():
    assert marked("order", "Reorder the order") == "............order"


def test_letters_in_their_order_are_enough():
    assert marked("kbs", "Keyboard shortcuts") == "K..b.....s........"


def test_letters_out_of_order_are_not():
    assert match("sbk", "Keyboard") is None


def test_words_may_come_in_any_order():
    assert marked("orders list", "List orders") == "List.orders"


def test_every_word_must_fit():
    assert match("list customers", "List orders") is None


def test_a_word_may_fit_what_stands_around_the_title():
    assert match("acme list", "List orders", "Acme Shop / Orders") is not None
    assert match("nowhere list", "List orders", "Acme Shop / Orders") is None


def test_an_empty_query_fits_everything_and_marks_nothing():
    assert marked("", "Send") == "...."


def test_a_whole_word_comes_before_scattered_letters():
    assert best("ord", "On red", "Create order") == ["Create order", "On red"]


def test_a_title_that_starts_with_the_word_comes_first():
    assert best("order", "Create order", "Order exists") == ["Order exists", "Create order"]
