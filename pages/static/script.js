// SPDX-License-Identifier: MIT
// Comforts of the page of a report; everything works without. n and p, or j and k, go to the next and the previous claim.
"use strict";
(() => {
  const marks = [...document.querySelectorAll(".document mark")];
  if (!marks.length) return;
  let at = -1;
  const go = (step) => {
    at = (at + step + marks.length) % marks.length;
    marks.forEach((mark) => mark.classList.remove("current"));
    marks[at].classList.add("current");
    marks[at].scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/i.test(event.target.tagName)) return;
    if (event.key === "n" || event.key === "j") go(1);
    else if (event.key === "p" || event.key === "k") go(-1);
  });
})();
// Review: j and k go from item to item, a and r decide, u goes on.
(() => {
  const items = [...document.querySelectorAll("article.item")];
  if (!items.length) return;
  let at = Math.max(0, items.findIndex((item) => `#${item.id}` === location.hash));
  const go = (step) => {
    at = (at + step + items.length) % items.length;
    items[at].focus();
    items[at].scrollIntoView({ block: "start" });
  };
  items[at].focus({ preventScroll: !location.hash });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/i.test(event.target.tagName)) return;
    const button = { a: "accept", r: "reject" }[event.key];
    if (button) items[at].querySelector(`button[value="${button}"]`).click();
    else if (event.key === "j" || event.key === "u") go(1);
    else if (event.key === "k") go(-1);
  });
})();
// Adding: files may be dropped anywhere on the form; the page of progress looks again by itself.
(() => {
  const form = document.querySelector("form.drop"), files = document.getElementById("files");
  if (!form || !files) return;
  const over = (event, is) => { event.preventDefault(); form.classList.toggle("over", is); };
  form.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) over(event, true); });
  form.addEventListener("dragleave", (event) => over(event, false));
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    over(event, false);
    files.files = event.dataTransfer.files;
    files.focus();
  });
})();
(() => {
  const look = async () => {
    const place = document.getElementById("progress"), again = place && place.dataset.again;
    if (!again) return;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(again)).text(), "text/html"), now = page.getElementById("progress");
      if (now) {
        place.replaceWith(now);
        document.querySelector("h1").textContent = page.querySelector("h1").textContent;
        document.title = page.title;
      }
    } catch { return; }
    setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
})();
