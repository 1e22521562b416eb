// The portal's one script. htmx and its extensions must be one file: loaded apart, they register too late for the
// first page (htmx 4.0.1), and the stream silently never opens.
import "../styles/portal.css";
import "htmx.org";
import "htmx.org/dist/ext/hx-sse.js";
import "htmx.org/dist/ext/hx-upsert.js";
import { arrangePage, watchThread } from "./arrange.ts";
import { watchCollisions } from "./collision.ts";
import { watchComposer } from "./composer.ts";
import { watchConnection } from "./connection.ts";
import { watchCopying } from "./copying.ts";
import { watchDrafts } from "./drafts.ts";
import { watchKeys } from "./keys.ts";
import { watchMessages } from "./message-bar.ts";
import { watchNavigation } from "./navigation.ts";
import { watchPalette } from "./palette.ts";
import { watchPreview } from "./preview.ts";
import { watchScrolling } from "./scrolling.ts";
import { watchSigns } from "./signs.ts";
import { watchToasts } from "./toasts.ts";

watchConnection();
watchCollisions();
watchComposer();
watchDrafts();
watchKeys();
watchMessages();
watchNavigation();
watchPalette();
watchCopying();
watchPreview();
watchScrolling();
watchSigns();
watchThread();
watchToasts();
document.addEventListener("htmx:after:swap", arrangePage);
document.addEventListener("visibilitychange", arrangePage);
arrangePage();
