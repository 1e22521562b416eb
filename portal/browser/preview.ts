import { inkOn, readAccent } from "../../api/helpdesk/accent.ts";

/** Shows in the picture of the chat what is typed into the form beside it. */
export function watchPreview(): void {
  document.addEventListener("input", ({ target }) => {
    const { name, value } = target as HTMLInputElement;
    const picture = document.querySelector<HTMLElement>(".preview");
    if (!picture || !(target as Element).closest(".with-preview")) return;
    if (name === "accentColor") paint(picture, value.trim());
    const text = picture.querySelector<HTMLElement>(`[data-preview="${CSS.escape(name)}"]`);
    if (text) text.textContent = value.trim() || (text.dataset.house ?? "");
  });
}

/** A colour that could not be saved is not shown either: the picture keeps the last one that could. */
function paint(picture: HTMLElement, color: string): void {
  const read = readAccent(color);
  if (!read.ok) return;
  const ink = inkOn(read.value);
  for (const part of picture.querySelectorAll<SVGElement>("[data-accent]"))
    part.setAttribute(part.dataset.accent!, read.value);
  for (const part of picture.querySelectorAll<SVGElement>("[data-ink]")) part.setAttribute(part.dataset.ink!, ink);
}
