// How a screen is held for its picture: what each run has anew says the same in all of them and takes the same room, nothing has the
// focus, nothing is scrolled. Let go afterwards, so that what comes next finds the screen as it was.
() => {
  // Tall enough to see how such a list begins.
  const HEIGHT = "20rem";
  // The room around a dialog.
  const AROUND = 64;
  let kept = [];

  const put = (of, name, to) => {
    kept.push([of, name, of[name], to]);
    of[name] = to;
  };

  // `masks` are drawn over, and what they say may be of any length; `words` are what the clock says, in whatever sentence; `hidden` is there
  // in one run and not in another; `held` are lists that are longer in one run than in another.
  const hold = ({ masks, words, hidden, held }) => {
    document.activeElement?.blur();
    for (const e of document.querySelectorAll(hidden)) put(e.style, "display", "none");
    for (const e of document.querySelectorAll(held)) {
      for (const [name, to] of [["height", HEIGHT], ["overflow", "hidden"], ["alignContent", "start"]]) put(e.style, name, to);
    }
    const told = words.map(([what, instead]) => [new RegExp(what, "g"), instead]);
    const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (all.nextNode()) {
      const text = all.currentNode, within = text.parentElement;
      if (!text.data.trim() || within.closest("svg, script, style, textarea")) continue;
      const said = within.closest(masks) ? "0" : told.reduce((said, [what, instead]) => said.replace(what, instead), text.data);
      if (said !== text.data) put(text, "data", said);
    }
  };

  // What the page itself wrote meanwhile stays.
  const release = () => {
    for (const [of, name, was, to] of kept.reverse()) if (of[name] === to) of[name] = was;
    kept = [];
  };

  // The height at which nothing of it scrolls. What lies behind a dialog is a screen of its own.
  const length = () => {
    const question = document.querySelector("dialog:modal");
    if (question) return question.scrollHeight + AROUND;
    return Math.max(document.documentElement.scrollHeight,
      ...[...document.querySelectorAll("main")].map((m) => m.getBoundingClientRect().top + m.scrollHeight));
  };

  // From its beginning, whatever was clicked or had the focus further down.
  const top = async () => {
    for (const e of document.querySelectorAll("*")) if (e.scrollTop || e.scrollLeft) e.scrollTo({ top: 0, left: 0, behavior: "instant" });
    await window.__dress.still();
  };

  const name = (e) => {
    const id = e.id ? `#${e.id}` : "", kind = (e.getAttribute("class") || "").trim().split(/\s+/).filter(Boolean).map((c) => `.${c}`).join("");
    const words = (e.innerText ?? e.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 60);
    return `${e.tagName.toLowerCase()}${id}${kind}${words ? ` "${words}"` : ""}`;
  };

  // What stands at these places, each a list of points: of each the three that most of its points lie in.
  const at = (places) => places.map((points) => {
    const found = new Map();
    for (const [x, y] of points) {
      const e = document.elementFromPoint(x, y);
      if (e) found.set(e, (found.get(e) ?? 0) + 1);
    }
    return [...found].sort((a, b) => b[1] - a[1]).slice(0, 3).map(([e]) => name(e));
  });

  window.__pose = { hold, release, length, top, at };
}
