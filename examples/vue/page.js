import { createApp, h, ref } from "/vue.js";

const root = document.querySelector("#app");
const { inbox } = root.dataset;

createApp({
  setup() {
    const isOpen = ref(false);
    const isThere = ref(true);
    return () => [
      h("h1", "Vue"),
      h("p", ["The chat is ", h("output", isOpen.value ? "open" : "closed")]),
      h("button", { onClick: () => (isOpen.value = !isOpen.value) }, "Talk to us"),
      h("button", { onClick: () => (isThere.value = !isThere.value) }, "Take it away or bring it back"),
      isThere.value &&
        h("beseda-chat", {
          inbox,
          open: isOpen.value,
          onBesedaOpen: () => (isOpen.value = true),
          onBesedaClose: () => (isOpen.value = false),
        }),
    ];
  },
}).mount(root);
