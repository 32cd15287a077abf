// Starts the page. A file of its own, because the page's policy forbids scripts inside the document.

// The largest first: it is on its way while what leads it in is read.
const program = fetch(new URL("./salus-ui_bg.wasm", import.meta.url));
const leader = import("./salus-ui.js");

// Words come beside the program and not after it: of the language that was shown last, and at first of the one that the web view
// believes in. The program takes them from here, and fetches any others itself (src/words/shelf.rs).
const last = () => {
  try {
    return localStorage.getItem("salus-language");
  } catch {
    return null;
  }
};
const wanted = last() ?? navigator.language?.split("-")[0];
const tag = ["en", "ar"].find((language) => language === wanted) ?? "en";
const text = fetch(new URL(`./words/${tag}.ftl`, import.meta.url)).then((answer) => answer.text());
// Where they do not come, the program asks once more, and says so if they do not come then.
globalThis.salusWords = { tag, text: text.catch(() => null) };

const { default: init } = await leader;
await init({ module_or_path: program });
