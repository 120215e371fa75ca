// The page's link, its copy button, and a file chooser. No server is asked for anything.

function render({ model, el }) {
  el.classList.add("take-away");
  const copy = button("Copy link");
  const said = document.createElement("span");
  said.className = "copied";
  said.setAttribute("role", "status");
  const choose = document.createElement("label");
  choose.className = "lab-button";
  choose.textContent = "Load a scenario file…";
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".toml,text/plain";
  input.setAttribute("aria-label", "Load a scenario file");
  choose.append(input);
  el.append(copy, choose, said);

  function address() {
    const query = model.get("query");
    if (!query) return;
    const wanted = location.pathname + "?" + query + location.hash;
    if (wanted !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", wanted);
  }

  copy.addEventListener("click", async () => {
    address();
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = "Link copied.";
    } catch {
      // No clipboard without https: show the link, selected, so that it can be copied by hand.
      const field = document.createElement("input");
      field.readOnly = true;
      field.value = location.href;
      field.setAttribute("aria-label", "Link of this page");
      said.replaceChildren(field);
      field.focus();
      field.select();
    }
  });

  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file) return;
    const sent = { name: file.name.slice(0, 100), size: file.size, text: "", at: Date.now() };
    if (file.size <= model.get("largest")) {
      sent.text = base64(new Uint8Array(await file.arrayBuffer()));
    }
    model.set("upload", sent);
    model.save_changes();
    input.value = "";
  });

  model.on("change:query", address);
  address();
}

function button(text) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "lab-button";
  made.textContent = text;
  return made;
}

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  }
  return btoa(text);
}

export default { render };
