/** Name of a user as others see it, cut to the contracts' limit: a longer one would spoil whatever it is part of. */
export function shownName({ name }: { readonly name: string }): string {
  return name.slice(0, 80);
}
