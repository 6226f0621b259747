"""Words that dynamic values are made of; imported with the first value that needs one."""

# Every list is our own choice: common words, no brands, no living persons.
_LISTS: dict[str, str] = {
    "first": (
        "Ada Alma Amir Anna Anton Arlo Astrid Bea Boris Bruno Carla Cem Chloe Clara Dario Dina Edda Elif Emil Enzo"
        " Esra Farah Felix Fiona Gabor Gita Greta Hana Hugo Ida Igor Ines Ivan Jonas Juna Kai Karin Kenji Lara Lena"
        " Leo Lin Luca Maja Malik Marta Mila Nadia Nils Nora Olga Omar Oskar Paula Pia Quinn Rafael Rosa Ruth Samir"
        " Sara Sven Tariq Theo Tilda Uma Vera Viktor Wanda Xenia Yara Yusuf Zoe"
    ),
    "last": (
        "Abbott Almeida Andersen Baker Bauer Becker Berg Bianchi Bishop Blanc Brandt Carter Castro Chen Costa Dahl"
        " Danner Dubois Egger Ekholm Falk Farrell Ferrer Fischer Foster Garcia Gruber Haas Hansen Hartley Hoffman"
        " Ivanova Jansen Jensen Kaya Keller Khan Kowalski Kraus Larsen Lehmann Lindgren Lopez Marin Mendes Meyer"
        " Moreau Nakamura Novak Okafor Olsen Ortega Park Patel Petrov Quist Rahman Reyes Rossi Sato Schmidt Silva"
        " Sorensen Tanaka Thorne Ulrich Vargas Vogel Walker Weber Winter Yilmaz Young Zimmer"
    ),
    "prefix": "Mr. Mrs. Ms. Miss Dr.",
    "suffix": "Jr. Sr. I II III IV MD DDS PhD",
    "job_area": (
        "Accounts Analytics Archive Brand Claims Compliance Content Data Design Events Facilities Field Finance Fleet"
        " Fundraising Infrastructure Integration Inventory Legal Logistics Markets Operations Payroll People Platform"
        " Procurement Quality Research Safety Sales Security Service Supply Support Training Usability Web"
    ),
    "job_descriptor": (
        "Acting Assistant Associate Chief Corporate Deputy District Executive External General Global Group Head"
        " Interim Internal International Junior Lead National Principal Regional Senior Staff"
    ),
    "job_type": (
        "Administrator Adviser Analyst Architect Auditor Buyer Clerk Consultant Controller Coordinator Designer"
        " Developer Director Editor Engineer Instructor Manager Officer Operator Planner Producer Recruiter Researcher"
        " Specialist Supervisor Technician Tester Writer"
    ),
    "color": (
        "amber aqua azure beige black blue bronze brown coral crimson cyan fuchsia gold green grey indigo ivory khaki"
        " lavender lime magenta maroon mint navy olive orange orchid peach pink plum purple red rose salmon sand"
        " silver sky tan teal turquoise violet white yellow"
    ),
    "abbreviation": (
        "API BIOS CDN CPU CSS CSV DHCP DNS FTP GPU GUI HDMI HTML HTTP IDE IMAP IP JSON JWT LAN LED MAC MQTT NAS NFC"
        " OCR PCI PDF PNG RAM REST RFID RSS SDK SMS SMTP SQL SSD SSH TCP TLS UDP URL USB UTF8 VPN WAN XML YAML"
    ),
    "locale": (
        "ar bg bn cs da de el en es et fa fi fr ga he hi hr hu id is it ja ka kk ko lt lv mk ms nb nl ny pl pt ro ru"
        " si sk sl sq sr sv sw ta th tr uk ur vi zh zu"
    ),
    "city_start": (
        "Amber Ash Birch Bright Cedar Clear Crown East Elm Fair Glen Gold Green High Iron King Lake Maple Mill New"
        " North Oak Pine River Rose Silver South Stone Sun West White Wind Wood"
    ),
    "city_end": (
        "borough bridge burgh bury chester dale field ford gate ham haven hurst mouth port side stead ton town view"
        " ville wick worth"
    ),
    "street_end": (
        "Alley Avenue Bridge Circle Court Crescent Drive Gardens Grove Heights Hill Island Lane Loop Meadows Orchard"
        " Park Parkway Path Place Plaza Road Row Square Street Streets Terrace Trail View Walk Way"
    ),
    "country_code": (
        "AE AR AT AU BE BG BR CA CH CL CN CO CR CV CY CZ DE DK EC EE EG ES FI FR GB GE GH GR HR HU ID IE IL IN IS IT"
        " JM JO JP KE KR KZ LK LT LU LV MA MD MT MX MY NG NL NO NP NZ OM PA PE PH PK PL PT PY RO RS SA SE SG SI SK SN"
        " TD TH TN TR TW TZ UA US UY UZ VN ZA"
    ),
    "bank_account_name": (
        "Auto Loan, Checking, Credit Card, Home Loan, Investment, Money Market, Personal Loan, Savings"
    ),
    "transaction": "deposit invoice payment refund transfer withdrawal",
    "currency": (
        "AED United Arab Emirates Dirham, ARS Argentine Peso, AUD Australian Dollar, BGN Bulgarian Lev, BRL Brazilian"
        " Real, CAD Canadian Dollar, CHF Swiss Franc, CLP Chilean Peso, CNY Yuan Renminbi, COP Colombian Peso, CZK"
        " Czech Koruna, DKK Danish Krone, EGP Egyptian Pound, EUR Euro, GBP Pound Sterling, HKD Hong Kong Dollar, HUF"
        " Forint, IDR Rupiah, ILS New Israeli Sheqel, INR Indian Rupee, ISK Iceland Krona, JPY Yen, KES Kenyan"
        " Shilling, KRW Won, MAD Moroccan Dirham, MXN Mexican Peso, NGN Naira, NOK Norwegian Krone, NZD New Zealand"
        " Dollar, PEN Sol, PHP Philippine Peso, PLN Zloty, RON Romanian Leu, SEK Swedish Krona, SGD Singapore Dollar,"
        " THB Baht, TRY Turkish Lira, UAH Hryvnia, USD US Dollar, VND Dong, XPF CFP Franc, ZAR Rand"
    ),
    "currency_symbol": "$ £ € ¥ ₩ ₹ ₺ ₽ ₴ ₦ ₪ kr zł",
    "company_suffix": "Inc LLC Group Ltd GmbH Co",
    "bs_adjective": (
        "agile bold circular cloud-ready connected customer-first data-driven durable end-to-end flexible"
        " forward-looking global lean lasting modern nimble open paperless people-first practical real-time resilient"
        " scalable seamless shared simple smart sustainable timely transparent trusted world-class"
    ),
    "bs_buzz": (
        "accelerate align amplify anchor broaden build coordinate deepen deliver develop elevate expand finance"
        " future-proof grow guide improve launch lead localize maximize modernize monetize nurture optimize"
        " orchestrate pilot reshape rethink scale simplify streamline strengthen transform unlock"
    ),
    "bs_noun": (
        "audiences budgets capabilities channels communities customers ecosystems experiences journeys markets"
        " milestones networks offerings outcomes partnerships pipelines platforms portfolios processes products"
        " roadmaps segments services solutions stakeholders strategies supply-chains teams touchpoints value-chains"
    ),
    "phrase_adjective": (
        "Accessible Adaptable Ambitious Balanced Certified Clear-cut Collaborative Compact Customer-tested Dependable"
        " Down-to-earth Easy-going Efficient Everyday Fine-tuned Forward-thinking Fresh Guaranteed Handpicked Hands-on"
        " Inclusive Inventive Large-scale Long-lasting Low-cost Modernised Peer-reviewed Portable Powerful Quiet"
        " Ready-made Refreshed Reliable Self-paced Sturdy Tailored Tried-and-true Unified Well-rounded"
    ),
    "phrase_descriptor": (
        "around-the-clock battery-powered browser-based carbon-neutral community-led compact contactless data-aware"
        " event-driven family-owned feature-rich field-tested hand-finished high-capacity in-house industry-grade"
        " itemised lightweight location-aware low-latency member-only multi-purpose multilingual on-demand open-ended"
        " paper-free plug-in privacy-first quick-start read-only regional rule-based same-day seasonal self-hosted"
        " single-page split-screen test-driven two-way weatherproof"
    ),
    "phrase_noun": (
        "address book, agenda, analysis, assistant, blueprint, booking system, bridge, bundle, calendar, catalogue,"
        " checklist, compass, control room, dashboard, data model, delivery plan, engine, exchange, field guide,"
        " forecast, gateway, index, inventory, kit, ledger, library, mailroom, map, notebook, observatory, planner,"
        " playbook, pricing table, questionnaire, registry, report, roadmap, schedule, showroom, survey, team space,"
        " toolbox, training plan, warehouse, workbench, workshop"
    ),
    "db_column": (
        "address amount avatar category city comment country createdAt deletedAt email firstName id isActive lastName"
        " name note ownerId phone price quantity status title token updatedAt url version"
    ),
    "db_type": (
        "bigint binary bit blob boolean date datetime decimal double enum float geometry int mediumint point real set"
        " smallint text time timestamp tinyint varchar"
    ),
    "db_collation": (
        "ascii_bin ascii_general_ci cp1250_bin cp1250_general_ci utf8_bin utf8_general_ci utf8_unicode_ci"
        " utf8mb4_unicode_ci"
    ),
    "db_engine": "ARCHIVE BLACKHOLE CSV InnoDB MEMORY MyISAM",
    "weekday": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "month": "January February March April May June July August September October November December",
    "domain_suffix": "biz com info io name net org",
    "common_file": (
        "application/pdf:pdf audio/mpeg:mp3 audio/wav:wav image/gif:gif image/jpeg:jpg image/png:png text/css:css"
        " text/csv:csv text/html:html text/plain:txt video/mp4:mp4 video/mpeg:mpg"
    ),
    "file": (
        "application/epub+zip:epub application/gzip:gz application/java-archive:jar application/json:json"
        " application/msword:doc application/rtf:rtf application/wasm:wasm application/x-cpio:cpio"
        " application/x-tar:tar application/xml:xml application/zip:zip audio/aac:aac audio/flac:flac audio/midi:mid"
        " audio/ogg:oga font/otf:otf font/woff2:woff2 image/avif:avif image/bmp:bmp image/svg+xml:svg image/tiff:tif"
        " image/webp:webp model/gltf-binary:glb model/stl:stl text/calendar:ics text/markdown:md"
        " text/tab-separated-values:tsv text/vcard:vcf video/ogg:ogv video/quicktime:mov video/webm:webm"
        " video/x-matroska:mkv"
    ),
    "directory": (
        "/Applications /bin /boot /dev /etc /etc/mail /home /home/user /lib /mnt /net /opt /opt/bin /opt/share"
        " /private /proc /sbin /srv /sys /tmp /usr /usr/bin /usr/include /usr/lib /usr/local/bin /usr/local/src"
        " /usr/share /var /var/log /var/mail /var/spool /var/tmp"
    ),
    "product": (
        "Backpack Blanket Bookcase Bowl Bread Candle Chair Cheese Clock Coat Cup Desk Fork Gloves Hat Honey Jacket"
        " Kettle Keyboard Lamp Mug Notebook Olives Pants Pen Pizza Radio Rug Salad Scarf Shirt Shoes Soap Spoon Table"
        " Teapot Towels Umbrella Vase Wallet"
    ),
    "product_adjective": (
        "Bright Classic Colourful Compact Elegant Everyday Fancy Folding Handmade Heavy Light Little Modern Plain"
        " Polished Practical Recycled Refined Round Rustic Sleek Small Soft Sturdy Tasty Vintage"
    ),
    "material": (
        "Bamboo Brass Ceramic Clay Concrete Copper Cork Cotton Felt Frozen Glass Granite Leather Linen Marble Metal"
        " Oak Paper Plastic Rubber Silk Steel Stone Wooden Wool"
    ),
    "department": (
        "Art Automotive Baby Bakery Beauty Books Camera Clothing Computers Crafts Electronics Furniture Games Garden"
        " Grocery Health Home Kitchen Lighting Movies Music Office Outdoors Pets Shoes Sports Stationery Tools Toys"
        " Travel"
    ),
    "noun": (
        "adapter antenna archive array backup bandwidth buffer bus cable cache cluster compiler cursor database"
        " display driver feed filter firewall gateway hash index interface kernel keyboard log matrix modem monitor"
        " packet parser pixel port printer program protocol proxy queue router scanner schema sensor server socket"
        " stack switch thread token"
    ),
    "verb": (
        "archive attach back-up buffer build check clone compare compile compress connect copy debug decode deploy"
        " encrypt export fetch filter format hash import index inspect install link load map merge mount navigate"
        " parse patch ping program quantify query queue reboot render replay route sample scan sort split store stream"
        " sync test trace upload validate"
    ),
    "ing_verb": (
        "archiving attaching building checking cloning comparing compiling compressing connecting copying debugging"
        " decoding deploying encrypting exporting fetching filtering formatting importing indexing inspecting"
        " installing linking loading mapping merging mounting navigating parsing patching pinging programming querying"
        " rebooting rendering routing sampling scanning sorting splitting storing streaming syncing testing tracing"
        " uploading validating"
    ),
    "adjective": (
        "analog auxiliary back-end binary bluetooth cached compressed cross-platform digital distributed encrypted"
        " external front-end hidden idle local mobile multi-byte nested offline online open-source optical parallel"
        " portable primary quick random recursive redundant remote shared silent solid-state spare stateless static"
        " temporary verbose virtual wireless"
    ),
    "lorem": (
        "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore"
        " magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo"
        " consequat duis aute irure in reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur excepteur"
        " sint occaecat cupidatat non proident sunt culpa qui officia deserunt mollit anim id est laborum"
    ),
    "country": (
        "Argentina, Australia, Austria, Belgium, Brazil, Bulgaria, Canada, Chile, China, Colombia, Costa Rica,"
        " Croatia, Cyprus, Czechia, Denmark, Ecuador, Egypt, Estonia, Finland, France, Georgia, Germany, Ghana,"
        " Greece, Hungary, Iceland, India, Indonesia, Ireland, Israel, Italy, Jamaica, Japan, Jordan, Kazakhstan,"
        " Kenya, Lao People's Democratic Republic, Latvia, Lithuania, Luxembourg, Malaysia, Malta, Mexico, Moldova,"
        " Morocco, Nepal, Netherlands, New Zealand, Nigeria, Norway, Oman, Pakistan, Panama, Peru, Philippines,"
        " Poland, Portugal, Romania, Senegal, Serbia, Singapore, Slovakia, Slovenia, South Africa, Spain, Sri Lanka,"
        " Sweden, Switzerland, Thailand, Tunisia, Turkey, Ukraine, United Kingdom, United States of America, Uruguay,"
        " Uzbekistan, Viet Nam"
    ),
}
PHRASES = (
    "{first} could not {verb} the {noun} before the {adjective} {abbreviation} {noun} was back.",
    "First {verb} the {adjective} {noun}, then the {abbreviation} {noun}.",
    "{ing_verb} a {noun} takes longer than it takes to {verb} one {adjective} {noun}.",
    "The {adjective} {noun} helps to {verb} every {abbreviation} {noun}.",
    "Without {ing_verb} the {noun}, nobody can {verb} the {abbreviation} {noun}.",
)


def words(name: str) -> list[str]:
    """One of the lists; those whose members hold spaces are parted by commas."""
    text = _LISTS[name]
    return text.split(", " if "," in text else None)
