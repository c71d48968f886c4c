// The development page, as a person uses it: by what is written on it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { url } from './usher.mjs';

const SIZES = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const SCHEMES = ['light', 'dark'];
/** The narrowest screen that has to show everything without scrolling sideways. */
const NARROWEST = { width: 360, height: 640 };
const FOLDER = process.env.SCREENSHOTS;

/** Waits until nothing moves any more that ever stops. */
async function settle(page) {
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime < Infinity);
    await Promise.all(ending.map((one) => one.finished.catch(() => {})));
  });
}

/** Fails when something is wider than the window. */
async function fits(page, name) {
  const { room, width } = await page.evaluate(() => {
    const root = document.documentElement;
    return { room: root.clientWidth, width: root.scrollWidth };
  });
  assert.ok(width <= room, `${name} is ${width} wide in a window with room for ${room}`);
}

/** One picture per size and colour scheme, under `<name>-<size>-<scheme>.png`. */
export async function takePictures(page, name) {
  for (const [size, viewport] of Object.entries(SIZES))
    for (const scheme of SCHEMES) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme: scheme });
      await settle(page);
      const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
      if (FOLDER) writeFileSync(join(FOLDER, `${name}-${size}-${scheme}.png`), picture);
      await fits(page, name);
    }
  await page.setViewportSize(NARROWEST);
  await fits(page, name);
  await page.setViewportSize(SIZES.desk);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Opens a page of the server and notes everything that the browser complains about. */
export async function openPage(device, path) {
  const page = await device.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== url) complaints.push(`asks ${request.url()}`);
  });
  await page.setViewportSize(SIZES.desk);
  await page.goto(`${url}${path}`);
  return { page, complaints };
}
