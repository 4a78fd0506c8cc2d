import type { Locator } from "playwright-core";

/** Whether a chart's canvas shows something: how many of its pixels are painted, and in how many colours. */
export async function drawn(
  canvas: Locator,
): Promise<{ readonly painted: number; readonly colours: number }> {
  await canvas.waitFor();
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error("This is no canvas.");
    const data = element.getContext("2d")?.getImageData(0, 0, element.width, element.height).data;
    const colours = new Set<number>();
    let painted = 0;
    for (let at = 0; data !== undefined && at < data.length; at += 4) {
      if (data[at + 3] === 0) continue;
      painted += 1;
      colours.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
    }
    return { painted, colours: colours.size };
  });
}
