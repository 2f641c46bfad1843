"use strict";
// Everything foreign is shown by textContent: nothing here takes markup.

const common = JSON.parse(document.getElementById("common").textContent);
const HARDNESS = Object.keys(common.states);

/** An element with attributes and children; children may be text. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A sentence in which what stands in backticks is code. */
function sentence(text, name, attributes) {
  const parts = text.split("`");
  return make(name, attributes, ...parts.map((part, i) => (i % 2 ? make("code", {}, part) : part)));
}

const counted = (number, unit) => `${number.toLocaleString("en")} ${number === 1 ? unit.replace(/s$/, "") : unit}`;

/** One article: its data are read when they are first asked for. */
class Article {
  constructor(root) {
    this.root = root;
    this.flow = root.querySelector(".flow");
    this.panel = root.querySelector(".panel");
    this.buttons = [...this.flow.querySelectorAll("button[data-gap]")];
    this.current = null;
    this.rule = "";
    this.whole = this.buttons.map((button) => [button.parentElement.dataset.state, button.querySelector(".said").textContent]);
    this.hint = [...this.panel.childNodes];
    root.querySelector(".rules").addEventListener("change", (event) => this.filter(event.target.value));
    this.flow.addEventListener("click", (event) => this.clicked(event));
    this.flow.addEventListener("focusin", (event) => this.focused(event));
    this.flow.addEventListener("keydown", (event) => this.pressed(event));
    this.panel.addEventListener("click", (event) => this.followed(event));
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.current !== null) this.go(this.current);
    });
  }

  get data() {
    this.read ??= JSON.parse(document.getElementById(`${this.root.id}-data`).textContent);
    return this.read;
  }

  // ------------------------------------------------------------------ what is known of a gap

  /** The refusals of a gap, each with what there actually is. */
  refusals(gap) {
    const row = this.data.gaps[gap] ?? [];
    const found = [];
    for (let i = 0; i < row.length; i += 2) {
      const [rule, code, required, unit, against, words] = this.data.reasons[row[i]];
      found.push({ rule, code, required, unit, against, words, actual: row[i + 1] });
    }
    return found;
  }

  placed(gap) {
    return (this.data.placed[gap] ?? []).map(([rule, slot, id, anchor]) => ({ rule, slot, id, anchor }));
  }

  /** The state of a gap to one rule: what the hardest of its reasons says. */
  state(gap, rule) {
    if (this.placed(gap).some((slot) => slot.rule === rule)) return "placed";
    if (gap >= this.data.gaps.length) return "unknown";
    const states = this.refusals(gap).filter((each) => each.rule === rule).map((each) => common.codes[each.code].state);
    return states.sort((a, b) => HARDNESS.indexOf(b) - HARDNESS.indexOf(a))[0] ?? "elsewhere";
  }

  /** The nearest mark above or below a gap, and how far it is, in every unit. */
  nearest(gap, step) {
    const marks = step < 0
      ? this.data.marks.filter((mark) => mark[2] <= gap && !(mark[1] === gap && gap)).slice(-1)
      : this.data.marks.filter((mark) => mark[1] >= gap && !(mark[1] === gap && mark !== this.data.marks.at(-1))).slice(0, 1);
    return marks.map(([name, above, below]) => {
      const [from, to] = step < 0 ? [below, gap] : [gap, above];
      const told = Object.entries(this.data.before).map(([unit, sums]) => unit === "%"
        ? `${Math.floor(((sums[to] - sums[from]) * 100) / (sums.at(-1) || 1))}%`
        : counted(sums[to] - sums[from], unit));
      return `${told.join(", ")} ${step < 0 ? "from" : "to"} ${name}`;
    })[0] ?? "";
  }

  // ------------------------------------------------------------------ moving

  clicked(event) {
    const button = event.target.closest("button[data-gap]");
    if (button) button.focus();  // Safari focuses no button that is clicked
    else {
      const at = event.target.closest(".box")?.dataset.at;
      if (at) this.buttons[at].focus();
    }
  }

  focused(event) {
    const button = event.target.closest("button[data-gap]");
    if (button) this.show(Number(button.dataset.gap));
  }

  go(gap) {
    const button = this.buttons[Math.max(0, Math.min(gap, this.buttons.length - 1))];
    button?.scrollIntoView({ block: "center", behavior: "instant" });
    button?.focus({ preventScroll: true });
  }

  /** The next gap in a direction that has a slot, of the rule that is chosen. */
  slot(step) {
    for (let gap = this.current + step; gap >= 0 && gap < this.buttons.length; gap += step) {
      if (this.buttons[gap].parentElement.dataset.state === "placed") return this.go(gap);
    }
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const now = this.current ?? -1;
    const moves = {
      j: () => this.go(now + 1), ArrowDown: () => this.go(now + 1),
      k: () => this.go(now - 1), ArrowUp: () => this.go(now - 1),
      n: () => this.slot(1), p: () => this.slot(-1),
      Home: () => this.go(0), End: () => this.go(this.buttons.length - 1),
      Enter: () => this.panel.focus(),
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    moves[event.key]();
  }

  followed(event) {
    const button = event.target.closest("button.to");
    if (button) this.go(Number(button.dataset.to));
  }

  // ------------------------------------------------------------------ showing

  show(gap) {
    const before = this.buttons[this.current ?? 0];
    before.removeAttribute("aria-current");
    before.tabIndex = -1;
    this.current = gap;
    const button = this.buttons[gap];
    button.setAttribute("aria-current", "true");
    button.tabIndex = 0;
    const last = this.buttons.length - 1;
    const where = last === 0 ? "an article without a block" : gap === 0 ? "above the first block" : gap === last ? "below the last block" : `between blocks ${gap - 1} and ${gap}`;
    const rules = this.rule ? [this.rule] : Object.keys(this.data.rules);
    const states = new Map(rules.map((rule) => [rule, this.state(gap, rule)]));
    const here = rules.filter((rule) => this.rule || states.get(rule) !== "elsewhere");
    here.sort((a, b) => HARDNESS.indexOf(states.get(a)) - HARDNESS.indexOf(states.get(b)));
    const elsewhere = rules.filter((rule) => !here.includes(rule));
    this.panel.replaceChildren(
      make("h2", {}, `Gap ${gap}`),
      make("p", { class: "dim" }, where),
      make("p", {}, this.nearest(gap, -1)),
      make("p", {}, this.nearest(gap, 1)),
      ...here.flatMap((rule) => this.told(gap, rule)),
      ...(elsewhere.length ? [make("details", {},
        make("summary", {}, `${counted(elsewhere.length, "rules")} with no business here: ${elsewhere.join(", ")}`),
        ...elsewhere.flatMap((rule) => this.told(gap, rule)))] : []),
    );
    this.panel.scrollTop = 0;
  }

  /** Everything about a gap and a rule. */
  told(gap, rule) {
    const state = this.state(gap, rule);
    const head = make("h3", { "data-state": state }, make("span", { class: "mark", "aria-hidden": "true" }, common.states[state][0]), ` ${rule}`);
    const slots = this.placed(gap).filter((slot) => slot.rule === rule);
    if (slots.length) return [head, ...slots.map((slot) => make("p", {}, `has the slot ${slot.slot} here, ${slot.id}${slot.anchor ? `, for the anchor ${slot.anchor}` : ""}`))];
    if (state === "unknown") return [head, make("p", {}, common.states.unknown[1])];
    const list = make("ul", { class: "reasons" }, ...this.refusals(gap).filter((each) => each.rule === rule).map((each) => this.reason(each)));
    const cost = this.data.costs[`${gap} ${rule}`];
    const [first, ...held] = this.data.rules[rule].held;
    return [head, list, cost ? make("p", { class: "cost" }, cost) : null, held.length
      ? make("details", {}, make("summary", {}, `Why ${first}?`), ...held.map((line) => make("p", {}, line))) : null].filter(Boolean);
  }

  reason({ code, required, actual, unit, against }) {
    const known = common.codes[code];
    const named = against && !known.named ? common.unsafe[against] ?? against : "";
    const item = make("li", { "data-state": known.state });
    const hasNumbers = !known.bare && unit !== null && required !== null;
    item.append(make("p", { class: "said" }, known.said + (named && !hasNumbers ? `: ${named}` : "")));
    if (hasNumbers) {
      const track = make("div", { class: "fill" });
      track.style.inlineSize = `${Math.min(100, required ? (100 * actual) / required : 100)}%`;
      item.append(make("div", { class: "measure" },
        make("div", { class: "track", "aria-hidden": "true" }, track),
        make("span", {}, `${actual} of ${counted(required, unit)}`)));
      if (named) item.append(make("p", {}, `${known.to ? "to " : ""}${named}`));
    }
    const help = sentence(known.helps, "p", { class: "help" });
    help.prepend(make("b", {}, "What helps: "));
    item.append(help);
    return item;
  }

  /** Show the gaps as one rule sees them, and what is known of the rule. */
  filter(rule) {
    this.rule = rule;
    this.buttons.forEach((button, gap) => {
      const [state, said] = rule ? this.seen(gap, rule) : this.whole[gap];
      button.parentElement.dataset.state = state;
      button.querySelector(".mark").textContent = common.states[state][0];
      button.querySelector(".said").textContent = said;
    });
    for (const box of this.root.querySelectorAll(".box")) box.classList.toggle("aside", Boolean(rule) && box.dataset.rule !== rule);
    if (rule) this.panel.replaceChildren(...this.about(rule));
    else if (this.current !== null) this.show(this.current);
    else this.panel.replaceChildren(...this.hint);
  }

  seen(gap, rule) {
    const state = this.state(gap, rule);
    const reasons = this.refusals(gap).filter((each) => each.rule === rule)
      .sort((a, b) => HARDNESS.indexOf(common.codes[b.code].state) - HARDNESS.indexOf(common.codes[a.code].state))
      .map(({ words, actual }) => (words.startsWith(" ") ? actual + words : words));
    return [state, reasons.join("; ") || common.states[state][1]];
  }

  about(name) {
    const rule = this.data.rules[name];
    return [
      make("h2", {}, `Rule ${name}`),
      ...rule.held.map((line) => make("p", {}, line)),
      ...(rule.miss === null ? [] : [make("p", {}, make("button", { type: "button", class: "to", "data-to": rule.miss }, `Go to the nearest miss, gap ${rule.miss}`))]),
      make("h3", {}, "Refusals"),
      make("dl", {}, ...rule.counts.flatMap(([code, gaps]) => [make("dt", {}, counted(gaps, "gaps")), make("dd", {}, common.codes[code].said)])),
      make("h3", {}, "As declared"),
      make("dl", {}, ...rule.keys.flatMap(([key, value]) => [make("dt", {}, key), make("dd", {}, make("code", {}, value))])),
    ];
  }

  /** The filled page in a frame of its own, made when it is first wanted. */
  look() {
    const holder = this.root.querySelector(".look");
    if (!holder || holder.querySelector("iframe")) return;
    const frame = make("iframe", { sandbox: "", title: "The filled page in its own look", referrerpolicy: "no-referrer" });
    frame.srcdoc = JSON.parse(document.getElementById(`${this.root.id}-look`).textContent);
    holder.append(frame);
  }
}

// ---------------------------------------------------------------------- the whole page

const page = document.documentElement;
const index = document.getElementById("index");
const roots = [...document.querySelectorAll(".report")];
const articles = new Map();
let shown = null;

function open(root) {
  if (!articles.has(root)) articles.set(root, new Article(root));
  shown = articles.get(root);
  if (page.dataset.view === "look") shown.look();
}

/** Show what the address asks for: the index, or the article that has the element it names. */
function arrive() {
  let target = null;
  try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { /* no name of ours */ }
  const root = index ? target?.closest(".report") ?? null : roots[0] ?? null;
  if (index) {
    index.hidden = root !== null;
    for (const each of roots) each.hidden = each !== root;
  }
  if (root) open(root);
  if (!index) return;
  if (root && target !== root) target.scrollIntoView();
  else scrollTo(0, 0);
}

function remembered(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(key) ?? "";
    localStorage.setItem(key, value);
  } catch { /* a page that may keep nothing begins as the system is */ }
  return "";
}

function dress(theme) {
  if (theme) page.dataset.theme = theme;
  else delete page.dataset.theme;
}

const theme = document.getElementById("theme");
theme.value = remembered("adslot-theme");
dress(theme.value);
theme.addEventListener("change", () => { dress(theme.value); remembered("adslot-theme", theme.value); });
document.getElementById("view").addEventListener("change", (event) => {
  page.dataset.view = event.target.value;
  if (event.target.value === "look") shown?.look();
});
document.getElementById("layout")?.addEventListener("change", (event) => { page.dataset.layout = event.target.value; });
document.getElementById("print").addEventListener("click", () => window.print());
if (matchMedia("(max-width: 1150px)").matches) for (const each of document.querySelectorAll(".fold")) each.open = false;
addEventListener("hashchange", arrive);
arrive();
