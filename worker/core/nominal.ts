/** A number or string with a name of its own: an index is not a price is not a day. Erased at run time. */
export type Nominal<T, Name extends string> = T & { readonly [N in Name]: "nominal" };
