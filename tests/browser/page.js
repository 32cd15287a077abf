// What the walk asks the page, besides axe. Each answer is a list of sentences, empty when nothing is wrong.
() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  const dialog = () => document.querySelector("dialog[open]");
  const name = (e) => {
    const words = (e.innerText || e.getAttribute?.("aria-label") || e.id || e.name || "").trim().slice(0, 40);
    return e.tagName.toLowerCase() + (e.id ? `#${e.id}` : "") + (words ? ` "${words}"` : "");
  };
  const plain = (text) => text.replace(/[\u2066-\u2069]/g, "").split(/\s+/).filter(Boolean).join(" ");
  // Hidden from eyes on purpose, for screen readers.
  const clipped = (e) => getComputedStyle(e).clipPath !== "none";

  // The box that a finger has to hit: a label for its tick, the line of a radio's segment.
  const target = (e) => {
    const label = e.matches("input[type=checkbox], input[type=radio]") && e.closest("label");
    return (label || e).getBoundingClientRect();
  };
  const TARGETS = "button, input, select, textarea, summary, a[href], [role=button], [role=option], [role=tab]";

  // A link inside a sentence is as high as its line (WCAG 2.5.8, "inline"), and nothing else is.
  const inline = (e) => e.matches("a") && getComputedStyle(e).display === "inline" && plain(e.parentElement.innerText) !== plain(e.innerText);

  const shape = () => {
    const found = [], root = document.documentElement, question = dialog();
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth}`);
    if (question) {
      const r = question.getBoundingClientRect();
      if (r.left < 0 || r.top < 0 || r.right > innerWidth || r.bottom > innerHeight) found.push("the dialog leaves the window");
      if (question.scrollWidth > question.clientWidth) found.push("the dialog is wider than it shows");
    }
    for (const e of (question || document).querySelectorAll("body *")) {
      if (!shown(e) || e.closest("svg") || clipped(e)) continue;
      const r = e.getBoundingClientRect(), style = getComputedStyle(e);
      // What a table or a line of a program's text holds scrolls in a frame of its own.
      const scrolls = e.parentElement?.closest(".table, pre");
      if (!scrolls && (r.left < -1 || r.right > innerWidth + 1)) found.push(`${name(e)} leaves the window`);
      if (["hidden", "clip"].includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1) found.push(`${name(e)} is cut off`);
      if (e.matches(TARGETS) && !inline(e)) {
        const t = target(e);
        if (t.height < 43.5 || t.width < 43.5) found.push(`${name(e)} is a target of ${t.width.toFixed(1)} x ${t.height.toFixed(1)} px`);
      }
    }
    return found;
  };

  const said = ({ lang, dir }) => {
    const found = [], root = document.documentElement, heads = [...document.querySelectorAll("h1")].filter(shown);
    if (root.lang !== lang) found.push(`lang is "${root.lang}", not "${lang}"`);
    if (root.dir !== dir) found.push(`dir is "${root.dir}", not "${dir}"`);
    if (heads.length !== 1) found.push(`${heads.length} headings of the first level: ${heads.map(name).join(", ")}`);
    const head = heads.length ? plain(heads[0].innerText) : "";
    if (head && !plain(document.title).startsWith(head)) found.push(`the title is "${document.title}", the heading "${head}"`);
    const again = [...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i);
    if (again.length) found.push(`the same id twice: ${[...new Set(again)].join(", ")}`);
    return found;
  };

  // Everything that Tab has to come to; of the radios of one name it comes to one.
  const REACHED = "a[href], button, input, select, textarea, summary, [tabindex]";
  const stops = () => {
    const within = dialog() || document.body, groups = new Map(), all = [];
    for (const e of within.querySelectorAll(REACHED)) {
      if (!shown(e) || e.disabled || e.tabIndex < 0 || e.closest("[inert]")) continue;
      if (e.matches("input[type=radio]")) {
        const group = `${e.name} ${[...document.forms].indexOf(e.form)}`;
        if (groups.has(group)) { groups.get(group).push(e); continue; }
        groups.set(group, [e]);
        all.push(groups.get(group));
      } else all.push([e]);
    }
    return all;
  };

  // Where the next Tab begins: before everything, whatever had the focus.
  const begin = () => {
    const within = dialog() || document.body, mark = document.createElement("span");
    mark.tabIndex = -1;
    within.prepend(mark);
    mark.focus();
    mark.remove();
    window.__stops = stops();
    window.__reached = new Set();
    window.__steps = [];
    window.__between = window.__over = false;
    addEventListener("keydown", before, true);
    return window.__stops.length;
  };

  // Many presses come at once: before each but the first the page keeps where the one before it led.
  const before = (event) => {
    if (event.key !== "Tab") return;
    if (window.__between) keep();
    window.__between = true;
  };

  // Once around, and what is pressed beyond that does not count.
  const keep = () => {
    if (window.__over) return;
    const here = reached();
    window.__steps.push(here);
    window.__over = here.over;
  };

  const ring = (e) => {
    const beside = [e, e.nextElementSibling, e.closest("label")].filter(Boolean);
    return beside.some((b) => {
      const s = getComputedStyle(b);
      return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 && s.outlineColor !== "rgba(0, 0, 0, 0)" && s.opacity !== "0";
    });
  };

  // Some of what has the focus can be seen: it does not lie below a bar that stays, nor outside (WCAG 2.4.11).
  const seen = (e) => {
    const r = (e.matches("input[type=radio], input[type=checkbox]") && e.closest("label") || e).getBoundingClientRect();
    const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8], [0.1, 0.8], [0.9, 0.2], [0.5, 0.05], [0.5, 0.95]];
    return points.some(([x, y]) => {
      const at = document.elementFromPoint(r.left + r.width * x, r.top + r.height * y);
      return at && (e.contains(at) || at.contains(e) && at.closest("label, .chart, .table") || at.closest("label")?.contains(e));
    });
  };

  // After each Tab: what is wrong with where the focus is, and whether the round is over.
  const reached = () => {
    const e = document.activeElement, found = [];
    if (!e || e === document.body || e.tagName === "HTML") return { found, over: window.__reached.size > 0, left: true };
    const index = window.__stops.findIndex((group) => group.includes(e));
    // A field for a date has several places for the focus, and is one field.
    const again = window.__reached.has(e), still = e === window.__here;
    window.__here = e;
    if (!again) {
      if (!ring(e)) found.push(`${name(e)} has the focus, and it is not to be seen`);
      if (!seen(e)) found.push(`${name(e)} has the focus below something else`);
      const last = window.__last ?? -1;
      if (index >= 0 && window.__reached.size && index < last) found.push(`${name(e)} comes after what stands behind it`);
      if (index >= 0) window.__last = index;
    }
    window.__reached.add(e);
    return { found, over: again && !still, left: false };
  };

  // Where all presses of one go led; nothing is pressed any more.
  const steps = () => {
    keep();
    const all = window.__steps;
    window.__steps = [];
    window.__between = false;
    return all;
  };

  const missed = () => {
    removeEventListener("keydown", before, true);
    const left = window.__stops.filter((group) => group[0].isConnected && !group.some((e) => window.__reached.has(e)));
    delete window.__last;
    delete window.__here;
    return left.map((group) => `Tab never comes to ${name(group[0])}`);
  };

  window.__salus = { shape, said, begin, steps, missed };
}
