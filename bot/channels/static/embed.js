// Puts the chat where this script stands in another site's page.
"use strict";
(() => {
  const script = document.currentScript;
  const frame = document.createElement("iframe");
  const path = script.dataset.lang === "en" ? "/en/" : "/";
  frame.src = new URL(path, script.src).href;
  frame.title = "Vejviser";
  frame.loading = "lazy";
  frame.width = "100%";
  frame.height = script.dataset.height || "640";
  frame.style.border = "0";
  script.after(frame);
})();
