"""What HTML says about its elements: which are void, part of a text, verbatim, or end without an end tag."""

# No content, no end tag (HTML Standard, 13.1.2).
VOID = frozenset(
    b"area base br col embed hr img input link meta param source track wbr".split(),
)
# Part of a line of text: a line break before or behind them could be seen.
INLINE = frozenset(
    b"a abbr acronym b bdi bdo big br button cite code data del dfn em font i img input ins kbd label mark q s samp"
    b" small span strike strong sub sup time tt u var wbr".split(),
)
# White space counts in these, and "<" is text in most.
VERBATIM = frozenset(b"pre textarea script style".split())
# A start tag that ends elements which are still open.
ENDS = {
    b"li": frozenset({b"li"}),
    b"dt": frozenset({b"dt", b"dd"}),
    b"dd": frozenset({b"dt", b"dd"}),
    b"option": frozenset({b"option"}),
    b"td": frozenset({b"td", b"th"}),
    b"th": frozenset({b"td", b"th"}),
    b"tr": frozenset({b"td", b"th", b"tr"}),
    b"p": frozenset({b"p"}),
    b"div": frozenset({b"p"}),
    b"ul": frozenset({b"p"}),
    b"ol": frozenset({b"p"}),
    b"table": frozenset({b"p"}),
}
