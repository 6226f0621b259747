"""Source code and other texts with a grammar, coloured by Pygments."""

from httpdesk.views.base import View, never

# What it is called, its name in Pygments, and the media types that mean it.
_KINDS = (
    ("C", "c", "text/x-csrc text/x-chdr"),
    ("C#", "csharp", "text/x-csharp"),
    ("C++", "cpp", "text/x-c++src text/x-c++hdr"),
    ("Diff", "diff", "text/x-diff text/x-patch"),
    ("Dockerfile", "docker", "text/x-dockerfile-config"),
    ("Go", "go", "text/x-gosrc text/x-go"),
    ("GraphQL", "graphql", "application/graphql text/graphql"),
    ("HTTP", "http", "message/http application/http"),
    ("INI", "ini", "text/x-ini text/inf"),
    ("Java", "java", "text/x-java"),
    ("Kotlin", "kotlin", "text/x-kotlin"),
    ("Lua", "lua", "text/x-lua application/x-lua"),
    ("Markdown", "markdown", "text/markdown text/x-markdown"),
    ("PEM", "pem", "application/x-pem-file application/pem-certificate-chain"),
    ("Perl", "perl", "text/x-perl application/x-perl"),
    ("PHP", "php", "text/x-php application/x-httpd-php"),
    ("PowerShell", "powershell", "text/x-powershell"),
    ("Properties", "properties", "text/x-java-properties"),
    ("Protocol Buffers", "protobuf", "text/x-protobuf"),
    ("Python", "python", "text/x-python application/x-python text/x-script.python"),
    ("Ruby", "ruby", "text/x-ruby application/x-ruby"),
    ("Rust", "rust", "text/rust text/x-rust"),
    ("Shell", "bash", "application/x-sh text/x-sh application/x-shellscript text/x-shellscript"),
    ("SQL", "sql", "application/sql text/x-sql"),
    ("Swift", "swift", "text/x-swift"),
    ("TOML", "toml", "application/toml text/x-toml"),
    ("Turtle", "turtle", "text/turtle application/x-turtle"),
    ("TypeScript", "typescript", "application/typescript text/typescript application/x-typescript text/x-typescript"),
)


def _view(name: str, alias: str, media_types: str) -> View:
    types = frozenset(media_types.split())
    return View(name=name, language=f"pygments:{alias}", fits_type=lambda it: it in types, fits_head=never)


VIEWS = tuple(_view(*kind) for kind in _KINDS)
