"""The dashboard: a classroom instrument in the browser, served by Solara. ``peacesim dashboard`` starts it."""
