// What is there? The data, ways to make elements (texts only, never markup), and small helpers.

const DATA = JSON.parse(document.getElementById("data").textContent);
const TIERS = ["high", "medium", "low"];
const OUTCOMES = ["dropped", "fallback", "logged-text", "handed-on", "logged-traceback", "exits", "translated",
  "chained", "reraised"];
const FILES = new Map(DATA.files.map((file) => [file.path, file]));
const SVG = "http://www.w3.org/2000/svg";

// make("p", {class: "hint", onclick: f}, "text", child…): texts are only ever texts.
function make(name, options = {}, ...children) {
  return furnish(document.createElement(name), options, children);
}

function draw(name, options = {}, ...children) {
  return furnish(document.createElementNS(SVG, name), options, children);
}

function furnish(element, options, children) {
  for (const [key, value] of Object.entries(options)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function byId(name) {
  return document.getElementById(name);
}

function plural(count, noun) {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
}

function signed(value) {
  const shown = Math.abs(value).toFixed(1);
  return Number(shown) === 0 ? shown : (value > 0 ? "+" : "−") + shown;
}

// A handler's score with one digit, never rounded up: what is shown as 6.0 is at least 6.
function points(score) {
  return (Math.floor(Math.round(score * 100) / 10) / 10).toFixed(1);
}

function tierLabel(tier) {
  return make("span", { class: `tier ${tier}` }, tier);
}

function bar(score, top) {
  const fill = make("span", { class: "fill" });
  fill.style.width = `${Math.round((100 * score) / top)}%`;
  return make("span", { class: "bar", "aria-hidden": "true" }, fill);
}

// A path may be broken after its slashes, and nowhere else.
function pathText(path) {
  const parts = path.split(/(?<=\/)/);
  return parts.flatMap((part, at) => (at ? [make("wbr"), part] : [part]));
}

// Texts of the report mark code with backticks.
function prose(text) {
  return text.split(/(`[^`]+`)/).filter(Boolean)
    .map((part) => (part.length > 2 && part.startsWith("`") && part.endsWith("`")
      ? make("code", {}, part.slice(1, -1)) : part));
}

function historyWords(git) {
  if (!git) return "not in git";
  const [commits, days, authors] = git;
  if (!commits) return "no commit in a year";
  const when = days === 0 ? "today" : `${plural(days, "day")} ago`;
  if (commits === 1) return `1 commit in a year, ${when}`;
  return `${commits} commits by ${authors === 1 ? "1 person" : `${authors} people`} in a year, the last ${when}`;
}
