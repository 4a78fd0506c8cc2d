const paths = new Map<string, Path2D>();

/** A path of an SVG description, made once. */
export function pathOf(text: string): Path2D {
  const known = paths.get(text);
  if (known !== undefined) return known;
  const path = new Path2D(text);
  paths.set(text, path);
  return path;
}
