// Builds our theme from designsystemet.config.json and copies what is served into samtall/ui/static/vendor/.
// Run by `npm run build`, after `npm ci`.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const packages = join(root, "node_modules");
const served = join(root, "samtall/ui/static/vendor");
const tokens = join(root, "build/design-tokens");
const theme = join(root, "build/theme");

function designsystemet(...words) {
  const program = join(packages, "@digdir/designsystemet/dist/bin/designsystemet.js");
  execFileSync(process.execPath, [program, ...words], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
}

function serve(source, name) {
  const target = join(served, name);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source, target);
}

/** The theme with its dark colours for screens only: paper is light, whatever the reader's system says. */
function serveTheme(source, name) {
  const text = readFileSync(source, "utf8");
  const onScreen = text.replaceAll("@media (prefers-color-scheme: dark)", "@media screen and (prefers-color-scheme: dark)");
  if (onScreen === text) throw new Error("The theme no longer says where its dark colours begin");
  writeFileSync(join(served, name), onScreen);
}

/** A script without the comment that names a source map we do not serve. */
function serveScript(source, name) {
  const text = readFileSync(source, "utf8").replace(/^\/\/# sourceMappingURL=.*$/gm, "");
  writeFileSync(join(served, name), text);
}

rmSync(served, { recursive: true, force: true });
mkdirSync(served, { recursive: true });

designsystemet("tokens", "create", "--clean");
designsystemet("tokens", "build", "--tokens", tokens, "--out-dir", theme, "--clean");

serveTheme(join(theme, "samtall.css"), "theme.css");
serve(join(packages, "@digdir/designsystemet-css/dist/src/index.css"), "designsystemet.css");
serveScript(join(packages, "@digdir/designsystemet-web/dist/umd/index.js"), "designsystemet.js");
for (const script of ["latin", "latin-ext"]) {
  const font = `inter-${script}-wght-normal.woff2`;
  serve(join(packages, "@fontsource-variable/inter/files", font), font);
}
serve(join(packages, "@digdir/designsystemet-css/LICENSE"), "LICENSE-designsystemet.txt");
serve(join(packages, "@fontsource-variable/inter/LICENSE"), "LICENSE-inter.txt");
