// Clerk's own components, unmodified, in an application's page: by what is written on them.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDevice } from './browser.mjs';
import { url } from './usher.mjs';

const FOLDER = process.env.SCREENSHOTS;
/** A picture to upload. */
export const IMAGE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mPQjw0AAAGbAN3xiTfbAAAAAElFTkSuQmCC',
  'base64',
);
const DESK = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';

/** Loads clerk-js into an application of a single page, with the bundle that draws its components. */
async function loadWithComponents(page) {
  await page.addScriptTag({ url: `${url}/npm/@clerk/ui@1/dist/ui.browser.js` });
  await page.evaluate(() =>
    window.Clerk.load({
      telemetry: false,
      ui: { ClerkUI: window.__internal_ClerkUICtor },
      signInFallbackRedirectUrl: '/?signed-in',
      afterSignOutUrl: '/?signed-out',
      routerPush: (to) => window.history.pushState(null, '', to),
      routerReplace: (to) => window.history.replaceState(null, '', to),
    }),
  );
}

/** A device as people have it: clerk-js offers no passkey to a browser that says it is driven by a program. */
export async function openPersonalDevice(browser, options = {}) {
  const device = await openDevice(browser, { userAgent: DESK, viewport: { width: 1280, height: 900 }, ...options });
  await device.addInitScript(() => Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false }));
  return device;
}

/** Gives a page an authenticator of its own, whose person agrees to everything. */
export async function addAuthenticator(page) {
  const tools = await page.context().newCDPSession(page);
  await tools.send('WebAuthn.enable');
  await tools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Opens the application in a new tab of a device; every complaint of the page's code is noted. */
export async function openPrebuilt(device, app) {
  const page = await device.newPage();
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  await page.goto(app.origin);
  await loadWithComponents(page);
  return page;
}

/** Starts the page anew, which forgets what clerk-js had read. */
export async function reload(page) {
  await page.reload();
  await loadWithComponents(page);
}

/** Shows one component, such as UserProfile, and nothing else. */
export async function show(page, component, options = {}) {
  await page.evaluate(
    ([component, options]) => {
      document.querySelectorAll('[data-component]').forEach((old) => {
        window.Clerk[`unmount${old.dataset.component}`](old);
        old.remove();
      });
      window.location.hash = '';
      const place = document.body.appendChild(document.createElement('div'));
      place.dataset.component = component;
      window.Clerk[`mount${component}`](place, options);
    },
    [component, { routing: 'hash', ...options }],
  );
}

export const button = (within, name) => within.getByRole('button', { name, exact: true });

/** A section of a profile, by its heading's id. */
export const section = (page, id) => page.locator(`.cl-profileSection__${id}`);

/** Chooses from the menu behind three dots. */
export async function choose(within, item) {
  await within.locator('.cl-menuButtonEllipsis').click();
  await within.page().getByRole('menuitem', { name: item, exact: true }).click();
}

/** Types a code into the boxes for its digits. */
export async function typeCode(within, code) {
  const boxes = within.getByLabel('Enter verification code');
  await boxes.waitFor();
  await boxes.pressSequentially(code);
}

let proofs = 0;

/** Proves once more who the person is, in the window that opened by itself, and waits until it is gone. */
export async function prove(page, tell, method) {
  const window = page.getByRole('dialog');
  await window.waitFor();
  if (method) {
    await window.getByText('Use another method').click();
    await window.getByRole('button', { name: method }).click();
  }
  await window.locator('.cl-headerTitle').waitFor();
  await picture(page, `proof-${(proofs += 1)}`);
  await tell(window);
  await window.waitFor({ state: 'detached' });
}

/** Keeps a picture of the page, which must show no error. */
export async function picture(page, name) {
  const shown = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  if (FOLDER) writeFileSync(join(FOLDER, `${name}.png`), shown);
  const errors = page.locator('.cl-formFieldErrorText:visible, .cl-alert:visible');
  assert.deepEqual(await errors.allTextContents(), [], `${name} shows an error`);
}
