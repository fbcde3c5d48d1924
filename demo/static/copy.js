// A button beside each piece of code, for those who can have one.
const heard = document.querySelector(".heard");
const { copy, copied, notCopied } = heard.dataset;

async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
    return copied;
  } catch {
    return notCopied;
  }
}

for (const code of document.querySelectorAll(".code")) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: copy });
  button.addEventListener("click", async () => {
    heard.textContent = "";
    heard.textContent = button.textContent = await put(code.querySelector("code").textContent);
  });
  button.addEventListener("blur", () => {
    button.textContent = copy;
  });
  code.querySelector(".code-label").after(button);
}
