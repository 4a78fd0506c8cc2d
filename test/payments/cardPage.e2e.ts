/** The card page in a browser, as payers have it: on a phone and a desk, by day and by night, in both languages. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expectAccessible } from "../web/support/accessible.ts";
import { launchBrowser } from "../web/support/Browser.ts";
import { House } from "./support/House.ts";
import { orderOf, placed } from "./support/orders.ts";

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };
/** Shorter than a test's own, so that a failure says which step it was. */
const STEP_TIMEOUT_MS = 15_000;
/** Where to put pictures of the pages, for people to look at. */
const PICTURES = process.env["CARD_PAGE_PICTURES"];

describe("the card page", () => {
  let browser: Browser;
  let house: House;
  let page: Page;
  let complaints: Array<string>;
  let payments = 0;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    house = await House.open();
  });
  afterEach(async () => {
    await page.context().close();
    await house.close();
  });

  /** A payment's page; it leads back to another origin, which is the same server by another name, for there is no shop. */
  const open = async (options: BrowserContextOptions = {}) => {
    const order = orderOf(`p_${++payments}`, {
      returnUrl: `${house.url.replace("127.0.0.1", "localhost")}/pay/shop`,
    });
    const payment = placed(order, await house.provider.create(order));
    const context = await browser.newContext({ viewport: DESK, locale: "en", ...options });
    context.setDefaultTimeout(STEP_TIMEOUT_MS);
    page = await context.newPage();
    complaints = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      // The shop is none, and a card that cannot be read is answered 422.
      if (message.type() === "error" && !/ 4(04|22) /.test(message.text()))
        complaints.push(message.text());
    });
    const { nextStep } = await house.provider.get(payment);
    await page.goto(nextStep?.url ?? "");
    return payment;
  };
  const press = (name: string | RegExp) => page.getByRole("button", { name }).click();
  const use = (card: RegExp) => page.getByRole("link", { name: card }).click();
  const back = (status: string) =>
    page.waitForURL(new RegExp(`^http://localhost:.*/pay/shop\\?.*status=${status}`));
  const picture = async (name: string) => {
    if (PICTURES !== undefined)
      await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  };

  it("is paid by hand, by keyboard alone", async () => {
    const payment = await open();
    await page.locator("#number:focus").waitFor();
    await page.keyboard.type("4242 4242 4242 4242");
    await page.keyboard.press("Tab");
    await page.keyboard.type("12/40");
    await page.keyboard.press("Tab");
    await page.keyboard.type("123");
    await page.keyboard.press("Enter");
    await back("succeeded");
    expect(page.url()).toContain(`payment=${payment.paymentId}`);
    await page.goBack();
    await page.getByRole("heading", { name: "This payment is done." }).waitFor();
    await page.getByRole("link", { name: "Go back to the shop" }).click();
    await back("succeeded");
    expect(await house.provider.get(payment)).toMatchObject({ status: "succeeded" });
    expect(complaints).toEqual([]);
  });

  it("says what is wrong, and goes on after a declined card", async () => {
    await open();
    await page.getByLabel("Card number").fill("4242 4242 4242 4243");
    await press(/^Pay/);
    await page.getByRole("alert").getByText("There is a digit wrong in the card number.").waitFor();
    const number = page.getByLabel("Card number");
    await expect.poll(() => number.getAttribute("aria-invalid")).toBe("true");
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("number");
    await expectAccessible(page, "problems");
    await picture("problems");

    await use(/0002/);
    await press(/^Pay/);
    await page.locator("[role=alert][data-code=card_declined]").waitFor();
    await expectAccessible(page, "declined");
    await picture("declined");
    await use(/4242/);
    await press(/^Pay/);
    await back("succeeded");
    expect(complaints).toEqual([]);
  });

  it("asks for the bank's confirmation", async () => {
    await open();
    await use(/3220/);
    await press(/^Pay/);
    await page.getByRole("heading", { name: "Your bank asks: is this you?" }).waitFor();
    await expectAccessible(page, "confirmation");
    await picture("confirmation");
    await press("No, refuse");
    await page.getByText("The payment was not confirmed.").waitFor();
    await use(/3220/);
    await press(/^Pay/);
    await press("Yes, pay");
    await back("succeeded");
    expect(complaints).toEqual([]);
  });

  it("is called off", async () => {
    const payment = await open();
    await press("Cancel and go back");
    await back("cancelled");
    expect(await house.provider.get(payment)).toMatchObject({ status: "cancelled" });
  });

  it("speaks Spanish to whoever does", async () => {
    await open({ locale: "es-ES", viewport: PHONE });
    await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("es");
    await page.getByRole("heading", { name: "Pagar con tarjeta" }).waitFor();
    await press(/^Pagar/);
    await page.getByRole("alert").getByText("El código de seguridad tiene").waitFor();
    await picture("spanish");
  });

  it.each([
    ["a phone by day", PHONE, "light"],
    ["a phone by night", PHONE, "dark"],
    ["a desk by day", DESK, "light"],
    ["a desk by night", DESK, "dark"],
    ["a small phone", { width: 320, height: 568 }, "light"],
  ] as const)("fits %s", async (name, viewport, colorScheme) => {
    await open({ viewport, colorScheme });
    await use(/0341/);
    await expect
      .poll(() => page.getByLabel("Card number").inputValue())
      .toBe("4000 0000 0000 0341");
    await expect
      .poll(() =>
        page.evaluate<number>(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        ),
      )
      .toBeLessThanOrEqual(0);
    await expectAccessible(page, name);
    await picture(name.replaceAll(" ", "-"));
    expect(complaints).toEqual([]);
  });
});
