// Which handlers are meant, and how are they listed? Rows are made when they come into sight.

const CHUNK = 60;
const LISTS = [["handlers", "Handlers"], ["files", "Files"], ["packages", "Folders"], ["owners", "Owners"]];
const EMPTY = { text: "", tiers: "", outcome: "", rule: "", package: "", owner: "", change: "", path: "", list: "handlers" };
const state = { ...EMPTY };
let pending = [];

for (const one of DATA.handlers) one.file = FILES.get(one.path);

// All that a search looks into; made when somebody searches.
function textOf(one) {
  one.text ||= [one.path, one.function, one.outcome, one.zone, ...one.factors.map((each) => `${each[0]} ${each[2]}`),
    ...one.rules.map((rule) => `${rule[0]} ${rule[1]}`), ...one.code.map((row) => row[1])].join("\n").toLowerCase();
  return one.text;
}

function chosenHandlers() {
  const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
  const tiers = state.tiers ? state.tiers.split(",") : TIERS;
  return DATA.handlers.filter((one) => tiers.includes(one.tier)
    && (!state.outcome || one.outcome === state.outcome)
    && (!state.rule || one.rules.some((rule) => rule[0] === state.rule))
    && (!state.package || one.file.package === state.package || one.file.package.startsWith(`${state.package}/`))
    && (!state.owner || ownersOf(one).includes(state.owner))
    && (!state.change || (state.change === "live" ? !one.suppressed : one.change === state.change))
    && (!state.path || one.path === state.path)
    && words.every((word) => textOf(one).includes(word)));
}

function ownersOf(one) {
  return one.file.owners.length ? one.file.owners : ["(no owner)"];
}

const WAYS = {
  handlers: { columns: ["Score", "Tier", "Handler", "What becomes of the error", "Why"], row: handlerRow },
  files: { columns: ["Score", "Tier", "File", "Handlers", "Why"], row: fileRow },
  packages: { columns: ["Worst file", "High", "Medium", "Low", "Folder"], row: groupRow },
  owners: { columns: ["Worst file", "High", "Medium", "Low", "Owner"], row: groupRow },
};

function listItems(shown) {
  if (state.list === "handlers") return shown;
  if (state.list === "files") {
    const counts = tally(shown.map((one) => one.path));
    return DATA.files.filter((file) => counts.has(file.path)).map((file) => ({ ...file, count: counts.get(file.path) }));
  }
  const names = state.list === "owners" ? ownersOf : (one) => [one.file.package];
  const groups = new Map();
  for (const one of shown) {
    for (const name of names(one)) {
      const group = groups.get(name) || { name, high: 0, medium: 0, low: 0, score: 0, tier: "low" };
      group[one.tier] += 1;
      if (one.file.score > group.score) Object.assign(group, { score: one.file.score, tier: one.file.tier });
      groups.set(name, group);
    }
  }
  return [...groups.values()].sort((a, b) => b.high - a.high || b.medium - a.medium || b.score - a.score);
}

function drawList(shown) {
  const items = listItems(shown), way = WAYS[state.list];
  if (!items.length) {
    pending = [];
    byId("results").replaceChildren(make("p", { class: "hint" }, DATA.handlers.length
      ? "Nothing fits these filters." : "There are no broad handlers."));
    return;
  }
  const body = make("tbody");
  const head = make("tr", {}, way.columns.map((name) => make("th", { scope: "col" }, name)));
  byId("results").replaceChildren(make("table", { class: state.list, "aria-rowcount": String(items.length + 1) },
    make("caption", { class: "hidden" }, `${LISTS.find((one) => one[0] === state.list)[1]}, riskiest first`),
    make("thead", {}, head), body));
  pending = items.map((item, at) => () => body.append(...[way.row(item, at)].flat()));
  drawMore();
}

function drawMore() {
  for (const next of pending.splice(0, CHUNK)) next();
}

function handlerRow(one, at) {
  const name = `near-${DATA.handlers.indexOf(one)}`;
  const button = make("button", { type: "button", class: "open", "aria-expanded": "false", "aria-controls": name },
    make("span", { class: "path" }, ...pathText(one.path), `:${one.line}`));
  const row = make("tr", { class: one.suppressed ? "item silenced" : "item", "aria-rowindex": String(at + 2) },
    make("td", { class: "score" }, bar(one.score, 10), points(one.score)),
    make("td", {}, tierLabel(one.tier), one.change ? make("span", { class: "mark" }, one.change) : ""),
    make("th", { scope: "row" }, button, make("span", { class: "function" }, one.function || "module level")),
    make("td", {}, one.outcome, one.suppressed ? make("span", { class: "mark" }, "suppressed") : ""),
    make("td", { class: "why" }, ...whyOf(one)));
  const near = make("tr", { class: "opened", id: name, hidden: true }, make("td", { colspan: "5" }));
  const toggle = () => openRow(one, button, near);
  button.addEventListener("click", (event) => { event.stopPropagation(); toggle(); });
  row.addEventListener("click", () => { if (!String(getSelection())) toggle(); });
  one.toggle = toggle;
  return [row, near];
}

function openRow(one, button, near) {
  const open = button.getAttribute("aria-expanded") !== "true";
  if (open && !near.firstChild.hasChildNodes()) near.firstChild.append(nearPanel(one));
  button.setAttribute("aria-expanded", String(open));
  near.hidden = !open;
}

function whyOf(one) {
  const [first] = [...one.factors.filter((each) => each[1] > 0 && !OUTCOMES.includes(each[0])).sort((a, b) => b[1] - a[1]),
    ...one.factors.filter((each) => OUTCOMES.includes(each[0]))];
  return first ? [make("strong", {}, first[0]), ": ", ...prose(first[2])] : [];
}

function fileRow(file, at) {
  const open = () => choose({ path: file.path, list: "handlers" });
  const facts = [];
  if (DATA.asked.git) facts.push(historyWords(file.git));
  if (DATA.asked.owners) facts.push(file.owners.join(", ") || "no owner");
  return make("tr", { class: "item", "aria-rowindex": String(at + 2) },
    make("td", { class: "score" }, bar(file.score, 100), file.score.toFixed(1)),
    make("td", {}, tierLabel(file.tier)),
    make("th", { scope: "row" }, make("button", { type: "button", class: "open", onclick: open }, make("span", { class: "path" }, ...pathText(file.path)))),
    make("td", {}, String(file.count), facts.map((fact) => make("div", { class: "hint" }, fact))),
    make("td", { class: "why" }, make("ul", {}, file.reasons.map((reason) => make("li", {}, ...prose(reason))))));
}

function groupRow(group, at) {
  const key = state.list === "owners" ? "owner" : "package";
  const open = () => choose({ [key]: group.name, list: "handlers" });
  return make("tr", { class: "item", "aria-rowindex": String(at + 2) },
    make("td", { class: "score" }, bar(group.score, 100), group.score.toFixed(1)),
    ...TIERS.map((tier) => make("td", { class: "number" }, group[tier] ? make("span", { class: `tier ${tier}` }, String(group[tier])) : "·")),
    make("th", { scope: "row" }, make("button", { type: "button", class: "open", onclick: open }, make("span", { class: "path" }, ...pathText(group.name)))));
}
