"""``peacesim dashboard``: the classroom instrument in the browser."""

import typer

from sim.core.errors import InputError


def serve_dashboard(name: str | None, *, host: str, port: int, futures: int, browser: bool | None) -> None:
    """Check, compile, say where the page is, and serve it until Ctrl-C.

    Raises
    ------
    InputError
        If packages are missing, the port is taken or the scenario is refused.
    """
    from sim.dashboard.serve import check_installed, check_port, has_screen, serve

    check_installed()
    check_port(host, port)
    from sim.dashboard.countries import offer
    from sim.dashboard.warm import warm_up

    try:
        first = offer(name)
        warm_up(first)
    except ImportError as error:
        raise InputError(f"the dashboard cannot be loaded: {error}") from None
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    url = f"http://{shown}:{port}/?scenario={first}"
    typer.echo(f"The dashboard is at {url}  (Ctrl-C ends it)")
    serve(host, port, browser=has_screen() if browser is None else browser, url=url, futures=futures)
