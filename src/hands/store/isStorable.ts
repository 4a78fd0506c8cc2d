/** PostgreSQL's text has no NUL, and UTF-8 no half of a pair: nothing that was stored is called so. */
export const isStorable = (text: string): boolean => !/\0|\p{Surrogate}/u.test(text);
