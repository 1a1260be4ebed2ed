"use strict";
// Sorting and filtering of tables that are complete without it. No other script runs on a page: see its policy in the head.
(() => {
  const text = cell => cell.dataset.v ?? cell.textContent.trim();
  const number = said => { const found = said.replace(/[,%\s]/g, ""); return found === "" || isNaN(found) ? null : +found; };

  // Sorting: a heading becomes a button; unknown ones stand last whichever way it goes.
  function sort(table, column, up) {
    const body = table.tBodies[0], rows = [...body.rows];
    const keys = new Map(rows.map(row => [row, text(row.cells[column])]));
    const numeric = rows.every(row => keys.get(row) === "" || keys.get(row) === "—" || number(keys.get(row)) !== null);
    const lang = document.documentElement.lang;
    rows.sort((a, b) => {
      const one = keys.get(a), two = keys.get(b);
      if (!numeric) return (up ? 1 : -1) * one.localeCompare(two, lang);
      const left = number(one), right = number(two);
      if (left === null || right === null) return (left === null) - (right === null);
      return (up ? 1 : -1) * (left - right);
    });
    body.append(...rows);
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    if (!table.tBodies[0] || table.tBodies[0].rows.length < 2) continue;
    // Where heads stand in two rows, the cells of the second fill the group of the first.
    const heads = [], rows = [...table.tHead.rows];
    for (const cell of rows[0].cells)
      if (cell.colSpan > 1 || cell.scope === "colgroup") heads.push(...rows[1].cells); else heads.push(cell);
    heads.forEach((head, column) => {
      // No <button>: Chromium does not repeat a head with form controls on every printed page.
      const button = document.createElement("span");
      button.setAttribute("role", "button");
      button.tabIndex = 0;
      button.className = "sort";
      button.append(...head.childNodes);
      const link = button.querySelector("a");
      if (link) link.replaceWith(...link.childNodes);
      head.append(button);
      button.addEventListener("keydown", event => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        button.click();
      });
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") === "descending" || (!head.hasAttribute("aria-sort") && !head.classList.contains("n") && !head.classList.contains("rate"));
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        sort(table, column, up);
      });
    });
  }

  // Filtering: the fields and the address say the same, so that a figure on the page can lead to its rows.
  const form = document.querySelector("form.filters"), list = document.getElementById("rows");
  if (!form || !list) return;
  form.hidden = false;
  const rows = [...list.tBodies[0].rows], said = form.querySelector("output"), fields = [...form.elements].filter(field => field.name);
  const shows = {
    t: (row, value) => text(row.cells[1]) === value,
    k: (row, value) => text(row.cells[2]) === value,
    o: (row, value) => row.dataset.o === value,
    c: (row, value) => row.dataset.c.split(" ").includes(value),
    q: (row, value) => row.textContent.toLowerCase().includes(value.toLowerCase()),
  };
  function filter() {
    const asked = fields.map(field => [field.name, field.value.trim()]).filter(([, value]) => value);
    let count = 0;
    for (const row of rows) {
      row.hidden = !asked.every(([name, value]) => shows[name](row, value));
      count += !row.hidden;
    }
    said.textContent = said.dataset.of.replace("{}", count);
    history.replaceState(null, "", "#" + asked.map(pair => pair.map(encodeURIComponent).join("=")).join("&"));
  }
  function read() {
    const given = new Map(decodeURIComponent(location.hash.slice(1)).split("&").map(pair => pair.split("=")));
    for (const field of fields) {
      const value = given.get(field.name) || "";
      field.value = value;
      if (field.value !== value) field.value = "";
    }
    filter();
  }
  form.addEventListener("input", filter);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  addEventListener("hashchange", read);
  if (location.hash.length > 1) read();
})();
