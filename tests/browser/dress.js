// How the page is dressed: size and language change in place, as when a person chooses them, and what is looked at stays what it is.
() => {
  const frame = () => new Promise((then) => requestAnimationFrame(() => then()));

  // Its stream of events, so that it can be told of other settings as of anything else. The design page has none.
  const Source = window.EventSource;
  let events = null;
  window.EventSource = class extends Source {
    constructor(...given) {
      super(...given);
      events = this;
    }
  };

  // Where everything stands, as a number: two dresses with the same one differ in colours only.
  const boxes = () => {
    let sum = 17;
    for (const e of document.body.querySelectorAll("*")) {
      const r = e.getBoundingClientRect();
      for (const v of [r.left, r.top, r.width, r.height]) sum = (Math.imul(sum, 31) + Math.round(v * 8)) | 0;
    }
    return sum;
  };

  // Which colours everything has, as text. What a drawing consists of depends on its size: of it, which colours occur.
  const paints = () => {
    const all = [], drawn = new Set();
    for (const e of document.documentElement.querySelectorAll("body, body *")) {
      const s = getComputedStyle(e);
      const colours = [s.color, s.backgroundColor, s.backgroundImage, s.opacity, s.textShadow, s.filter].join();
      if (e.closest("svg")) drawn.add(`${colours},${s.fill},${s.fillOpacity}`);
      else all.push(colours);
    }
    return all.concat([...drawn].sort()).join(";");
  };

  // Until everything stands where it stood a frame ago: charts are drawn anew a frame after their width changed. What moves for longer
  // than half a second moves by itself, and is looked at as it is.
  const still = async () => {
    await frame();
    for (let i = 0, before = boxes(); i < 30; i++) {
      await frame();
      const now = boxes();
      if (now === before) return;
      before = now;
    }
  };

  // A form of the page, for whoever looks at it cannot press what a dialog lies over.
  const choose = (name, value) => {
    const choice = document.querySelector(`input[name="${name}"][value="${value}"]`);
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Takes up the settings that the host has by now: true once the page shows them.
  const become = async ({ lang, size }) => {
    const root = document.documentElement;
    const is = () => root.lang === lang && root.dataset.text === String(size);
    if (!is() && events) {
      events.dispatchEvent(new MessageEvent("message", { data: JSON.stringify({ event: "desktop_changed" }) }));
    } else if (!is()) {
      for (const [name, value] of [["language", lang], ["text", size]]) {
        choose(name, value);
        await frame();
        await frame();
      }
    }
    for (const until = performance.now() + 20_000; !is() && performance.now() < until; ) await frame();
    await still();
    return is();
  };

  window.__dress = { boxes, paints, still, become };
}
