// What is known of one handler? Its code, why it stands where it stands, and what to do about it.

const GROUPS = [["hidden", "How well is the error hidden?"], ["at stake", "What was at stake?"],
  ["what follows", "What follows?"], ["reach", "Who depends on it?"], ["discount", "What makes it better?"]];
const KINDS = { raise: "raised", operation: "an operation", documented: "documented", knowledge: "known",
  usage: "usual", observed: "observed" };

function nearPanel(one) {
  return make("div", { class: "near" },
    make("div", { class: "side" }, codeFigure(one), rewritesOf(one), wordsOf(one)),
    make("div", { class: "side" }, scoreOf(one), suggestionOf(one), rulesOf(one), aroundOf(one)));
}

function part(title, ...children) {
  return make("section", {}, make("h3", {}, title), ...children);
}

function scoreOf(one) {
  const lists = [];
  for (const [group, title] of GROUPS) {
    const factors = one.factors.filter((each) => each[4] === group).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
    if (!factors.length) continue;
    lists.push(make("h4", {}, title), make("ul", { class: "factors" }, factors.map(factorItem)));
  }
  const total = one.factors.reduce((all, each) => all + each[1], 0);
  const words = `${signed(total)} together: a score of ${points(one.score)} of 10. Each +1 makes a handler twice as risky.`;
  return part("Why this score", ...lists, make("p", { class: "hint" }, words));
}

function factorItem([name, value, detail, row]) {
  const number = make("span", { class: value < 0 ? "value less" : "value" }, signed(value));
  return make("li", {}, number, make("span", {}, make("strong", {}, name), ": ", ...prose(detail),
    row ? make("span", { class: "hint" }, ` (line ${row})`) : ""));
}

function suggestionOf(one) {
  const told = one.suggestion;
  if (!told) return null;
  const items = told.proposals.map((each) => make("li", {},
    make("code", {}, each.spelling), ` ${each.confidence}${each.transient ? ", transient" : ""}`,
    make("ul", {}, each.evidence.map((why) => evidenceItem(why, one.path)))));
  const open = told.open.slice(0, 3).map(([row, call, why]) => make("li", {}, make("code", {}, call), ` (line ${row}): ${why}`));
  const rest = told.open.length > 3 ? make("li", {}, `${told.open.length - 3} more`) : "";
  return part("What to catch instead",
    told.replacement ? make("p", {}, told.closed ? "Instead: " : "Known so far: ", make("code", {}, `except ${told.replacement}`)) : "",
    items.length ? make("ul", {}, items) : make("p", {}, "Nothing was found that is worth catching here."),
    told.closed ? make("p", { class: "hint" }, "Nothing else can reach this handler, programming errors aside.") : "",
    open.length ? make("p", { class: "hint" }, "Open, because it could not be resolved:") : "",
    open.length ? make("ul", { class: "hint" }, open, rest) : "");
}

function evidenceItem([kind, path, row, detail, via], here) {
  const place = !path ? "" : path === here ? `line ${row}` : `${path}:${row}`;
  const steps = via.length ? [make("code", {}, via.join(" → ")), " → "] : [];
  return make("li", {}, `${KINDS[kind] || kind}: `, ...steps, ...prose(detail), make("span", { class: "hint" }, ` ${place}`));
}

function rewritesOf(one) {
  if (!one.rewrites) return null;
  return part("Suggested rewrite", ...one.rewrites.flatMap(([title, safety, reason, diff]) => [
    make("p", {}, make("strong", {}, title), ` (${safety})${reason ? `: ${reason}` : ""}`),
    diff ? make("pre", { class: "diff", tabindex: "0", "aria-label": "Difference" }, diff.split("\n").filter((line) => line).map(diffLine)) : "",
  ]));
}

function diffLine(line) {
  const kind = line.startsWith("+") ? "plus" : line.startsWith("-") ? "minus" : line.startsWith("@@") ? "where" : "";
  return make("span", { class: kind }, `${line}\n`);
}

function rulesOf(one) {
  if (!one.rules.length) return null;
  return part("What the rules say", make("ul", {}, one.rules.map(([code, name, severity, message]) =>
    make("li", {}, make("strong", {}, `${code} ${name}`), ` (${severity}): `, ...prose(message)))));
}

function aroundOf(one) {
  const file = FILES.get(one.path), rows = [];
  const add = (name, ...value) => rows.push(make("dt", {}, name), make("dd", {}, ...value));
  if (one.change) add("Since then", changeWords(one));
  if (one.reach) add("Called", reachWords(one.reach));
  add("Place", one.zone);
  if (file && DATA.asked.owners) add("Owners", file.owners.join(", ") || "nobody");
  if (file && DATA.asked.git) add("History", historyWords(file.git));
  if (one.suppressed) add("Suppressed", "yes, by a comment or the configuration");
  return part("Around it", make("dl", {}, rows));
}

function wordsOf(one) {
  const words = ["report --explain", "suggest"].map((name) => `broadcatch ${name} ${one.path}:${one.line}\n`);
  return part("On the command line", make("pre", { class: "diff", tabindex: "0", "aria-label": "Commands" }, ...words));
}

function changeWords(one) {
  if (!one.was) return `new since ${DATA.since.revision}`;
  return `${one.change} since ${DATA.since.revision}: it was ${one.was.tier} ${points(one.was.score)}, ${one.was.outcome}`;
}

function reachWords([count, callers, entries]) {
  const calls = count ? `from ${plural(count, "place")}: ${callers.slice(0, 5).join(", ")}${count > 5 ? ", …" : ""}` : "no call of it is known";
  return [calls, ...entries].join("; ");
}
