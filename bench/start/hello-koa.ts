import Koa from "koa";

/** What a program on the same framework needs to say anything at all. */
const app = new Koa();
app.use((ctx) => {
  ctx.body = "Hello, world!";
});
app.listen(Number(process.env.PORT), "127.0.0.1", () => process.stdout.write("ready\n"));
