"""The door to the map player: messages from results, and the widget that plays them."""

try:
    from sim.dashboard.player.encode import encode_fan, encode_run, run_id, watch
    from sim.dashboard.player.widget import Player
except ModuleNotFoundError:
    from sim.dashboard.standin import Player, encode_fan, encode_run, run_id, watch

__all__ = ["Player", "encode_fan", "encode_run", "run_id", "watch"]
