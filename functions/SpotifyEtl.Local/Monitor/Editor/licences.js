// Gathers the licences of what is in the bundle: esbuild alone is none of it.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const packages = Object.keys(JSON.parse(readFileSync('package-lock.json', 'utf8')).packages)
  .filter((path) => path.startsWith('node_modules/') && !path.includes('esbuild'))
  .sort();
const texts = packages.map((path) => {
  const { name, version } = JSON.parse(readFileSync(`${path}/package.json`, 'utf8'));
  const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version}\n\n${readFileSync(`${path}/${file}`, 'utf8').trim()}\n`;
});
writeFileSync('../Assets/editor.licences.txt', `What editor.js is made of, with the licence of each part.\n\n${texts.join('\n----\n\n')}`);
