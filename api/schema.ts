import { lexicographicSortSchema, printSchema } from "graphql";
import "./kernel/schema.ts";
import "./people/schema.ts";
import "./people/settings-schema.ts";
import "./people/mutation-schema.ts";
import "./people/presence-schema.ts";
import "./chat/schema.ts";
import "./chat/mutation-schema.ts";
import "./chat/event-schema.ts";
import "./chat/room-schema.ts";
import "./chat/room-event-schema.ts";
import "./chat/room-mutation-schema.ts";
import "./chat/team-schema.ts";
import "./chat/team-mutation-schema.ts";
import "./chat/attention-schema.ts";
import "./chat/mention-schema.ts";
import "./chat/content-schema.ts";
import "./chat/act-schema.ts";
import "./chat/act-event-schema.ts";
import "./chat/act-mutation-schema.ts";
import "./chat/thread-schema.ts";
import "./chat/thread-mutation-schema.ts";
import "./tasks/schema.ts";
import "./tasks/project-schema.ts";
import "./tasks/event-schema.ts";
import "./tasks/mutation-schema.ts";
import "./tasks/part-schema.ts";
import "./tasks/history-schema.ts";
import "./tasks/task-mutation-schema.ts";
import "./tasks/part-mutation-schema.ts";
import "./tasks/workflow-schema.ts";
import "./tasks/move-schema.ts";
import "./tasks/move-mutation-schema.ts";
import "./tasks/workflow-mutation-schema.ts";
import "./helpdesk/schema.ts";
import "./helpdesk/list-schema.ts";
import "./helpdesk/mutation-schema.ts";
import "./helpdesk/ticket-mutation-schema.ts";
import "./helpdesk/settings-schema.ts";
import "./helpdesk/team-schema.ts";
import "./helpdesk/team-mutation-schema.ts";
import "./helpdesk/visitor-schema.ts";
import { builder } from "./kernel/builder.ts";

/** The public schema: the one that widget, portal's GraphiQL and integrators share. */
export const schema = builder.toSchema();

/** The schema as text, sorted, as it is committed in `schema.graphql` and served. */
export const sdl = `${printSchema(lexicographicSortSchema(schema))}\n`;
