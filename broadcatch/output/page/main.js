// How does the page answer? Filters, the address, colours, and the first drawing.

const THEMES = ["auto", "light", "dark"];

function choose(change) {
  Object.assign(state, change);
  const kept = Object.entries(state).filter(([key, value]) => value !== EMPTY[key]);
  history.replaceState(null, "", `#${new URLSearchParams(kept)}`);
  refresh();
}

function refresh() {
  const shown = chosenHandlers();
  showFilters();
  drawList(shown);
  markMap(shown);
  const count = state.list === "handlers" ? "" : ` in ${plural(listItems(shown).length, "row")}`;
  byId("count").textContent = `${shown.length} of ${plural(DATA.handlers.length, "handler")}${count}`;
}

function showFilters() {
  for (const field of byId("filters").elements) {
    if (field.type === "checkbox") field.checked = !state.tiers || state.tiers.split(",").includes(field.value);
    else if (field.name && document.activeElement !== field) field.value = state[field.name];
  }
  for (const button of byId("lists").children) button.setAttribute("aria-pressed", String(button.value === state.list));
  const chips = [];
  if (state.path) chips.push(["path", state.path]);
  byId("chips").replaceChildren(...chips.map(([key, text]) => make("button", {
    type: "button", class: "chip", "aria-label": `Remove the filter ${text}`, onclick: () => choose({ [key]: "" }),
  }, `only ${text} ✕`)));
}

function field(name, label, input) {
  input.id = `by-${name}`;
  input.setAttribute("name", name);
  return make("div", { class: "field" }, make("label", { for: input.id }, label), input);
}

function select(name, label, options, every) {
  if (!options.length) return null;
  const input = make("select", { onchange: () => choose({ [name]: input.value }) },
    make("option", { value: "" }, every), options.map(([value, text]) => make("option", { value }, text)));
  return field(name, label, input);
}

function counted(values) {
  return [...tally(values)].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name, count]) => [name, `${name} (${count})`]);
}

function drawFilters() {
  const text = make("input", { type: "search", placeholder: "path, function, code, reason…", autocomplete: "off" });
  let timer = 0;
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => choose({ text: text.value }), 120);
  });
  const boxes = TIERS.map((tier) => {
    const input = make("input", { type: "checkbox", value: tier, onchange: chooseTiers });
    return make("label", {}, input, tierLabel(tier));
  });
  const changes = ["new", "worse", "better"].filter((kind) => DATA.handlers.some((one) => one.change === kind));
  const kinds = [...changes.map((kind) => [kind, `${kind} since ${DATA.since ? DATA.since.revision : ""}`])];
  if (DATA.handlers.some((one) => one.suppressed)) kinds.push(["live", "not suppressed"]);
  byId("filters").append(...[
    field("text", "Search", text),
    make("fieldset", { class: "field" }, make("legend", {}, "Tier"), boxes),
    select("outcome", "What becomes of the error", OUTCOMES.filter((name) => DATA.handlers.some((one) => one.outcome === name))
      .map((name) => [name, `${name} (${DATA.handlers.filter((one) => one.outcome === name).length})`]), "any"),
    select("rule", "Rule", counted(DATA.handlers.flatMap((one) => [...new Set(one.rules.map((rule) => rule[0]))])), "any"),
    select("package", "Folder", counted(DATA.handlers.flatMap((one) => foldersOf(one.file.package))).slice(0, 300), "any"),
    DATA.asked.owners ? select("owner", "Owner", counted(DATA.handlers.flatMap(ownersOf)), "any") : null,
    select("change", "State", kinds, "any"),
    make("button", { type: "reset", class: "clear" }, "Clear filters"),
  ].filter(Boolean));
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", (event) => {
    event.preventDefault();
    text.value = "";
    choose({ ...EMPTY, list: state.list });
  });
}

function foldersOf(name) {
  const parts = name.split("/");
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

function chooseTiers() {
  const wanted = [...byId("filters").querySelectorAll("input[type=checkbox]:checked")].map((box) => box.value);
  choose({ tiers: wanted.length === TIERS.length ? "" : wanted.length ? wanted.join(",") : "none" });
}

function drawSummary() {
  byId("headline").textContent = `${plural(DATA.handlers.length, "broad handler")} in ${plural(DATA.files.length, "file")}`
    + (DATA.unread.length ? `; ${plural(DATA.unread.length, "file")} could not be read` : "");
  byId("tiles").append(...TIERS.map((tier) => {
    const count = DATA.handlers.filter((one) => one.tier === tier && !one.suppressed).length;
    const silenced = DATA.handlers.filter((one) => one.tier === tier && one.suppressed).length;
    const files = DATA.files.filter((file) => file.tier === tier).length;
    const then = DATA.since ? DATA.since.before[tier] || 0 : null;
    return make("button", { type: "button", class: `tile ${tier}`, onclick: () => choose({ ...EMPTY, tiers: tier }) },
      make("span", { class: "big" }, String(count)), make("span", {}, `${tier}, ${plural(files, "file")}`),
      silenced ? make("span", { class: "hint" }, `and ${silenced} suppressed`) : "",
      then === null ? "" : make("span", { class: "hint" }, `${then} at ${DATA.since.revision}`));
  }));
  byId("legend").append(...TIERS.map(tierLabel));
  if (DATA.since) drawSince();
}

function drawSince() {
  const count = (kind) => DATA.handlers.filter((one) => one.change === kind).length;
  const told = ["new", "worse", "better"].map((kind) => `${count(kind)} ${kind}`).join(", ");
  const name = DATA.since.named ? `${DATA.since.revision} (${DATA.since.commit})` : DATA.since.commit;
  byId("since").append(make("p", {}, `Since ${name}: ${DATA.gone.length} fixed, ${told}.`));
  if (!DATA.gone.length) return;
  const items = DATA.gone.map((one) => make("li", {}, tierLabel(one.tier), ` ${one.path}:${one.line} ${one.function} (${one.outcome}): `,
    ...(one.instead ? ["now ", make("code", {}, one.instead)] : ["gone"])));
  byId("since").append(make("details", {}, make("summary", {}, "What is fixed"), make("ul", {}, items)));
}

function drawLists() {
  const lists = LISTS.filter(([name]) => name !== "owners" || DATA.asked.owners);
  byId("lists").append(...lists.map(([name, label]) =>
    make("button", { type: "button", value: name, onclick: () => choose({ list: name }) }, label)));
}

function remembered(value) {
  try {
    if (value) localStorage.setItem("broadcatch-colours", value);
    return localStorage.getItem("broadcatch-colours") || "auto";
  } catch {
    return value || "auto"; // a page from a file may have no storage
  }
}

function paint(theme) {
  const known = THEMES.includes(theme) ? theme : "auto";
  document.documentElement.dataset.theme = known;
  byId("theme").textContent = `Colours: ${known}`;
}

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  Object.assign(state, EMPTY);
  for (const [key, value] of given) if (Object.hasOwn(EMPTY, key)) state[key] = value;
  if (!Object.hasOwn(WAYS, state.list)) state.list = "handlers";
  refresh();
  const one = DATA.handlers.find((each) => `${each.path}:${each.line}` === given.get("open"));
  if (one) openNamed(one);
}

// `#open=app/x.py:14` leads to that handler.
function openNamed(one) {
  choose({ ...EMPTY, path: one.path });
  one.toggle();
  byId(`near-${DATA.handlers.indexOf(one)}`).previousElementSibling.scrollIntoView({ block: "start" });
}

byId("theme").addEventListener("click", () => {
  const next = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length];
  remembered(next);
  paint(next);
});
new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) drawMore(); }, { rootMargin: "800px" })
  .observe(byId("more"));
window.addEventListener("hashchange", readAddress);
paint(remembered());
drawSummary();
drawMap((path) => {
  choose({ ...EMPTY, path });
  byId("results").focus({ preventScroll: true });
  byId("count").scrollIntoView({ block: "start", behavior: "auto" });
});
drawFilters();
drawLists();
readAddress();
