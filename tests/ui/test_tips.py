"""Tool tips with words of servers and files: never rich text of theirs."""

import pytest
from PySide6.QtGui import Qt, QTextDocumentFragment

from httpdesk.core.collection import Entry, Folder
from httpdesk.ui.doc_tabs import DocTabs
from httpdesk.ui.side_tree_model import SideTreeModel
from httpdesk.ui.tips import as_tip

HOSTILE = "<img src='//evil.example/share/x.png'>&lt;"


@pytest.mark.parametrize("words", ["plain", "", "a  b", HOSTILE, "<b>a\nb</b>"])
def test_a_tip_reads_as_it_is_written(words):
    tip = as_tip(words)
    assert "<img" not in tip
    if Qt.mightBeRichText(tip):
        assert QTextDocumentFragment.fromHtml(tip).toPlainText() == words
    else:
        assert tip == words


def test_a_name_from_a_file_is_no_rich_text_on_its_tab(qtbot):
    tabs = DocTabs()
    qtbot.addWidget(tabs)
    tabs.insert_document(0, {"method": "GET", "title": HOSTILE, "dirty": False, "preview": False, "busy": False})
    assert "<img" not in tabs.tabToolTip(0)


def test_a_path_or_a_fault_is_no_rich_text_in_the_tree(qapp):
    model = SideTreeModel()
    model.set_tree((Folder(path=HOSTILE, name="a", entries=(Entry(path="a", name="a", fault=HOSTILE),)),))
    folder = model.index(0, 0)
    for index in (folder, model.index(0, 0, folder)):
        assert "<img" not in index.data(Qt.ItemDataRole.ToolTipRole)
