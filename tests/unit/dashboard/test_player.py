"""What reaches the browser is what the run kept: layers, positions, series, events, names."""

import re

import numpy as np
import pytest

from sim.dashboard.player.bundle import player_module
from sim.dashboard.player.charts import CHARTS, LINES, QUANTILES, chart_cards, fan_of, lines_of
from sim.dashboard.player.encode import NONE8, NONE16, encode, encode_fan, encode_run, run_id, watch
from sim.dashboard.player.happenings import TURNS, event_cards
from sim.dashboard.player.layers import VALUE_LAYERS, from_bytes, layer_values, to_bytes
from sim.dashboard.player.pack import pack, unpack
from sim.engine.run import run
from sim.world.kinds import Count, EventKind
from sim.world.series import Layer
from tests.support.countries import valley

WEEKS = 60


@pytest.fixture(scope="module")
def result():
    return watch(valley(WEEKS), 4)


@pytest.fixture(scope="module")
def message(result):
    return unpack(encode_run(result))


# ----------------------------------------------------------------- envelope


@pytest.mark.parametrize("along", [0, 1, 2, None])
def test_arrays_survive_the_envelope(along):
    rng = np.random.default_rng(3)
    arrays = {
        "a": rng.integers(0, 256, (3, 4, 5)).astype(np.uint8),
        "b": rng.integers(0, 65536, (2, 7, 3)).astype(np.uint16),
        "c": rng.random((5, 2)).astype(np.float32),
        "none": np.zeros((4, 0, 2), dtype=np.uint16),
    }
    steps = {} if along is None else {"a": along, "b": along, "none": along}
    header, found = unpack(pack({"title": "Åé </script> \u2028"}, arrays, steps))
    assert header == {"title": "Åé </script> \u2028"}
    assert all(np.array_equal(found[name], arrays[name]) for name in arrays)


def test_other_types_and_other_messages_are_refused():
    with pytest.raises(TypeError, match="float64"):
        pack({}, {"a": np.zeros(3)}, {})
    with pytest.raises(ValueError, match="JSON"):
        pack({"a": float("nan")}, {}, {})
    import zlib

    with pytest.raises(ValueError, match="not a message"):
        unpack(zlib.compress(b"something else"))


# ------------------------------------------------------------------- layers


@pytest.mark.parametrize("layer", VALUE_LAYERS, ids=lambda layer: layer.id)
def test_a_byte_is_near_its_value_and_order_is_kept(layer):
    values = np.linspace(layer.low, layer.high, 500)
    levels = to_bytes(values, layer)
    assert levels[-1] == 255
    assert np.all(np.diff(levels.astype(int)) >= 0)
    back = from_bytes(levels, layer)
    if layer.scale == "log":
        assert np.abs(np.log(back / values)).max() < 0.51 * np.log(layer.high / layer.low) / 254 + 1e-9
    elif layer.scale == "linear":
        assert np.abs(back - values).max() <= 0.5 * (layer.high - layer.low) / 255 + 1e-9
    else:
        assert np.abs(back - values).max() <= (layer.high - layer.low) / 255 + 1e-9


def test_nothing_is_apart_from_little_on_a_log_scale():
    violence = VALUE_LAYERS[0]
    assert to_bytes(np.array([0.0, violence.low * 0.4, violence.low, 99.0]), violence).tolist() == [0, 0, 1, 255]


# ---------------------------------------------------------------------- run


def test_the_message_holds_the_maps_of_the_run(result, message):
    _, arrays = message
    maps = result.cells.array
    for number, layer in enumerate(VALUE_LAYERS):
        assert np.array_equal(arrays["layers"][number], to_bytes(layer_values(maps, layer.id, mission=True), layer))
    ruler = np.where(maps[:, Layer.RULER] < 0, NONE8, maps[:, Layer.RULER])
    assert np.array_equal(arrays["ruler"], ruler)
    assert arrays["ruler"].shape == (WEEKS, len(result.world.geography.row))
    assert np.abs(arrays["share"] / 255.0 - maps[:, Layer.RULER_SHARE]).max() <= 0.5 / 255 + 1e-6


def test_the_message_holds_who_stands_where(result, message):
    header, arrays = message
    record, units, bands = result.world.record, result.world.units, result.world.bands
    out = np.flatnonzero((record.unit_track[..., 0] >= 0).any(axis=0))
    assert len(out) > 0
    assert header["units"]["component"] == units.component[out].tolist()
    last = np.where(units.status == 2, units.cell, NONE16)[out]
    assert np.array_equal(arrays["unit_cell"][-1], last)
    fighters = record.band_track[:, :, 1] * (record.band_track[:, :, 0] >= 0)
    shown = arrays["band_people"].astype(int) * (arrays["band_cell"] != NONE16)
    assert np.array_equal(shown.sum(axis=1), fighters.sum(axis=1))
    assert shown[-1].sum() == bands.fighters[bands.status > 0].sum()


def test_the_message_holds_series_and_events(result, message):
    header, arrays = message
    assert np.array_equal(arrays["series"], lines_of(result.weekly_array))
    assert [event["text"] for event in header["events"]] == [event.text for event in result.told]
    assert [event["n"] for event in header["events"]] == list(range(len(result.told)))
    clash = next(event for event in result.told if event.kind == "clash")
    sent = header["events"][result.told.index(clash)]
    named = dict(zip(header["causes"]["clash"]["factors"], sent["factors"], strict=True))
    assert named == pytest.approx(clash.factors, rel=1e-3)
    assert sent["dead"] == clash.size + clash.size_other
    assert header["id"] == run_id(result)
    assert header["seed"] == "4"
    assert len(header["ground"]["cells"]) == len(result.world.geography.row)
    assert set(TURNS) <= {kind.name.lower() for kind in EventKind}


def test_the_same_run_is_the_same_message(result):
    assert encode_run(watch(valley(WEEKS), 4)) == encode_run(result)


def test_a_run_without_maps_is_refused():
    with pytest.raises(ValueError, match="kept no maps"):
        encode_run(run(valley(8), 1, stride=0))


def test_maps_at_a_stride_are_enough():
    header, arrays = unpack(encode_run(run(valley(20), 1, stride=13)))
    assert header["stride"] == 13
    assert arrays["ruler"].shape[0] == 2


def test_a_long_log_keeps_its_turns(result, monkeypatch):
    monkeypatch.setattr("sim.dashboard.player.happenings.MOST_EVENTS", 12)
    cards = event_cards(result.told)
    turns = [event for event in result.told if TURNS.get(event.kind, 9) < 2]
    assert len(cards) == 12
    assert [card["n"] for card in cards] == sorted(card["n"] for card in cards)
    assert {result.told.index(event) for event in turns[:5]} <= {card["n"] for card in cards}


# ------------------------------------------------------------ charts and fans


def test_every_line_has_a_row():
    rows = [line["row"] for card in chart_cards() for line in card["lines"]]
    assert rows == list(range(len(LINES)))
    assert len({line.id for line in LINES}) == len(LINES)
    assert len({chart.id for chart in CHARTS}) == len(CHARTS)


def test_deaths_are_those_of_the_quarter(result):
    weekly = result.weekly_array
    dead = weekly[:, [Count.BATTLE_DEATHS, Count.CIVILIANS_KILLED, Count.CROSSFIRE]].sum(axis=1)
    row = [line.id for line in LINES].index("deaths_all")
    assert lines_of(weekly)[row, 40] == pytest.approx(dead[28:41].sum())
    assert lines_of(weekly)[row, 5] == pytest.approx(dead[:6].sum())


def test_a_fan_holds_its_runs(result):
    weekly = np.stack([watch(valley(WEEKS), seed).weekly_array for seed in range(1, 6)])
    quantiles, single = fan_of(weekly)
    assert quantiles.shape == (len(QUANTILES), len(LINES), WEEKS)
    assert np.allclose(quantiles, np.quantile(lines_of(weekly), QUANTILES, axis=0), rtol=1e-5)
    assert np.array_equal(single[2], lines_of(weekly[2]))
    header, arrays = unpack(encode_fan(weekly, "a run"))
    assert header["id"] == "a run"
    assert header["runs"] == 5
    assert np.array_equal(arrays["quantiles"], quantiles)


def test_traits_of_the_player(result):
    alone = encode(result)
    assert alone["other"] == alone["fan"] == alone["fan_other"] == b""
    both = encode(result, watch(valley(WEEKS).without_mission(), 4), labels={"run": "A"}, options={"layer": "fear"})
    assert both["labels"]["run"] == "A"
    assert both["options"] == {"layer": "fear"}
    header, _ = unpack(both["other"])
    assert not header["has_mission"]


# ------------------------------------------------------------------- modules


def test_the_modules_make_one():
    text = player_module()
    assert not re.search(r"^import ", text, re.MULTILINE)
    assert re.findall(r"^export .*", text, re.MULTILINE) == ["export default {"]
    names = re.findall(r"^(?:const|let|class|function|async function) (\w+)", text, re.MULTILINE)
    assert sorted(names) == sorted(set(names))


def test_the_modules_take_nothing_from_outside():
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", player_module())
    assert "innerHTML" not in player_module()
    assert "eval(" not in player_module()


def test_the_widget_takes_what_is_encoded(result):
    pytest.importorskip("anywidget")
    from sim.dashboard.player.widget import Player

    traits = encode(result, labels={"run": "A"})
    player = Player(**traits)
    assert player.run == traits["run"]
    assert {"selected_event", "playing", *traits} <= set(player.traits(sync=True))
    player.close()
