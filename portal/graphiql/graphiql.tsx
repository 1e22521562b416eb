import "graphiql/style.css";
import "./graphiql.css";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { fetcher } from "./fetcher.ts";

const query = `# The public API of Beseda. Put your token into the headers
# below, then press Ctrl+Enter. In the demo it is the one
# that "npm start" tells in the terminal.

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

createRoot(document.getElementById("graphiql")!).render(
  <GraphiQL
    fetcher={fetcher}
    defaultQuery={query}
    defaultHeaders={'{\n  "Authorization": "Bearer "\n}'}
    defaultEditorToolsVisibility="headers"
  />,
);
