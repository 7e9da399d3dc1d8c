/** Names of the forms that a report can have. */
export const formatNames = ['text', 'json', 'markdown', 'github', 'gitlab', 'sarif', 'junit'] as const;

export type FormatName = (typeof formatNames)[number];
