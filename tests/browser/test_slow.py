"""A page on a slow machine."""

from typing import Any

import pytest

from tests.support.pages import opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Nothing else happens in the page for three seconds while its widgets are being loaded.
BUSY = """
    const make = URL.createObjectURL.bind(URL);
    let first = true;
    URL.createObjectURL = (what) => {
        if (first && what.type === "text/javascript") {
            first = false;
            const until = performance.now() + 3000;
            while (performance.now() < until);
            window.wasBusy = true;
        }
        return make(what);
    };
"""


def test_widgets_that_start_late_start_all_the_same(page: Any, server: str) -> None:
    page.add_init_script(BUSY)
    opened(page, server)
    assert page.evaluate("window.wasBusy")
    assert page.wrong == []
