// Starts the page. A file of its own, because the page's policy forbids scripts inside the document.
import init from "./salus-ui.js";

await init({ module_or_path: new URL("./salus-ui_bg.wasm", import.meta.url) });
