/** The best hand evaluator on npm; it comes without types. A card's code is `4 * rank + suit`; lower values are better. */
declare module "phe" {
  export const evaluateCardCodes: (codes: ReadonlyArray<number>) => number;
}
