// The keyboard anywhere in the player, except where something else is being typed or chosen.

export function onKey(event, act) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const tag = event.target.tagName;
  if (tag === "SELECT" || tag === "TEXTAREA" || (tag === "INPUT" && event.target.type !== "checkbox")) return;
  if (event.key === " " && (tag === "BUTTON" || tag === "INPUT" || tag === "SUMMARY")) return;
  const done = does(event, act);
  if (done) event.preventDefault();
}

function does(event, act) {
  switch (event.key) {
    case " ": act.toggle(); return true;
    case "ArrowLeft": act.step(event.shiftKey ? -4 : -1); return true;
    case "ArrowRight": act.step(event.shiftKey ? 4 : 1); return true;
    case "PageUp": act.step(-13); return true;
    case "PageDown": act.step(13); return true;
    case "Home": act.step(-Infinity); return true;
    case "End": act.step(Infinity); return true;
    case "+": case "=": act.faster(1); return true;
    case "-": act.faster(-1); return true;
    case "Escape": return act.close();
    case "?": act.help(); return true;
    case "v": case "V": act.nextView(); return true;
    case "u": case "U": act.flip("units"); return true;
    case "b": case "B": act.flip("bands"); return true;
    case "n": case "N": act.flip("names"); return true;
    case "e": case "E": act.turn(event.shiftKey ? -1 : 1); return true;
    case "f": case "F": act.fullScreen(); return true;
    default:
      if (/^[1-9]$/.test(event.key)) return act.layerNumber(Number(event.key));
      return false;
  }
}
