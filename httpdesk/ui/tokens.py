"""Design tokens: the only place where a colour, a size or a font is written down."""

# ---- size, shape (logical px at 100 %; everything on a 4 px grid) ----------------------------------------
RADIUS = {"sm": 4, "md": 6, "lg": 8, "xl": 12}  # badge/checkbox, control, popover/card, dialog
SIZE = {
    "rail": 48,
    "sidebar": 272,
    "sidebar_min": 200,
    "tabstrip": 40,
    "url_row": 56,
    "pane_tabs": 36,
    "pane_bar": 36,
    "status": 24,
    "control_sm": 24,
    "control": 28,
    "control_lg": 32,
    "row": 28,
    "row_compact": 24,
    "table_header": 28,
    "icon": 16,
    "icon_lg": 20,
    "hit_min": 24,  # WCAG 2.5.8: targets are never under 24 x 24
    "method_col": 40,
    "indent": 16,
    "dialog_w": 880,
    "palette_w": 640,
}

# ---- type ------------------------------------------------------------------------------------------------
FONT_UI = ["Inter", "Segoe UI Variable Text", "Segoe UI", "SF Pro Text", "Helvetica Neue", "Noto Sans", "sans-serif"]
FONT_MONO = ["JetBrains Mono", "Cascadia Mono", "SF Mono", "Menlo", "Consolas", "DejaVu Sans Mono", "monospace"]
TYPE: dict[str, tuple[str, int, int, int]] = {  # role: (family, px, weight, line height)
    "micro": ("ui", 11, 500, 16),  # count badges, column heads, key caps
    "small": ("ui", 12, 400, 16),  # tab labels, secondary text, status bar
    "tab": ("ui", 12, 500, 16),  # pane tabs, segmented controls
    "pill": ("ui", 12, 600, 16),  # status and other pills
    "body": ("ui", 13, 400, 20),  # everything else
    "strong": ("ui", 13, 600, 20),
    "title": ("ui", 15, 600, 20),  # dialog and page titles
    "display": ("ui", 24, 600, 32),  # welcome and big metrics
    "num": ("ui", 12, 400, 16),  # times, sizes, counts in columns: tabular figures
    "axis": ("ui", 11, 400, 16),  # chart axes, tabular figures
    "code": ("mono", 13, 400, 17),  # url, editors, bodies
    "code_sm": ("mono", 12, 400, 16),  # table cells, log lines, gutters
    "verb": ("mono", 13, 600, 17),  # the method in the URL row
    "method": ("mono", 11, 600, 16),  # method labels
}

# ---- colour ----------------------------------------------------------------------------------------------
COLOR = {
    "dark": {
        # surfaces, from back to front
        "chrome": "#14161A",
        "sidebar": "#181A1F",
        "canvas": "#1D2026",
        "inset": "#171A1F",
        "raised": "#262A32",
        "hover": "#262A32",
        "active": "#2C313B",
        "selected": "#28344F",
        "backdrop": "#000000",
        # lines: quiet separators; strong for fields; control for check boxes, switches, radio (3:1)
        "line": "#2A2E36",
        "line_raised": "#383E49",
        "line_strong": "#3C424E",
        "control": "#717A8A",
        # text
        "text": "#E3E6EB",
        "text2": "#A9B0BD",
        "text3": "#8F97A6",
        "disabled": "#5D6472",
        # accent and states
        "accent": "#7BA4FF",
        "accent_fill": "#3767DF",
        "accent_fill_hover": "#3F6DE2",
        "on_accent": "#FFFFFF",
        "focus": "#7BA4FF",
        "success": "#4FC38A",
        "warning": "#E5B155",
        "danger": "#FF7F7A",
        "danger_fill": "#C93B42",
        "info": "#6DB3FF",
        # methods (label text) - the Postman convention, so nobody relearns it
        "m_get": "#4FC38A",
        "m_post": "#E5B155",
        "m_put": "#74ABFF",
        "m_patch": "#BC9BF8",
        "m_delete": "#FF7F7A",
        "m_head": "#5AC8C4",
        "m_options": "#E88FC6",
        "m_ws": "#56C2E6",
        "m_gql": "#E88FC6",
        "m_sse": "#F29A66",
        "m_custom": "#A9B0BD",
        # variables and code
        "var": "#5AC8C4",
        "var_missing": "#FF7F7A",
        "path": "#BC9BF8",
        "s_key": "#8DB6FF",
        "s_str": "#9CCF9A",
        "s_num": "#E6B673",
        "s_kw": "#C7A0F5",
        "s_punct": "#8F97A6",
        "s_com": "#8B93A1",
        "s_tag": "#FF938A",
        "match": "#5C4A17",
        "match_now": "#E5B155",
        "guide": "#2F343D",
        "curline": "#22262D",
        "gutter": "#6D7585",
        # data series (charts, waterfall): distinct in lightness too
        "d1": "#7BA4FF",
        "d2": "#4FC38A",
        "d3": "#E5B155",
        "d4": "#BC9BF8",
        "d5": "#FF7F7A",
        "d6": "#5AC8C4",
        "d0": "#5D6472",
    },
    "light": {
        "chrome": "#EBEDF1",
        "sidebar": "#F5F6F8",
        "canvas": "#FFFFFF",
        "inset": "#F7F8FA",
        "raised": "#FFFFFF",
        "hover": "#ECEEF2",
        "active": "#E2E5EB",
        "selected": "#DDE7FD",
        "backdrop": "#1B1F27",
        "line": "#E2E5EA",
        "line_raised": "#E2E5EA",
        "line_strong": "#C8CDD6",
        "control": "#7F8896",
        "text": "#1A1E26",
        "text2": "#4C5462",
        "text3": "#626B7A",
        "disabled": "#A3AAB6",
        "accent": "#2457CF",
        "accent_fill": "#2D63E2",
        "accent_fill_hover": "#2356CD",
        "on_accent": "#FFFFFF",
        "focus": "#2D63E2",
        "success": "#157347",
        "warning": "#8A5A00",
        "danger": "#C22F38",
        "danger_fill": "#C22F38",
        "info": "#1B66B8",
        "m_get": "#157347",
        "m_post": "#8A5A00",
        "m_put": "#2457CF",
        "m_patch": "#7440C9",
        "m_delete": "#C22F38",
        "m_head": "#0B6E73",
        "m_options": "#A8327A",
        "m_ws": "#0A6A8F",
        "m_gql": "#A8327A",
        "m_sse": "#A9480D",
        "m_custom": "#4C5462",
        "var": "#0B6E73",
        "var_missing": "#C22F38",
        "path": "#7440C9",
        "s_key": "#2253B8",
        "s_str": "#1D7039",
        "s_num": "#8A5500",
        "s_kw": "#7D3CC4",
        "s_punct": "#5C6573",
        "s_com": "#646C7A",
        "s_tag": "#B3303A",
        "match": "#FFE9A8",
        "match_now": "#FFC53D",
        "guide": "#E6E9EE",
        "curline": "#F5F7FA",
        "gutter": "#868E9C",
        "d1": "#2D63E2",
        "d2": "#1E8A57",
        "d3": "#B47A0A",
        "d4": "#7F4FD6",
        "d5": "#C93B42",
        "d6": "#0E8187",
        "d0": "#A3AAB6",
    },
}
# System asks for more contrast: each role steps up one.
MORE_CONTRAST = {
    "line": "line_strong",
    "line_raised": "control",
    "line_strong": "control",
    "text3": "text2",
    "text2": "text",
    "gutter": "text3",
    "guide": "line_strong",
    "disabled": "gutter",
}
TABULAR = {"num", "axis", "display"}  # roles that turn on the font feature tnum
# Dots are not text: the brighter series colour (3:1).
DOT = {"success": "d2", "warning": "d3", "danger": "d5", "info": "d1"}
METHOD_SHORT = {"PATCH": "PTCH", "DELETE": "DEL", "OPTIONS": "OPT"}
TINT = {"dark": 0.16, "light": 0.10}  # pill and badge backgrounds: role colour over the surface


def status_role(code: int) -> str:
    """Colour role of a status code: 1xx info, 2xx success, 3xx info, 4xx warning, 5xx danger."""
    return {1: "info", 2: "success", 3: "info", 4: "warning", 5: "danger"}.get(code // 100, "text2")


def mix(front: str, back: str, alpha: float) -> str:
    """Blend two #RRGGBB colours: alpha of the front one over the back one."""
    pairs = ((int(front[i : i + 2], 16), int(back[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * alpha + b * (1 - alpha)):02X}" for a, b in pairs)
