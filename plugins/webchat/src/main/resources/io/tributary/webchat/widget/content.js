/* How one part of a message looks. What this version does not know is shown as its text, or not at all. */
const PARTS = {
  text: (part, on) => node("p", { class: "text", dir: "auto" }, spanned(part.text || "", part.spans || [], on.words)),
  media: (part, on) => media(part, on),
  choices: (part, on) => [node("p", { class: "text", dir: "auto" }, plain(part.text || "", on.words)), choices(part, on)],
  card: (part, on) => card(part, on),
  carousel: (part, on) =>
    node("div", { class: "carousel", role: "list", tabindex: "0", "aria-label": on.words("choose") },
      (part.cards || []).map((each) => node("div", { role: "listitem" }, card(each, on)))),
  form: (part, on) => askedForm(part, on),
  place: (part, on) => node("p", { class: "text", dir: "auto" }, part.text || "", " ", place(part, on)),
  filled: (part, on) => node("p", { class: "text" }, on.words("answered")),
};

function shownPart(part, on) {
  const form = Object.hasOwn(PARTS, part.k) ? PARTS[part.k] : PARTS.text;
  return form(part, on);
}

const WEB_ADDRESS = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

/* Addresses in plain text can be followed. */
function plain(text, words) {
  const pieces = [];
  let done = 0;
  for (const found of text.matchAll(WEB_ADDRESS)) {
    pieces.push(text.slice(done, found.index), link(found[0], words, found[0]));
    done = found.index + found[0].length;
  }
  pieces.push(text.slice(done));
  return pieces;
}

const SPAN_NODES = { bold: "strong", italic: "em", underline: "u", strike: "s", code: "code" };

/* Cut at every begin and end of a span: so spans may overlap. */
function spanned(text, spans, words) {
  const cuts = [...new Set([0, text.length, ...spans.flatMap((each) => [each.from, each.to])])]
    .filter((each) => each >= 0 && each <= text.length)
    .sort((one, other) => one - other);
  return cuts.slice(1).map((to, index) => {
    const from = cuts[index];
    const over = spans.filter((each) => each.from <= from && each.to >= to);
    const linked = over.find((each) => each.as === "link");
    const piece = text.slice(from, to);
    let shown = linked ? [link(linked.value, words, piece)] : plain(piece, words);
    for (const each of over) {
      if (Object.hasOwn(SPAN_NODES, each.as)) shown = [node(SPAN_NODES[each.as], {}, shown)];
    }
    return shown;
  }).flat();
}

function size(bytes, language) {
  const kilo = bytes / 1024;
  const unit = kilo < 1024 ? "kilobyte" : "megabyte";
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 })
    .format(kilo < 1024 ? Math.max(1, Math.round(kilo)) : kilo / 1024);
}

/* Only still pictures are shown in the page; everything else is a link to another origin. */
function media(part, on) {
  const name = part.name || part.caption || on.words("file");
  const label = part.bytes > 0 ? name + " (" + size(part.bytes, on.language) + ")" : name;
  const caption = part.caption ? node("p", { class: "text", dir: "auto" }, plain(part.caption, on.words)) : null;
  if (!part.url || !safeLink(part.url)) return [node("p", { class: "file", dir: "auto" }, label), caption];
  const shown = link(part.url, on.words, node("span", { class: "file", dir: "auto" }, label));
  shown.addEventListener("click", (event) => on.look(event, part));
  if (part.picture === true) {
    const picture = node("img", { src: safeLink(part.url), alt: name, loading: "lazy", referrerpolicy: "no-referrer" });
    picture.addEventListener("error", () => picture.remove());
    shown.prepend(picture);
  }
  return [shown, caption];
}

function place(part, on) {
  const at = Number(part.latitude) + "," + Number(part.longitude);
  return link("https://www.openstreetmap.org/?mlat=" + Number(part.latitude) + "&mlon=" + Number(part.longitude), on.words, on.words("map") + " " + at);
}

function card(part, on) {
  return node("div", { class: "card" },
    part.image ? media(part.image, on) : null,
    node("p", { class: "heading", dir: "auto" }, part.title || ""),
    part.text ? node("p", { class: "text", dir: "auto" }, plain(part.text, on.words)) : null,
    choices(part, on));
}

/* One can be chosen, once. */
function choices(part, on) {
  if (!(part.choices || []).length) return null;
  let section = null;
  const shown = part.choices.flatMap((choice) => {
    const heading = choice.section && choice.section !== section ? node("p", { class: "section", dir: "auto" }, choice.section) : null;
    section = choice.section;
    const label = [node("span", { dir: "auto" }, choice.label), choice.description ? node("small", { dir: "auto" }, choice.description) : null];
    if (typeof choice.url === "string") return [heading, node("div", { class: "choice" }, link(choice.url, on.words, label))];
    return [heading, node("button", {
      type: "button", class: "choice", disabled: Boolean(on.message.chosen), "aria-pressed": String(on.message.chosen === choice.id),
      click: () => on.choose(choice),
    }, label)];
  });
  return node("div", { class: "choices" }, shown);
}
