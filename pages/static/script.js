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
