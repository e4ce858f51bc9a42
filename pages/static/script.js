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
    const button = items[at].querySelector(`button[value="${{ a: "accept", r: "reject", u: "unsure" }[event.key]}"]`);
    if (button) button.click();
    else if (event.key === "j") go(1);
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
// A report: words that are selected, by the mouse or by the keyboard, become the words of a claim. In the text the arrows choose by words (with
// Shift more of them), and Enter goes on to the form.
(() => {
  const text = document.getElementById("text"), form = document.getElementById("add-claim");
  if (!text || !form) return;
  const lineOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("#text > p");
  const take = () => {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return false;
    const range = chosen.getRangeAt(0), words = range.toString().trim(), line = lineOf(range.startContainer);
    if (!words || words.includes("\n") || line !== lineOf(range.endContainer)) return false;
    const before = document.createRange();      // how often the words stand before these
    before.setStart(line, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const lines = [...text.querySelectorAll("p")], told = lines.slice(0, lines.indexOf(line)).map((one) => one.textContent);
    const start = before.toString().length + range.toString().indexOf(words);
    const times = (whole) => whole.split(words).length - 1;
    form.elements.words.value = words;
    form.elements.nth.value = told.reduce((sum, one) => sum + times(one), 0) + times(line.textContent.slice(0, start + words.length));
    return true;
  };
  document.addEventListener("selectionchange", take);
  text.addEventListener("keydown", (event) => {
    const chosen = getSelection();
    if (event.key === "Enter" && take()) {
      event.preventDefault();
      form.elements.kind.focus();
      form.scrollIntoView({ block: "center" });
    } else if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      if (!chosen.rangeCount || !text.contains(chosen.focusNode)) chosen.collapse(text.querySelector("p") || text, 0);
      chosen.modify(event.shiftKey ? "extend" : "move", event.key === "ArrowLeft" ? "left" : "right", "word");
    }
  });
})();
