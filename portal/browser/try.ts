import "../styles/try.css";

/** The call for a terminal, into the clipboard. */
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.parentElement!.querySelector("code")!.textContent);
    button.textContent = button.dataset.copied!;
  });
}
