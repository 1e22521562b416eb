import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

const root = document.querySelector("#app");

function Page() {
  const [isOpen, setIsOpen] = useState(false);
  const [isThere, setIsThere] = useState(true);
  return (
    <>
      <h1>React</h1>
      <p>
        The chat is <output>{isOpen ? "open" : "closed"}</output>
      </p>
      <button type="button" onClick={() => setIsOpen(!isOpen)}>
        Talk to us
      </button>
      <button type="button" onClick={() => setIsThere(!isThere)}>
        Take it away or bring it back
      </button>
      {isThere && (
        <beseda-chat
          inbox={root.dataset.inbox}
          open={isOpen}
          onbeseda-open={() => setIsOpen(true)}
          onbeseda-close={() => setIsOpen(false)}
        />
      )}
    </>
  );
}

createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
