import htmx from "htmx.org";
import { askOffer } from "./card-place.ts";

/** Opens the form by which a card is moved: a plain choice of states. */
export function watchCardMenus(): void {
  document.addEventListener("click", (event) => {
    const opener = (event.target as Element).closest<HTMLElement>(".card-move");
    if (opener) void open(opener);
  });
}

async function open(opener: HTMLElement): Promise<void> {
  const offer = await askOffer(opener.closest<HTMLElement>(".card")!);
  if (!offer || !opener.isConnected) return;
  const { form } = offer;
  opener.after(form);
  htmx.process(form);
  form.addEventListener("toggle", (event) => {
    if (event.newState === "closed") form.remove();
  });
  form.showPopover({ source: opener });
  form.querySelector("select")!.focus();
}
