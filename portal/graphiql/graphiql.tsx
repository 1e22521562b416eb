import "graphiql/style.css";
import "./graphiql.css";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { fetcher } from "./fetcher.ts";

const query = `# The public API of Beseda. Ctrl+Enter asks with the token
# that stands in the headers below. Of the demo it is the
# one that "npm start" tells in the terminal.

query Inbox {
  viewer {
    id
    name
  }
  eventCursor
  conversations(first: 5) {
    nodes {
      id
      number
      status
      contact { name }
      lastMessage { body sentAt }
    }
  }
}

subscription Follow {
  events {
    __typename
    cursor
    ... on MessageSent {
      message { body author { name } }
    }
  }
}
`;

/** A link may bring the token behind its #, which no server sees and no history keeps. */
function takeToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
  if (token) history.replaceState(null, "", location.pathname);
  return token;
}

createRoot(document.getElementById("graphiql")!).render(
  <GraphiQL
    fetcher={fetcher}
    defaultQuery={query}
    defaultHeaders={JSON.stringify({ Authorization: `Bearer ${takeToken()}` }, null, 2)}
    defaultEditorToolsVisibility="headers"
  />,
);
