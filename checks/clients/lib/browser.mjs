// The system's Chromium, headless.
import { accessSync, constants, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Nothing here needs longer, on a slow machine too. */
export const LONGEST_WAIT_MS = 20_000;

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function program() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
  if (!found) throw new Error('no Chromium on the path; name its program in CHROMIUM');
  return found;
}

export function openBrowser(flags = []) {
  return chromium.launch({ executablePath: program(), headless: true, args: [...FLAGS, ...flags] });
}

/** A browser profile of its own, as another device has it. */
export async function openDevice(browser, options = {}) {
  const device = await browser.newContext(options);
  device.setDefaultTimeout(LONGEST_WAIT_MS);
  return device;
}

/** A device of its own whose browser takes no cookies from anybody. */
export async function openDeviceWithoutCookies() {
  const folder = mkdtempSync(join(tmpdir(), 'usher-no-cookies-'));
  mkdirSync(join(folder, 'Default'));
  writeFileSync(
    join(folder, 'Default', 'Preferences'),
    JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
  );
  const device = await chromium.launchPersistentContext(folder, { executablePath: program(), headless: true, args: FLAGS });
  device.setDefaultTimeout(LONGEST_WAIT_MS);
  return device;
}
