/** Names of the report formats. */
export const formatNames = ['text', 'json', 'markdown', 'github', 'gitlab', 'sarif', 'junit'] as const;

export type FormatName = (typeof formatNames)[number];
