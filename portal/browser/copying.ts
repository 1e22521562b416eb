/** Puts the text beside a button into the clipboard, and says so on the button. */
export function watchCopying(): void {
  document.addEventListener("click", async ({ target }) => {
    const button = (target as Element).closest<HTMLButtonElement>("[data-copy]");
    if (!button) return;
    const text = button.parentElement!.querySelector("code")!;
    if (await isCopied(text)) button.textContent = button.dataset.copied!;
  });
}

/** On plain-http hosts there is no clipboard: the text is then chosen, and copied in the old way. */
async function isCopied(text: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text.textContent);
    return true;
  } catch {
    getSelection()?.selectAllChildren(text);
    return document.execCommand("copy");
  }
}
