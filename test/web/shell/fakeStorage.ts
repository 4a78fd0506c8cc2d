/** A browser's storage, whose entries are its own properties as the browser's are. */
export function fakeStorage(): Storage {
  const entries: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => entries[key] ?? null,
    setItem: (key: string, value: string) => {
      entries[key] = value;
    },
    removeItem: (key: string) => {
      delete entries[key];
    },
  };
  return new Proxy(methods as unknown as Storage, {
    ownKeys: () => Object.keys(entries),
    getOwnPropertyDescriptor: (_target, key) => ({
      value: entries[String(key)],
      enumerable: true,
      configurable: true,
    }),
  });
}
