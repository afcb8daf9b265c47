/* Forms: those that agents send, and the one before the chat. The browser checks what is entered. */
const INPUTS = {
  text: { type: "text" }, number: { type: "number", step: "any" }, date: { type: "date" },
  email: { type: "email", autocomplete: "email" }, phone: { type: "tel", autocomplete: "tel" },
};

function field(given, on) {
  const id = "f" + randomText(6);
  const required = given.required ? node("span", { class: "required", "aria-hidden": "true" }, " *") : null;
  const label = node("label", { for: id, dir: "auto" }, given.label, required);
  if (given.input === "agreement") {
    const box = node("input", { id, type: "checkbox", name: given.name, required: given.required });
    return { node: node("div", { class: "field box" }, box, label), value: () => box.checked };
  }
  if (given.input === "choices") return several(given);
  if (given.input === "choice") {
    const select = node("select", { id, name: given.name, required: given.required },
      node("option", { value: "" }, on.words("choose")),
      given.choices.map((each) => node("option", { value: each.id }, each.label)));
    return { node: node("div", { class: "field" }, label, select), value: () => select.value };
  }
  const shared = { id, name: given.name, required: given.required, maxlength: given.input === "long_text" ? 2000 : 200 };
  const input = given.input === "long_text"
    ? node("textarea", { ...shared, rows: 3 })
    : node("input", { ...shared, ...(INPUTS[given.input] || INPUTS.text), ...(given.autocomplete ? { autocomplete: given.autocomplete } : {}) });
  return {
    node: node("div", { class: "field" }, label, input),
    value: () => (given.input === "number" && input.value !== "" ? Number(input.value) : input.value.trim()),
  };
}

function several(given) {
  const boxes = given.choices.map((each) => {
    const id = "f" + randomText(6);
    return { id: each.id, node: node("input", { id, type: "checkbox" }), label: node("label", { for: id, dir: "auto" }, each.label) };
  });
  return {
    node: node("fieldset", { class: "field" }, node("legend", { dir: "auto" }, given.label),
      boxes.map((each) => node("div", { class: "box" }, each.node, each.label))),
    value: () => boxes.filter((each) => each.node.checked).map((each) => each.id),
  };
}

/* @param submitted is given the values by name */
function form(fields, heading, button, on, submitted, ...more) {
  const inputs = fields.map((each) => ({ name: each.name, ...field(each, on) }));
  const made = node("form", { class: "form", submit: (event) => {
    event.preventDefault();
    submitted(Object.fromEntries(inputs.map((each) => [each.name, each.value()]).filter(([, value]) => value !== "")));
  } },
  heading ? node("p", { class: "heading", dir: "auto" }, heading) : null,
  inputs.map((each) => each.node),
  node("div", { class: "buttons" }, node("button", { type: "submit", class: "main" }, button), ...more));
  return made;
}

function askedForm(part, on) {
  if (on.message.filled) return node("p", { class: "heading", dir: "auto" }, part.title);
  return form(part.fields || [], part.title, on.words("submit"), on, (values) => on.fill(part, values));
}

const LEAD_INPUTS = {
  name: { input: "text", autocomplete: "name" }, email: { input: "email" },
  company: { input: "text", autocomplete: "organization" }, interest: { input: "text" },
};

/* Who the visitor is, before the first word. */
function leadForm(on, submitted, skipped) {
  const must = SETTINGS.lead.asked === "required";
  const fields = SETTINGS.lead.fields.map((name) => ({
    name, label: on.words(name), required: must && (name === "name" || name === "email"), ...LEAD_INPUTS[name],
    ...(name === "interest" && SETTINGS.lead.interests.length
      ? { input: "choice", choices: SETTINGS.lead.interests.map((each) => ({ id: each, label: each })) } : {}),
  }));
  const skip = must ? null : node("button", { type: "button", click: skipped }, on.words("skip"));
  return form(fields, on.words("who"), on.words("begin"), on, submitted, skip);
}
