// Solara puts a file of this name into every page, ahead of its widgets.
// anywidget gives a widget up for good that has not started within two seconds, and offers no setting for it; a slow
// machine, or one of thirty pages, may well take longer, and its map would stay empty.
const limit = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (milliseconds) => limit(Math.max(milliseconds, 120_000));
