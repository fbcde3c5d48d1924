// The filters. Without this script every finding is shown, and the form is not.

const form = document.querySelector("#filters");

/** Every finding with what it is filtered by: rules hold problems, problems elements, elements pages. */
const rules = all(document, ".rule").map((node) => ({
  node,
  ...node.dataset,
  criteria: node.dataset.criteria.split(" "),
  text: lowered(node.querySelector(".about")),
  parts: all(node, ".problem").map((node) => ({
    node,
    text: lowered(node.querySelector("h4"), node.querySelector(".fix")),
    parts: all(node, ".element").map((node) => ({
      node,
      variants: BigInt(`0x${node.dataset.variants}`),
      text: lowered(node),
      parts: all(node, "[data-page]").map((node) => ({ node, page: Number(node.dataset.page) })),
    })),
  })),
}));

function all(node, selector) {
  return [...node.querySelectorAll(selector)];
}

/** Asked for only when somebody searches: a large report has megabytes of text. */
function lowered(...nodes) {
  let text;
  return () => {
    text ??= nodes.map((node) => node?.textContent ?? "").join(" ").toLowerCase();
    return text;
  };
}

/**
 * What the form asks for. Pages and variants are places in their lists; -1 is all of them.
 * @returns {{outcome: string, criterion: string, rule: string, source: string, page: number, variant: number, words: string[]}}
 */
function wanted() {
  const { outcome, criterion, rule, source, page, variant, text } = form.elements;
  return {
    outcome: outcome.value,
    criterion: criterion.value,
    rule: rule.value,
    source: source.value,
    page: page.selectedIndex - 1,
    variant: variant.selectedIndex - 1,
    words: text.value.toLowerCase().match(/\S+/g) ?? [],
  };
}

const one = (asked, value) => !asked || asked === value;

function ruleFits(rule, asked) {
  return (
    one(asked.outcome, rule.outcome) &&
    one(asked.rule, rule.rule) &&
    one(asked.source, rule.source) &&
    (!asked.criterion || rule.criteria.includes(asked.criterion))
  );
}

function elementFits(rule, problem, element, asked) {
  const inVariant = asked.variant < 0 || (element.variants >> BigInt(asked.variant)) & 1n;
  const says = (word) => [rule, problem, element].some((each) => each.text().includes(word));
  return inVariant && asked.words.every(says);
}

/** Show what fits, hide what does not. @returns {number} of findings that are shown */
function show() {
  const asked = wanted();
  const onPage = ({ page }) => asked.page < 0 || asked.page === page;
  return reveal(rules, (rule) =>
    ruleFits(rule, asked)
      ? reveal(rule.parts, (problem) =>
          reveal(problem.parts, (element) =>
            elementFits(rule, problem, element, asked) ? reveal(element.parts, (each) => Number(onPage(each))) : 0,
          ),
        )
      : 0,
  );
}

/** Hide each part of which nothing is left. @returns {number} of what is left of all */
function reveal(parts, count) {
  let sum = 0;
  for (const part of parts) {
    const left = count(part);
    part.node.hidden = !left;
    sum += left;
  }
  return sum;
}

function update() {
  const status = form.querySelector(".shown");
  const [shown, every] = [show(), Number(status.dataset.all)];
  const number = (value) => value.toLocaleString("en");
  const noun = every === 1 ? "finding" : "findings";
  const said = shown === every ? `${number(every)} ${noun}` : `${number(shown)} of ${number(every)} ${noun}`;
  if (status.textContent !== said) status.textContent = said;
}

/** The address' fragment says what is asked for, so that a link can be sent to a colleague. */
function remember() {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const [address] = location.href.split("#");
  history.replaceState(null, "", asked.size ? `${address}#${asked}` : address);
}

function recall() {
  const fragment = location.hash.slice(1);
  const target = fragment && document.getElementById(fragment);
  if (target) {
    // A link to what a filter hides shows everything again.
    if (target.closest("[hidden]")) ask(new URLSearchParams());
    target.scrollIntoView();
    return;
  }
  ask(new URLSearchParams(fragment));
}

/** @param {URLSearchParams} asked what is absent is not asked for */
function ask(asked) {
  for (const field of form.querySelectorAll("[name]")) {
    field.value = asked.get(field.name) ?? "";
    if (field.selectedIndex < 0) field.selectedIndex = 0; // what another report has
  }
  update();
}

/** A number of the matrix asks for its page in its variant. */
function follow(event) {
  const link = event.target.closest("a[data-variant]");
  if (!link) return;
  event.preventDefault();
  const { page, variant } = form.elements;
  const asked = {
    page: page.options[Number(link.closest("tr").dataset.page) + 1].value,
    variant: variant.options[Number(link.dataset.variant) + 1].value,
  };
  location.hash = new URLSearchParams(asked).toString();
  document.querySelector("#findings").focus();
}

if (form) {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    update();
    remember();
  });
  form.addEventListener("reset", (event) => {
    // Done here: by itself the form is empty only after the event.
    event.preventDefault();
    ask(new URLSearchParams());
    remember();
  });
  // Not from the start: a page that loads would be interrupted by how many findings it has.
  form.addEventListener("focusin", () => form.querySelector(".shown").setAttribute("role", "status"), { once: true });
  document.addEventListener("click", follow);
  addEventListener("hashchange", recall);
  recall();
}
