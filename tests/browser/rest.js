// When a page is at rest: nothing that it asked for is on its way, nothing is about to happen by itself, and nothing changed for a moment.
() => {
  // Milliseconds without a change; timers up to this long are waited for, longer ones (what was typed is kept) draw nothing.
  const STILL = 200, SOON = 250;
  // What takes longer than that never comes to rest.
  const LONGEST = 60_000;
  const frame = () => new Promise((then) => requestAnimationFrame(() => then()));

  // Commands by their name, until the answer is read to its end.
  const asked = new Map();
  let turn = 0;
  const counted = (does, name) => function (...given) {
    const mine = turn++, answer = does.apply(this, given), over = () => asked.delete(mine);
    asked.set(mine, name(this, given));
    answer.then(over, over);
    return answer;
  };
  const last = (address) => String(address?.url ?? address).split("/").pop();
  window.fetch = counted(window.fetch, (_, [address]) => last(address));
  Response.prototype.text = counted(Response.prototype.text, (answer) => last(answer.url));

  const timers = new Set(), begin = window.setTimeout, end = window.clearTimeout;
  window.setTimeout = (does, ms = 0, ...more) => {
    const id = begin((...with_) => { timers.delete(id); does(...with_); }, ms, ...more);
    if (ms <= SOON) timers.add(id);
    return id;
  };
  window.clearTimeout = (id) => { timers.delete(id); end(id); };

  // Why it is not at rest, in a few words; `held` are commands that get no answer as long as one looks.
  const busy = (held) => {
    const waits = [...asked.values()].filter((name) => !held.includes(name));
    if (waits.length) return `waits for ${waits.join(", ")}`;
    if (timers.size) return "waits for a timer";
    if (document.fonts.status !== "loaded") return "loads a font";
    const works = document.querySelector("main p[aria-busy=true]:not([data-example] *), main .progress:not([data-example] *)");
    if (works && !held.length) return `works: ${works.innerText.trim().slice(0, 60)}`;
    const moves = document.getAnimations().some((a) => a.playState === "running" && a.effect?.getTiming().iterations !== Infinity);
    return moves ? "moves" : null;
  };

  // Comes back once it is at rest, with nothing; else with what it still does.
  const come = async (held) => {
    const begun = performance.now();
    let since = begun, why = null, changed = null;
    const watch = new MutationObserver((all) => { since = performance.now(); changed = all[0].target; });
    watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    try {
      while (performance.now() - begun < LONGEST) {
        await frame();
        why = busy(held);
        if (why) since = performance.now();
        else if (performance.now() - since >= STILL) return null;
      }
      const within = changed?.nodeType === Node.ELEMENT_NODE ? changed : changed?.parentElement;
      return why || `changes again and again: ${within?.tagName.toLowerCase()} "${within?.textContent.trim().slice(0, 60)}"`;
    } finally {
      watch.disconnect();
    }
  };

  window.__rest = { come };
}
