// Suggestions under a box while a concept is typed. Without this file the pages work as well, only without them.
"use strict";

(() => {
  const WAIT = 120; // milliseconds without a key before the service is asked
  const SHOWN = 7;
  const LEAST = 2; // letters
  const WORDS = "(?:and|or|not|in|vs\\.?|versus)(?=\\s)";
  const NAMED = "measure|direction|significant|status|kind|retracted|since|until|design|check|text|order";
  const BETWEEN = new RegExp(`->|→|(?:^|\\s)(?:(?:population|comparator|-?(?:${NAMED})):|n\\s*[<>=≤≥]|${WORDS})`, "gi");
  const NO_CONCEPT = new RegExp(`^-?(?:${NAMED}):$|^n\\s*[<>=≤≥]$`);
  const QUOTED = /(?:^|\s)(?:and|or|not|in|vs\.?|versus)(?=\s|$)|\([^)]*\s/i;
  const PLAIN = /^[\p{L}\p{N}][\p{L}\p{N}' ,./()+-]*$/u;

  /** The term that the caret stands in: where it begins and ends, its letters, and whether it may be a concept. */
  function termAt(text, caret) {
    let start = 0, end = text.length, before = "";
    for (const found of text.matchAll(BETWEEN)) {
      const behind = found.index + found[0].length;
      if (behind <= caret) [start, before] = [behind, found[0].trim().toLowerCase()];
      else { end = Math.max(found.index, caret); break; }
    }
    const words = text.slice(start, caret).replace(/^\s*["“]?\s*/, "");
    return { start, end, words, concept: !NO_CONCEPT.test(before) };
  }

  /** A name as a question has it: in quotation marks where it would be read otherwise. */
  function asTerm(name) {
    if (PLAIN.test(name) && !name.includes("->") && !QUOTED.test(name)) return name;
    return '"' + name.replace(/\\/g, "\\\\").replace(/"/g, '\\"') + '"';
  }

  /** The question with the name in place of the term, and where the caret goes. */
  function completed(text, term, name) {
    const head = text.slice(0, term.start).trimEnd(), tail = text.slice(term.end).trimStart();
    let upTo = (head ? head + (head.endsWith(":") ? "" : " ") : "") + asTerm(name);
    if (!head && !tail) upTo += " -> ";
    return { text: tail ? `${upTo} ${tail}` : upTo, caret: upTo.length };
  }

  function element(tag, name, text) {
    const made = document.createElement(tag);
    made.className = name;
    if (text) made.textContent = text; // never markup, whatever a vocabulary calls its concepts
    return made;
  }

  function attach(box) {
    const whole = box.dataset.suggest === "concept";
    const list = element("ul", "suggestions"), said = element("p", "unseen");
    let found = [], active = -1, timer = 0, asking = null;
    list.id = `${box.id}-suggestions`;
    list.hidden = true;
    said.setAttribute("aria-live", "polite");
    for (const [name, value] of [["role", "listbox"], ["aria-label", "Concepts"]]) list.setAttribute(name, value);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
      ["aria-controls", list.id], ["aria-haspopup", "listbox"]]) box.setAttribute(name, value);
    box.after(list, said);

    function close() {
      clearTimeout(timer);
      asking?.abort();
      [found, active, asking] = [[], -1, null];
      list.hidden = true;
      list.replaceChildren();
      said.textContent = "";
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    }

    function show(suggestions) {
      close();
      if (!suggestions.length) return;
      found = suggestions;
      list.replaceChildren(...found.map((one, i) => {
        const option = element("li", "option");
        option.id = `${list.id}-${i}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const why = element("span", "why");
        if (one.name !== one.label) why.append(element("i", "", one.name), ": ");
        why.append(one.why);
        option.append(element("span", "label", one.label), " ", element("span", "kind", one.kind), " ", why);
        option.addEventListener("click", () => choose(i));
        return option;
      }));
      list.hidden = false;
      box.setAttribute("aria-expanded", "true");
      said.textContent = `${found.length} ${found.length === 1 ? "concept" : "concepts"}`;
    }

    function mark(number) {
      const options = list.children;
      if (active >= 0) options[active].setAttribute("aria-selected", "false");
      active = (number + options.length) % options.length;
      options[active].setAttribute("aria-selected", "true");
      options[active].scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", options[active].id);
    }

    function choose(number) {
      const one = found[number];
      close();
      if (whole) {
        location.assign(`/concepts/${encodeURIComponent(one.id)}`);
        return;
      }
      const made = completed(box.value, termAt(box.value, box.selectionStart), one.label);
      box.value = made.text;
      box.focus();
      box.setSelectionRange(made.caret, made.caret);
    }

    async function ask() {
      const term = whole ? { words: box.value, concept: true } : termAt(box.value, box.selectionStart);
      const words = term.words.trim();
      if (!term.concept || words.length < LEAST || words.length > 200) return close();
      const mine = asking = new AbortController();
      try {
        const answer = await fetch(`/api/v1/concepts?limit=${SHOWN}&q=${encodeURIComponent(term.words)}`,
          { signal: mine.signal });
        const told = answer.ok ? await answer.json() : { suggestions: [] };
        if (mine === asking) show(told.suggestions);
      } catch {
        if (mine === asking) close(); // the service is gone: the box works without it
      }
    }

    box.addEventListener("input", () => {
      clearTimeout(timer);
      asking?.abort();
      timer = setTimeout(ask, WAIT);
    });
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape" && !list.hidden) close();
      else if (event.key === "ArrowDown" && !list.hidden) mark(active + 1);
      else if (event.key === "ArrowUp" && !list.hidden) mark(active < 0 ? -1 : active - 1);
      else if (event.key === "Enter" && active >= 0) choose(active);
      else {
        if (event.key === "Enter") close();
        return;
      }
      event.preventDefault();
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    box.addEventListener("blur", close);
  }

  document.querySelectorAll("input[data-suggest]").forEach(attach);
})();
