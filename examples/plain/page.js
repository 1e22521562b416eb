// Calls may be made before the chat has loaded: this line keeps them.
window.Beseda ||= function () {
  (Beseda.q ||= []).push(arguments);
};

Beseda("on", "unread", ({ count }) => {
  document.querySelector("#unread").value = count;
});
Beseda("setAttributes", { plan: "pro" });
