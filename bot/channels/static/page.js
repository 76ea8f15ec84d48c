// Without this script every form works by itself.
"use strict";

// Within another site's page, links to elsewhere open beside it: few sites let themselves be framed.
if (window.top !== window) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="http"]');
    if (link) link.target = "_blank";
  });
}

// Completion of names, asked for as they are typed.
(() => {
  const field = document.querySelector("[data-names]");
  if (!field) return;
  const list = field.list;
  let asked = "";
  field.addEventListener("input", async () => {
    const start = field.value.trim();
    if (start.length < 2 || start === asked) return;
    asked = start;
    const response = await fetch(`${field.dataset.names}&start=${encodeURIComponent(start)}`).catch(() => null);
    if (!response || !response.ok || asked !== start) return;
    const { names } = await response.json();
    list.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
  });
})();

// The chat without a page load for each turn.
(() => {
  const chat = document.querySelector("[data-chat]");
  if (!chat) return;
  const log = chat.querySelector("[data-log]");
  const ask = chat.querySelector("[data-ask]");
  const fault = ask.querySelector(".fault");

  // Every form on the page is that of the latest turn's chat, and speaks the language of the latest answer.
  const renew = (token) => {
    for (const field of document.querySelectorAll("input[name=token]")) field.value = token;
  };

  const send = async (form, values) => {
    const response = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(values),
      headers: { "X-Vejviser-Part": "turn" },
      credentials: "same-origin",
      redirect: "error",
    });
    const part = new DOMParser().parseFromString(await response.text(), "text/html");
    return { response, part };
  };

  const taken = async (form, values) => {
    let { response, part } = await send(form, values);
    if (response.status === 403) {
      // Another tab has begun the chat meanwhile: the answer tells the form's new token.
      const token = part.querySelector("input[name=token]");
      if (!token) return {};
      renew(token.value);
      values.set("token", token.value);
      ({ response, part } = await send(form, values));
    }
    return { answer: response.ok ? part.querySelector(".turn") : null, id: part.querySelector("main code")?.textContent };
  };

  const turn = async (form, values) => {
    chat.setAttribute("aria-busy", "true");
    fault.textContent = "";
    let answer, id;
    try {
      ({ answer, id } = await taken(form, values));
    } catch {
      // No network: told below.
    }
    chat.removeAttribute("aria-busy");
    if (!answer) {
      fault.textContent = id ? `${chat.dataset.failed} (${id})` : chat.dataset.failed;
      if (form === ask && !ask.text.value) ask.text.value = values.get("text");
      return;
    }
    renew(answer.dataset.token);
    ask.querySelector("[name=spoken]").value = answer.dataset.spoken;
    ask.querySelector("[name=before]")?.remove();
    for (const note of chat.querySelectorAll(".note")) note.remove();
    chat.classList.add("begun");
    answer.classList.add("new");
    log.append(document.adoptNode(answer));
    if (form !== ask) ask.text.focus({ preventScroll: true });
    const { top, bottom } = answer.getBoundingClientRect();
    if (top < 0 || bottom > window.innerHeight - 96) answer.scrollIntoView({ block: "start" });
  };

  // One after the other, as they were sent.
  let turns = Promise.resolve();
  chat.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (form === ask && !ask.text.value.trim()) return;
    event.preventDefault();
    const typed = new FormData(form);
    if (button && button.name) typed.set(button.name, button.value);
    if (form === ask) ask.text.value = "";
    turns = turns.then(() => {
      // The hidden fields as they are by then: an earlier turn may have begun the chat.
      const values = new FormData(form);
      for (const name of ["text", "press"]) if (typed.has(name)) values.set(name, typed.get(name));
      return turn(form, values);
    });
  });
})();
