// Says what is the matter when the server does not answer, and what to do. It needs no server for that.

const LOOK_MS = 1000;
const ASK_MS = 3000;
const GONE = "The server does not answer. What is on the page stays and the run still plays; settings wait.";
const THERE = "The server answers again.";
const BACK = "The server is there again, but not what this page had open.";
const KEPT = "Scenario, settings, seed and week are in this page's address: reload to go on.";
const FILE = "An uploaded or edited scenario is not in the address: load its file again.";

function render({ el }) {
  const bar = document.createElement("div");
  bar.className = "connection-lost";
  bar.setAttribute("role", "alert");
  bar.hidden = true;
  const words = document.createElement("span");
  const reload = document.createElement("button");
  reload.type = "button";
  reload.className = "lab-button";
  reload.textContent = "Reload now";
  reload.addEventListener("click", () => location.reload());
  bar.append(words, reload);
  // Beside the page, not in it: the server may take the page away while nobody is connected.
  document.body.append(bar);
  let asked = 0;
  let answers = false;

  async function look() {
    const connected = status() === "connected";
    const given_up = [...document.querySelectorAll(".v-alert")].some((each) => each.textContent.includes("disconnected"));
    if (connected && !given_up) {
      bar.hidden = true;
      answers = false;
      return;
    }
    if (Date.now() - asked > ASK_MS) {
      asked = Date.now();
      answers = await ready();
    }
    const file = new URLSearchParams(location.search).get("scenario") === "uploaded" ? FILE : KEPT;
    say(given_up || answers ? `${given_up ? BACK : THERE} ${file}` : GONE);
    reload.hidden = !(given_up || answers);
    bar.hidden = false;
  }

  function say(text) {
    if (words.textContent !== text) words.textContent = text;
  }

  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    bar.remove();
  };
}

function status() {
  const page = window.solara && window.solara.debug;
  return page && page.connectionStatus ? page.connectionStatus : "connected";
}

async function ready() {
  try {
    return (await fetch("/readyz", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

export default { render };
