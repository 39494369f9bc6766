/** Something that the tests of a block build on, made by the first of them. */
export interface Made<T> {
  /** Makes it; what goes wrong is told here, and nowhere else. */
  readonly make: (how: () => Promise<T>) => Promise<T>;
  /** @throws Error in one line where it was not made. */
  readonly get: () => T;
}

/** A place for what is called `name` in messages: a failure to make it is one failure, not one for every test. */
export function made<T>(name: string): Made<T> {
  let value: { readonly it: T } | null = null;
  return {
    make: async (how) => {
      const it = await how();
      value = { it };
      return it;
    },
    get: () => {
      if (value === null) throw new Error(`Not tried, because there is no ${name}; the first failure says why`);
      return value.it;
    },
  };
}
