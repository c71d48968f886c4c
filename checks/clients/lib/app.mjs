// An application at an origin of its own, whose pages load the unmodified clerk-js from the server under test.
import { createServer } from 'node:http';
import { publishableKey, url } from './usher.mjs';

/** A page with clerk-js, loaded as the SDKs load it: from the Frontend API, wherever the application finds that. */
export const pageWith = (proxyUrl) => `<!doctype html>
<title>An application</title>
<link rel="icon" href="data:,">
<script crossorigin="anonymous" src="${proxyUrl}/npm/@clerk/clerk-js@6/dist/clerk.browser.js"
  data-clerk-publishable-key="${publishableKey}" data-clerk-proxy-url="${proxyUrl}"></script>`;

/** Starts the application; it answers every GET with its page. */
export async function startApp() {
  const server = createServer((request, response) => {
    const isPage = request.url === '/' || request.url.startsWith('/?');
    response.writeHead(isPage ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(isPage ? pageWith(url) : '');
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Opens the application in a new tab of a device and waits for clerk-js. */
export async function openTab(device, app) {
  const page = await device.newPage();
  await page.goto(app.origin);
  await load(page);
  return page;
}

export async function load(page) {
  await page.evaluate(() => window.Clerk.load({ telemetry: false }));
}

export async function reload(page) {
  await page.reload();
  await load(page);
}
