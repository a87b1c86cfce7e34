// Keys for people who review all day. Every page works without this file.
"use strict";
(() => {
  const OFF = "concord-keys-off";
  const store = {
    get off() { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } },
    set off(value) { try { localStorage.setItem(OFF, value ? "1" : "0"); } catch { /* stays on */ } },
  };
  const find = (selector) => document.querySelector(selector);
  const follow = (link) => { if (link) link.click(); };
  const items = () => [...document.querySelectorAll("[data-item]")].filter((item) => item.offsetParent !== null);
  const linkOf = (item) => item && (item.matches("a") ? item : item.querySelector("a"));

  function step(by) {
    const form = find("#decide");
    if (form) return follow(find(by > 0 ? ".steps a[rel=next]" : ".steps a[rel=prev]"));
    const all = items();
    if (all.length === 0) return;
    const now = all.findIndex((item) => item.contains(document.activeElement));
    const next = now < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(now + by, 0), all.length - 1);
    const link = linkOf(all[next]);
    if (!link) return;
    link.focus();
    all[next].scrollIntoView({ block: "nearest" });
  }

  function choose(key) {
    const radio = find(`#decide input[data-key="${key}"]`);
    if (!radio) return;
    radio.checked = true;
    radio.scrollIntoView({ block: "nearest" });
    const name = find("#reviewer");
    if (key === "v") find("#decide select[name=verdict]").focus();
    else if (key === "c") (name && !name.value ? name : find("#decide button.main")).focus();
    else find("#why").focus();
  }

  let box = null;
  function help() {
    const keys = find("#keys-list-template");
    if (!keys) return;
    if (!box) {
      const words = keys.dataset;
      box = document.createElement("dialog");
      box.className = "keys-box";
      box.setAttribute("aria-labelledby", "keys-title");
      document.body.append(box);
      const title = document.createElement("h2");
      title.id = "keys-title";
      title.textContent = words.title;
      const list = document.createElement("div");
      const buttons = document.createElement("p");
      buttons.className = "buttons";
      const close = document.createElement("button");
      close.type = "button";
      close.className = "main";
      close.textContent = words.close;
      close.addEventListener("click", () => box.close());
      const toggle = document.createElement("button");
      toggle.type = "button";
      const label = () => { toggle.textContent = store.off ? words.on : words.off; };
      toggle.addEventListener("click", () => { store.off = !store.off; label(); });
      label();
      buttons.append(close, " ", toggle);
      box.append(title, list, buttons);
      list.append(keys.content.cloneNode(true));
    }
    if (!box.open) box.showModal();
  }

  document.addEventListener("keydown", (event) => {
    const inField = event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form") || find("#decide");
      const button = form && form.querySelector("button.main, button[type=submit]");
      if (button) { event.preventDefault(); button.click(); }
      return;
    }
    if (event.key === "Escape" && inField) { event.target.blur(); return; }
    if (inField || event.ctrlKey || event.metaKey || event.altKey || (box && box.open)) return;
    if (store.off && event.key !== "?") return;
    const actions = {
      "/": () => { const field = find("#find"); if (field) { field.focus(); field.select(); } },
      "j": () => step(1),
      "k": () => step(-1),
      "o": () => follow(linkOf(items().find((item) => item.contains(document.activeElement)))),
      "n": () => follow(find("a[rel=next]")),
      "p": () => follow(find("a[rel=prev]")),
      "u": () => follow(find(".steps .up") || find(".crumbs a:last-of-type")),
      "c": () => choose("c"),
      "v": () => choose("v"),
      "m": () => choose("m"),
      "?": help,
    };
    const action = actions[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  // The verdict matters only where the decision overrules.
  const decide = find("#decide");
  if (decide) {
    const select = decide.querySelector("select[name=verdict]");
    select.addEventListener("change", () => { decide.querySelector("input[value=overrule]").checked = true; });
  }
  const keys = find("a[data-keys]");
  if (keys) keys.addEventListener("click", (event) => { event.preventDefault(); help(); });
})();
