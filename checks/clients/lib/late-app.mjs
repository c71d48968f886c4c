// An application in a process whose clock is wrong by as many milliseconds as its first argument says.
const off = Number(process.argv[2]);
const Right = Date;
globalThis.Date = class extends Right {
  constructor(...given) {
    super(...(given.length ? given : [Right.now() + off]));
  }

  static now() {
    return Right.now() + off;
  }
};
const { startApp } = await import('./broken.mjs');
const app = await startApp(JSON.parse(process.argv[3]), {
  before: (express) =>
    express.use((request, response, next) => {
      response.set('Date', new Date().toUTCString());
      next();
    }),
});
process.send(app.origin);
process.on('disconnect', () => process.exit());
