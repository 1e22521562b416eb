/** Puts the text beside a button into the clipboard, and says so on the button. */
export function watchCopying(): void {
  document.addEventListener("click", async ({ target }) => {
    const button = (target as Element).closest<HTMLButtonElement>("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.parentElement!.querySelector("code")!.textContent);
    button.textContent = button.dataset.copied!;
  });
}
