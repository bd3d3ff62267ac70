// `npm run licences`: the licences of all that is shipped: of what is within the package, and of the
// packages that npm installs beside it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** @param path `node_modules/…` */
function licenceOf(path) {
  const { name, version, license } = read(join(path, 'package.json'));
  // An old form: an object, or several.
  const text = typeof license === 'object' ? license.type : license;
  if (!text) throw new Error(`${name} ${version} does not say what its licence is.`);
  return `${name} ${version}: ${text}`;
}

function print(title, lines) {
  console.log(`\n${title}\n`);
  for (const line of lines) console.log(`- ${line}`);
}

const { name, version, license } = read('package.json');
print('In the package itself', [
  `${name} ${version}, its lessons and trained weights: ${license}`,
  // As pictures/README.md says, with where they come from.
  'pictures/fashion-mnist.png: MIT, © 2017 Zalando SE',
  'pictures/cifar10.png: none is stated; its author asks to cite the report',
]);
// The kernel's own bundle has a part of the same: its compiler.
print('Within the scripts of its pages', read('dist/page/packages.json').map(licenceOf));
const packages = Object.entries(read('package-lock.json').packages);
const installed = packages.filter(
  // Some are for other machines, and not installed on this one.
  ([path, { dev, link }]) => path !== '' && !dev && !link && existsSync(join(root, path)),
);
print(
  'Installed beside it',
  installed.map(([path]) => licenceOf(path)),
);
