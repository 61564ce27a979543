// What does the code say, and which way does the error take through it?

const ROW = 20; // pixels of a row; the style says the same
const LANE = 12; // where the way runs, from the left edge of its lane
const KEYWORDS = new Set(("and as assert async await break class continue def del elif else except finally for from " +
  "global if import in is lambda nonlocal not or pass raise return try while with yield match case").split(" "));
const VALUES = new Set(["True", "False", "None", "self", "cls"]);
const TOKEN = /(#.*$)|([rRbBuUfF]{0,2}(?:"""|'''))|([rRbBuUfF]{0,2}"(?:\\.|[^"\\])*"?|[rRbBuUfF]{0,2}'(?:\\.|[^'\\])*'?)|(\b\d[\w.]*)|(@?[^\W\d]\w*)|(\s+|.)/gu;
const LEAVES = new Set(["reraised", "chained", "translated", "exits"]);

// The words of a row as elements; `open` is the sign that ends a text which began in a row above, or "".
function painted(text, open) {
  const parts = [];
  let rest = text;
  if (open) {
    const end = text.indexOf(open);
    if (end < 0) return [[make("span", { class: "s" }, text)], open];
    parts.push(make("span", { class: "s" }, text.slice(0, end + 3)));
    rest = text.slice(end + 3);
  }
  TOKEN.lastIndex = 0;
  let match;
  while ((match = TOKEN.exec(rest)) && match[0]) {
    const [word, comment, triple, string, number, name] = match;
    if (triple) {
      const sign = triple.slice(-3), from = match.index;
      const end = rest.indexOf(sign, from + triple.length);
      if (end < 0) return [[...parts, make("span", { class: "s" }, rest.slice(from))], sign];
      parts.push(make("span", { class: "s" }, rest.slice(from, end + 3)));
      TOKEN.lastIndex = end + 3;
    } else {
      const kind = comment ? "c" : string ? "s" : number ? "n" : KEYWORDS.has(name) ? "k"
        : VALUES.has(name) ? "v" : name && name.startsWith("@") ? "d" : "";
      parts.push(kind ? make("span", { class: kind }, word) : word);
    }
  }
  return [parts, ""];
}

// The figure of a handler's code; where there are several ways, one can be chosen.
function codeFigure(one) {
  const caption = make("figcaption", {});
  const code = make("div", {
    class: "code", tabindex: "0", role: "group", "aria-label": `Code of ${one.path}, line ${one.line}`,
  });
  const figure = make("figure", {}, caption, code);
  const show = (way) => {
    caption.replaceChildren(...captionOf(way));
    code.replaceChildren(...codeRows(one, way));
  };
  if (one.ways.length > 1) figure.prepend(waySwitch(one, show));
  show(one.ways[0] || null);
  return figure;
}

function captionOf(way) {
  if (!way) return ["The code around the handler."];
  return [make("strong", {}, way.outcome), ": ", ...prose(way.words)];
}

function waySwitch(one, show) {
  const group = make("div", { class: "ways", role: "group", "aria-label": "Ways through the handler" });
  one.ways.forEach((way, at) => {
    const button = make("button", { type: "button", "aria-pressed": String(at === 0) },
      `${way.worst ? "worst way" : `way ${at + 1}`}: ${way.outcome}`);
    button.addEventListener("click", () => {
      for (const other of group.children) other.setAttribute("aria-pressed", String(other === button));
      show(way);
    });
    group.append(button);
  });
  return group;
}

function codeRows(one, way) {
  const rows = [], places = new Map(), notes = notesOf(one, way);
  let before = one.code.length ? one.code[0][0] - 1 : 0, open = "";
  for (const [number, text] of one.code) {
    if (number > before + 1) {
      rows.push(make("div", { class: "row gap" }, make("span", { class: "no" }, "⋮")));
      open = "";
    }
    places.set(number, rows.length);
    let words;
    [words, open] = painted(text.trim() ? text : " ", open);
    const kind = number === one.line ? " clause" : number > one.line && number <= one.end ? " body" : "";
    rows.push(make("div", { class: `row${kind}` }, make("span", { class: "no" }, String(number)),
      make("span", { class: "src" }, ...words), ...(notes.get(number) || []).map(noteElement)));
    before = number;
  }
  return [wayLines(one, way, places, rows.length), ...rows];
}

function noteElement([kind, text]) {
  return make("span", { class: `note ${kind}` }, text);
}

function notesOf(one, way) {
  const notes = new Map();
  const add = (row, kind, text) => notes.set(row, [...(notes.get(row) || []), [kind, text]]);
  for (const [name, value, , row] of one.factors) {
    if (row) add(row, value < 0 ? "less" : "factor", `${name} ${signed(value)}`);
  }
  for (const proposal of one.suggestion ? one.suggestion.proposals : []) {
    const rows = new Set(proposal.evidence.filter((each) => each[1] === one.path).map((each) => each[2]));
    for (const row of rows) if (row >= one.try && row < one.line) add(row, "raises", `may raise ${proposal.spelling}`);
  }
  add(one.line, "here", "caught here");
  if (way) add(lastRow(one, way), "end", endWords(way));
  return notes;
}

function endWords(way) {
  if (way.outcome === "dropped") return "✕ the error is gone";
  if (LEAVES.has(way.outcome)) return `← leaves: ${way.outcome}`;
  return `■ ends: ${way.outcome}`;
}

function lastRow(one, way) {
  const rows = way.steps.map((step) => step[0]).filter((row) => row > one.line);
  return rows.length ? Math.max(...rows) : one.end > one.line ? firstBodyRow(one) : one.line;
}

function firstBodyRow(one) {
  const row = one.code.map((each) => each[0]).find((number) => number > one.line);
  return row || one.line;
}

// The way drawn beside the rows: dashed where the error may arise, a ring where it is caught, dots on its way.
function wayLines(one, way, places, count) {
  const svg = draw("svg", {
    class: "way", width: 24, height: Math.max(1, count) * ROW, "aria-hidden": "true", focusable: "false",
  });
  const at = (row) => (places.get(row) + 0.5) * ROW;
  if (!places.has(one.line)) return svg;
  const inside = [...places.keys()].filter((row) => row > one.try && row < one.line);
  const from = inside.length ? at(inside[0]) : at(one.line) - ROW / 2;
  svg.append(draw("line", { class: "may", x1: LANE, y1: from - ROW / 3, x2: LANE, y2: at(one.line) - 5 }));
  const end = way && places.has(lastRow(one, way)) ? lastRow(one, way) : one.line;
  if (end !== one.line) svg.append(draw("line", { class: "takes", x1: LANE, y1: at(one.line) + 5, x2: LANE, y2: at(end) }));
  svg.append(draw("circle", { class: "caught", cx: LANE, cy: at(one.line), r: 5 }));
  for (const [row] of way ? way.steps : []) {
    if (places.has(row) && row !== end && row > one.line) svg.append(draw("circle", { class: "step", cx: LANE, cy: at(row), r: 3.5 }));
  }
  if (way) svg.append(endMark(way, at(end)));
  return svg;
}

function endMark(way, y) {
  if (way.outcome === "dropped") {
    return draw("path", { class: "gone", d: `M${LANE - 5} ${y - 5}l10 10m0 -10l-10 10` });
  }
  if (LEAVES.has(way.outcome)) return draw("path", { class: "leaves", d: `M${LANE} ${y}H2m5 -4l-5 4l5 4` });
  return draw("rect", { class: "stays", x: LANE - 5, y: y - 5, width: 10, height: 10 });
}
