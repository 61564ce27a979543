// Where is the risk? A map of the files: squarified boxes, folder by folder.

const SHORTEST = 14; // pixels of a box that still shows a name
const LABEL = 15; // pixels of a folder's name over its boxes
const ROOM = [110, 60]; // a folder of at least this width and height shows its name
let mapBoxes = [];

function drawMap(choose) {
  const map = byId("map");
  const weights = new Map(), counts = tally(DATA.handlers.map((one) => one.path));
  for (const one of DATA.handlers) weights.set(one.path, (weights.get(one.path) || 0) + one.score);
  const files = DATA.files.filter((file) => weights.has(file.path));
  if (!files.length) {
    byId("map-section").hidden = true;
    return;
  }
  const folders = new Map();
  for (const file of files) {
    const inside = folders.get(file.package) || [];
    inside.push({ file, weight: Math.max(weights.get(file.path), 0.05) });
    folders.set(file.package, inside);
  }
  const groups = [...folders].map(([name, items]) => ({ name, items, weight: sum(items) }));
  groups.sort((a, b) => b.weight - a.weight);
  for (const group of groups) group.items.sort((a, b) => b.weight - a.weight);
  mapBoxes = [];
  for (const group of groups) {
    for (const item of group.items) {
      item.box = mapBox(item.file, counts.get(item.file.path), choose);
      mapBoxes.push(item.box);
    }
    group.label = make("div", { class: "folder", "aria-hidden": "true", title: group.name }, tail(group.name, 2));
  }
  map.replaceChildren(...groups.map((group) => group.label), ...mapBoxes);
  mapBoxes[0].tabIndex = 0;
  map.addEventListener("keydown", moveOnMap);
  const place = () => layMap(map, groups);
  new ResizeObserver(place).observe(map);
  place();
}

function sum(items) {
  return items.reduce((total, item) => total + item.weight, 0);
}

function mapBox(file, count, choose) {
  const words = `${file.path}: ${file.tier}, score ${file.score}, ${plural(count, "handler")}`;
  const box = make("button", {
    type: "button", class: `box ${file.tier}`, "aria-label": words, title: words, tabindex: "-1",
    onclick: () => choose(file.path),
  }, make("span", {}, ""));
  box.dataset.path = file.path;
  return box;
}

// One stop of the Tab key; the arrows go on from there in the order of risk.
function moveOnMap(event) {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const at = mapBoxes.indexOf(document.activeElement);
  let next = at + (steps[event.key] || 0);
  if (event.key === "Home") next = 0;
  if (event.key === "End") next = mapBoxes.length - 1;
  if (at < 0 || next === at || next < 0 || next >= mapBoxes.length) return;
  event.preventDefault();
  mapBoxes[at].tabIndex = -1;
  mapBoxes[next].tabIndex = 0;
  mapBoxes[next].focus();
}

function layMap(map, groups) {
  const width = map.clientWidth, height = map.clientHeight;
  if (!width || !height) return;
  for (const [group, place] of squarified(groups, { x: 0, y: 0, w: width, h: height })) {
    const named = place.w >= ROOM[0] && place.h >= ROOM[1];
    group.label.hidden = !named;
    put(group.label, { ...place, h: LABEL });
    const below = named ? { x: place.x, y: place.y + LABEL, w: place.w, h: place.h - LABEL } : place;
    for (const [item, spot] of squarified(group.items, below)) {
      put(item.box, spot);
      item.box.firstChild.textContent = tail(item.file.path, named ? 1 : 2);
      item.box.classList.toggle("tiny", spot.h < SHORTEST || spot.w < 3 * SHORTEST);
    }
  }
}

function tail(path, parts) {
  return path.split("/").slice(-parts).join("/");
}

function put(element, spot) {
  element.style.left = `${spot.x.toFixed(1)}px`;
  element.style.top = `${spot.y.toFixed(1)}px`;
  element.style.width = `${Math.max(1, spot.w).toFixed(1)}px`;
  element.style.height = `${Math.max(1, spot.h).toFixed(1)}px`;
}

// Rows of boxes along the shorter side, each row as long as its boxes become squarer (Bruls and others, 2000).
function squarified(items, area) {
  const placed = [];
  const scale = (area.w * area.h) / sum(items);
  let { x, y, w, h } = area, start = 0;
  while (start < items.length) {
    const side = Math.min(w, h);
    let end = start + 1, size = items[start].weight * scale, best = worst(items, start, end, size, side, scale);
    while (end < items.length) {
      const more = size + items[end].weight * scale;
      const next = worst(items, start, end + 1, more, side, scale);
      if (next > best) break;
      [size, best, end] = [more, next, end + 1];
    }
    const deep = side ? size / side : 0;
    let along = 0;
    for (const item of items.slice(start, end)) {
      const long = deep ? (item.weight * scale) / deep : 0;
      placed.push([item, w < h ? { x: x + along, y, w: long, h: deep } : { x, y: y + along, w: deep, h: long }]);
      along += long;
    }
    if (w < h) [y, h] = [y + deep, h - deep];
    else [x, w] = [x + deep, w - deep];
    start = end;
  }
  return placed;
}

function worst(items, start, end, size, side, scale) {
  const large = items[start].weight * scale, small = items[end - 1].weight * scale;
  return Math.max((side * side * large) / (size * size), (size * size) / (side * side * small));
}

function markMap(shown) {
  const paths = new Set(shown.map((one) => one.path));
  for (const box of mapBoxes) box.classList.toggle("faded", !paths.has(box.dataset.path));
}
