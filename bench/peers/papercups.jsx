import { ChatWidget } from "@papercups-io/chat-widget";
import { createElement } from "react";
import { render } from "react-dom";

const place = document.body.appendChild(document.createElement("div"));
render(createElement(ChatWidget, { accountId: "bench", title: "Chat", baseUrl: location.origin }), place);
