/** Opens and closes dialogs in browsers that do not know `commandfor` yet: Chrome before 135, Firefox before 144, Safari before 26.2. */
export function watchCommands(): void {
  if ("command" in HTMLButtonElement.prototype) return;
  document.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest("button[commandfor]");
    const dialog = document.getElementById(button?.getAttribute("commandfor") ?? "") as HTMLDialogElement | null;
    if (button?.getAttribute("command") === "show-modal") dialog?.showModal();
    else dialog?.close();
  });
}
