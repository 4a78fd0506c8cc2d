// Builds the package that games install: node scripts/sdk-build.mjs [folder], dist/sdk by default.
// JavaScript and declarations of every entry, the guide and the examples, ready for `npm publish`.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "./install.mjs";

const source = join(root, "sdk");
const output = resolve(process.argv[2] ?? join(root, "dist/sdk"));

const compile = () => {
  const compiler = join(root, "node_modules/.bin/tsc");
  const { status } = spawnSync(compiler, ["-p", source, "--outDir", output], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("The SDK could not be compiled.");
};

// The compiler rewrites the extensions of imports in JavaScript alone.
const rewriteDeclarations = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) rewriteDeclarations(path);
    else if (entry.name.endsWith(".d.ts"))
      writeFileSync(path, readFileSync(path, "utf8").replaceAll(/(from "\.[^"]*)\.ts"/g, '$1.js"'));
  }
};

// In the repository the entries are the sources; here they are what was made of them.
const writeManifest = () => {
  const manifest = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
  const entries = Object.entries(manifest.exports).map(([entry, path]) => {
    const built = path.replace("./src/", "./").replace(/\.ts$/, "");
    return [entry, { types: `${built}.d.ts`, default: `${built}.js` }];
  });
  const built = { ...manifest, exports: Object.fromEntries(entries) };
  writeFileSync(join(output, "package.json"), `${JSON.stringify(built, null, 2)}\n`);
};

const copyGuides = () => {
  const readme = readFileSync(join(source, "README.md"), "utf8");
  writeFileSync(join(output, "README.md"), readme.replaceAll("../docs/", "docs/"));
  cpSync(join(root, "docs/sdk.md"), join(output, "docs/sdk.md"));
  const examples = join(source, "examples");
  if (existsSync(examples)) cpSync(examples, join(output, "examples"), { recursive: true });
};

try {
  rmSync(output, { recursive: true, force: true });
  compile();
  rewriteDeclarations(output);
  writeManifest();
  copyGuides();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
