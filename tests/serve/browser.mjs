// Drives the pages in a real browser: search, filter, open, review by keys and
// without script, upload, export; no console error, no request elsewhere, no
// serious finding of axe, nothing wider than the window.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import path from "node:path";
import assert from "node:assert/strict";

const { SITE, BROWSER, TOOLS, SHOTS } = process.env;
const require = createRequire(path.join(TOOLS, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const executablePath = ["/usr/bin", "/usr/local/bin"].map((folder) => path.join(folder, BROWSER))
  .find((file) => { try { readFileSync(file, { flag: "r" }); return true; } catch { return false; } });
const browser = await chromium.launch({
  executablePath: executablePath ?? BROWSER,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});

const complaints = [];
function watched(page) {
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${SITE}/`) && !url.startsWith("data:")) complaints.push(`asks ${url}`);
  });
  return page;
}

const paths = {
  home: "/",
  search: "/search?q=concept:csam",
  "search-wrong": "/search?q=(open",
  matrix: "/matrix?group=region",
  jurisdictions: "/jurisdictions",
  jurisdiction: "/jurisdictions/xa",
  finding: "/jurisdictions/xa/csam-possess",
  negative: "/jurisdictions/xc/csam-possess",
  requirements: "/requirements",
  requirement: "/requirements/csam-possess",
  act: "/law/xa/sexual-offences-act-2014.md",
  provision: "/law/xa/sexual-offences-act-2014.md?at=13&concept=csam",
  review: "/review",
  check: "/check",
  keys: "/keys",
  method: "/method",
  error: "/nothing",
};

try {
  // Every page at three widths, in both colour schemes, through axe.
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ colorScheme });
    const page = watched(await context.newPage());
    for (const [name, where] of Object.entries(paths)) {
      for (const width of [360, 768, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(SITE + where);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `${name} is ${wide} px too wide at ${width} px`);
        await page.screenshot({ path: path.join(SHOTS, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      }
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      }));
      const grave = violations.filter((v) => ["serious", "critical"].includes(v.impact));
      assert.deepEqual(grave.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" | ")}`), [], `${name}, ${colorScheme}`);
    }
    await context.close();
  }
  // In French and Spanish, as a browser asks for it: nothing too wide, nothing
  // axe objects to, and the choice of a language works without script.
  for (const [locale, search, spanish] of [["fr-FR", "Recherche", "Búsqueda"], ["es-ES", "Búsqueda", "Búsqueda"]]) {
    const context = await browser.newContext({ locale });
    const page = watched(await context.newPage());
    for (const name of ["home", "finding", "review"]) {
      for (const width of [360]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(SITE + paths[name]);
        assert.equal(await page.evaluate(() => document.documentElement.lang), locale.slice(0, 2));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `${name} in ${locale} is ${wide} px too wide at ${width} px`);
        await page.screenshot({ path: path.join(SHOTS, `${name}-${width}-${locale}.png`), fullPage: true });
      }
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      }));
      const grave = violations.filter((v) => ["serious", "critical"].includes(v.impact));
      assert.deepEqual(grave.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" | ")}`), [], `${name}, ${locale}`);
    }
    await page.getByRole("link", { name: search, exact: true }).waitFor();
    await page.getByRole("link", { name: "español" }).click();
    await page.waitForURL(/language=es/);
    await page.getByRole("link", { name: spanish, exact: true }).click();
    assert.equal(await page.evaluate(() => document.documentElement.lang), "es");
    await page.keyboard.press("?");
    await page.getByRole("button", { name: "Cerrar" }).click();
    await context.close();
  }

  // The page that is not there is told by the browser itself.
  const told = complaints.splice(0).filter((text) => !text.includes("404 (Not Found)"));
  assert.deepEqual(told, []);

  // Under the site's own policy: search, narrow down, open, follow the words.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  const page = watched(await context.newPage());
  await page.goto(SITE);
  await page.keyboard.press("/");
  await page.keyboard.type("concept:csam");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?/);
  await page.getByRole("complementary", { name: "Narrow down" }).getByRole("link", { name: "Aldermere" }).click();
  await page.waitForURL(/c=xa/);
  const where = await page.locator(".results .where").allInnerTexts();
  assert.ok(where.length > 0 && where.every((text) => text.startsWith("Aldermere")), where.join("\n"));
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const first = await page.locator(".results .where a").first().getAttribute("href");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), first);
  await page.keyboard.press("o");
  await page.waitForURL(/\/law\//);
  assert.ok(await page.locator("#marked").isVisible());
  await page.locator(".concepts a").first().click();
  await page.waitForURL(/concept=/);
  assert.ok(await page.locator(".law-text .concept").count() > 0);

  // Export.
  await page.goto(`${SITE}/jurisdictions/xa`);
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "DOCX" }).click()]);
  assert.equal(saved.suggestedFilename(), "xa.docx");

  // Review by keys alone.
  await page.goto(`${SITE}/review?c=xa&state=open`);
  await page.getByRole("link", { name: "Begin with the first" }).click();
  await page.waitForURL(/\/jurisdictions\/xa\//);
  const begun = page.url();
  await page.keyboard.press("n");
  await page.waitForURL((url) => url.href !== begun);
  await page.keyboard.press("p");
  await page.waitForURL((url) => url.href.split("#")[0] === begun);
  await page.keyboard.press("?");
  assert.ok(await page.getByRole("dialog").isVisible());
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await page.keyboard.type("K. Reader");
  await page.keyboard.press("Control+Enter");
  await page.getByText("The decision was recorded.").waitFor();
  assert.notEqual(page.url().split("?")[0], begun.split("?")[0]);
  await page.keyboard.press("v");
  await page.keyboard.press("Tab");
  assert.equal(await page.locator("input[value=overrule]").isChecked(), true);
  assert.equal(await page.locator("#reviewer").inputValue(), "K. Reader");
  await context.close();

  // Without script: decide, upload.
  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
  const page2 = watched(await plain.newPage());
  await page2.goto(`${SITE}/jurisdictions/xa/csam-possess`);
  await page2.getByRole("radio", { name: /Overrule/ }).check();
  await page2.getByLabel("The verdict that is right").selectOption("not-found");
  await page2.getByLabel("Reason that colleagues will read").fill("reads <b>otherwise</b>");
  await page2.getByLabel("Your name").fill("P. Reader");
  await page2.getByRole("button", { name: "Record", exact: true }).click();
  await page2.getByText("The decision was recorded.").waitFor();
  await page2.getByText("reads <b>otherwise</b>").first().waitFor();
  await page2.goto(`${SITE}/check`);
  await page2.getByLabel(/^File/).setInputFiles({
    name: "bill.md", mimeType: "text/markdown",
    buffer: Buffer.from("---\nlanguage: \"en\"\n---\n# Bill\n\n#### Clause 1. Possession\n\nA person who possesses child pornography commits an offence and is liable on conviction to imprisonment for a term not exceeding two years.\n"),
  });
  await page2.getByLabel("Law in force").selectOption("xa");
  await page2.getByRole("button", { name: "Check", exact: true }).click();
  await page2.waitForURL(/\/check\/[0-9a-f]+/);
  await page2.getByRole("heading", { name: "The law as it would read" }).waitFor();
  await page2.screenshot({ path: path.join(SHOTS, "checked-360-light.png"), fullPage: true });
  await plain.close();
  assert.deepEqual(complaints, []);
  console.log(`${Object.keys(paths).length} pages at 3 widths in 2 schemes; pictures in ${SHOTS}`);
} finally {
  await browser.close();
}
