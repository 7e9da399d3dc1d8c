/** Line drawings of 24 by 24; decoration only, so name the button that one is in. */
export const icons = {
  announce: 'M4 10v4h3l7 4V6l-7 4H4Zm13-1a4.5 4.5 0 0 1 0 6',
  bell: 'M6 16v-5a6 6 0 0 1 12 0v5l1.5 2h-15L6 16Zm4 4.5a2.2 2.2 0 0 0 4 0',
  bin: 'M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12M10.5 10.5v5.5M13.5 10.5v5.5',
  check: 'M6 12.5l4 4 8-9',
  cross: 'M7 7l10 10M17 7L7 17',
  signOut: 'M10 5H5v14h5M14 8l4 4-4 4M18 12H9',
} as const;

/** Names of {@link icons}. */
export type IconName = keyof typeof icons;

/** The outline of a pointer, 16 by 16, its tip in the upper left corner. */
export const pointerOutline = 'M1 1l5 13 2.2-5.4L13.5 6.5Z';
