/* Elements, made one by one: nothing that anybody wrote is ever read as HTML. */
function node(name, attributes, ...children) {
  const made = document.createElement(name);
  fill(made, attributes, children);
  return made;
}

function fill(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(key, value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== "") made.append(child);
  }
}

const SVG = "http://www.w3.org/2000/svg";

/* @param path drawn by us */
function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  fill(svg, { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, []);
  const drawn = document.createElementNS(SVG, "path");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return svg;
}

const ICONS = {
  chat: "M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z",
  close: "M6.4 5 5 6.4 10.6 12 5 17.6 6.4 19 12 13.4 17.6 19 19 17.6 13.4 12 19 6.4 17.6 5 12 10.6z",
  send: "M3 20.5v-6.8L11 12 3 10.3V3.5L22 12z",
  attach: "M16.5 6v10.5a4 4 0 0 1-8 0V5a2.5 2.5 0 0 1 5 0v10.5a1 1 0 0 1-2 0V6H10v9.5a2.5 2.5 0 0 0 5 0V5a4 4 0 0 0-8 0v11.500a5.500 5.500 0 0 0 11 0V6z",
  more: "M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm0 2a2 2 0 1 0 0 4 2 2 0 0 0 0-4zm0 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
};

/* Where a link may lead; everything else could run something here. */
function safeLink(text) {
  try {
    const url = new URL(text);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function link(url, words, ...children) {
  const href = safeLink(url);
  if (!href) return node("span", {}, ...children);
  return node(
    "a",
    { href, target: "_blank", rel: "noopener noreferrer nofollow" },
    ...children,
    node("span", { class: "hidden" }, " (" + words("linked") + ")"),
  );
}
