"""The replay file is one file that is there whole or not at all, and nothing in it can end a script early."""

import base64
import re

import pytest

from sim.core.errors import ResultsError
from sim.dashboard.player.encode import encode_run, watch
from sim.dashboard.replay import as_script, replay_page, write_replay
from tests.support.countries import valley

HOSTILE = "</script><!-- <script> {styles} \u2028 &lt; ' \""


@pytest.fixture(scope="module")
def result():
    return watch(valley(20).override({"scenario.title": HOSTILE.replace("\u2028", " ")}, "test"), 2)


def test_the_page_holds_the_run_and_asks_for_nothing(result):
    page = replay_page(result)
    data = re.search(r'id="data-run">([^<]*)<', page)
    assert base64.b64decode(data[1]) == encode_run(result)
    assert "default-src 'none'" in page.replace("&#x27;", "'")
    assert not re.search(r"(?:src|href)=[\"'](?!data:)", page)


def test_a_title_stays_a_title(result):
    page = replay_page(result, labels={"run": HOSTILE})
    assert page.count("</script>") == page.count("<script")
    assert "<!--" not in page.replace("<!-- -->", "")
    assert "<title>&lt;/script&gt;" in page
    assert "</script>" not in as_script({"a": HOSTILE})


def test_the_file_replaces_an_older_one_whole(result, tmp_path):
    path = tmp_path / "new" / "run.html"
    assert write_replay(result, path) == path
    first = path.read_bytes()
    write_replay(result, path)
    assert path.read_bytes() == first
    assert [item.name for item in path.parent.iterdir()] == ["run.html"]


def test_a_disk_that_refuses_is_said(result, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ResultsError, match="could not be written"):
        write_replay(result, tmp_path / "file" / "run.html")
