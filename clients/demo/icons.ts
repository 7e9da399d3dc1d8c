/** Line drawings of 24 by 24; decoration only, so name the button that one is in. */
export const icons = {
  add: 'M12 6v12M6 12h12',
  announce: 'M4 10v4h3l7 4V6l-7 4H4Zm13-1a4.5 4.5 0 0 1 0 6',
  back: 'M14 6l-6 6 6 6',
  bell: 'M6 16v-5a6 6 0 0 1 12 0v5l1.5 2h-15L6 16Zm4 4.5a2.2 2.2 0 0 0 4 0',
  bin: 'M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12M10.5 10.5v5.5M13.5 10.5v5.5',
  check: 'M6 12.5l4 4 8-9',
  cross: 'M7 7l10 10M17 7L7 17',
  hash: 'M10 4L8 20M16 4l-2 16M5 9h15M4 15h15',
  lock: 'M7 11h10v9H7zM9 11V8a3 3 0 0 1 6 0v3',
  people:
    'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM3.5 19a5.5 5.5 0 0 1 11 0M15.5 5.4a3 3 0 0 1 0 5.2M17 14a5.5 5.5 0 0 1 3.5 5',
  person: 'M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5 20a7 7 0 0 1 14 0',
  reply: 'M10 7l-5 5 5 5M5 12h8a6 6 0 0 1 6 6',
  send: 'M4 12l16-7-6 15-3-6-7-2Z',
  shield: 'M12 4l7 2.5V12c0 4-3 6.8-7 8-4-1.2-7-4-7-8V6.5L12 4Z',
  signOut: 'M10 5H5v14h5M14 8l4 4-4 4M18 12H9',
} as const;

/** Names of {@link icons}. */
export type IconName = keyof typeof icons;

/** The outline of a pointer, 16 by 16, its tip in the upper left corner. */
export const pointerOutline = 'M1 1l5 13 2.2-5.4L13.5 6.5Z';
