import { nearest } from '@sockeye/contract';
import type { LintLevel } from '../config.ts';
import type { Diagnostic } from '../diagnostics.ts';
import { lintRules, type LintRule } from './rules.ts';

/** Levels by rule id, as configured. */
export type LintLevels = Readonly<Record<string, LintLevel>>;

/** The level of a rule under a configuration. */
export function levelOf(rule: LintRule, levels: LintLevels): LintLevel {
  return (Object.hasOwn(levels, rule.id) ? levels[rule.id] : undefined) ?? rule.level;
}

/** Findings about unknown rule ids in a configuration. */
export function unknownRules(levels: LintLevels, file: string): readonly Diagnostic[] {
  const known: readonly string[] = lintRules.map(({ id }) => id);
  return Object.keys(levels)
    .filter((id) => !known.includes(id))
    .map((id) => {
      const guess = nearest(id, known);
      return {
        id: 'config-invalid',
        level: 'error',
        message: `Unknown lint rule "${id}".`,
        hint: guess === undefined ? `Rules: ${known.join(', ')}.` : `Did you mean "${guess}"?`,
        file,
        path: ['lint', id],
      };
    });
}
