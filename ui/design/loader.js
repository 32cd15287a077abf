// Starts the design page. A file of its own, because the page's policy forbids scripts inside the document.
import init from "./salus-design.js";

await init({ module_or_path: new URL("./salus-design_bg.wasm", import.meta.url) });
