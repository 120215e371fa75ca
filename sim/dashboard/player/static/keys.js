// The keyboard anywhere in the player, except where something else is being typed or chosen.

const HELD = ["x", "X"]; // down shows the other world, up this one again

export function onKey(event, act) {
  if (event.type === "keyup") {
    if (HELD.includes(event.key)) act.hold(false);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const tag = event.target.tagName;
  if (tag === "SELECT" || tag === "TEXTAREA" || (tag === "INPUT" && event.target.type !== "checkbox")) return;
  if (event.key === " " && (tag === "BUTTON" || tag === "INPUT" || tag === "SUMMARY")) return;
  const done = does(event, act);
  if (done) event.preventDefault();
}

function does(event, act) {
  const flip = (name) => act.setOption(name, !act.options[name]);
  switch (event.key) {
    case " ": act.clock.toggle(); return true;
    case "ArrowLeft": act.clock.step(event.shiftKey ? -4 : -1); return true;
    case "ArrowRight": act.clock.step(event.shiftKey ? 4 : 1); return true;
    case "PageUp": act.clock.step(-13); return true;
    case "PageDown": act.clock.step(13); return true;
    case "Home": act.clock.step(-Infinity); return true;
    case "End": act.clock.step(Infinity); return true;
    case "+": case "=": act.faster(1); return true;
    case "-": act.faster(-1); return true;
    case "Escape": return act.close();
    case "?": act.face.help(); return true;
    case "v": case "V": act.face.nextView(); return true;
    case "x": case "X": act.hold(true); return true;
    case "u": case "U": flip("units"); return true;
    case "b": case "B": flip("bands"); return true;
    case "n": case "N": flip("names"); return true;
    case "s": case "S": flip("single"); return true;
    case "e": case "E": act.eventPanel.turn(event.shiftKey ? -1 : 1); return true;
    case "f": case "F": act.face.fullScreen(); return true;
    default:
      if (/^[1-9]$/.test(event.key)) return act.face.layerNumber(Number(event.key));
      return false;
  }
}
