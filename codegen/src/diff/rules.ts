/**
 * What is thought of each change, as data: adding a rule is adding a row here, and fixtures under its id in
 * `test/breaking`. The comparator reports neutral facts, each by the id of its rule; `judge` applies the rows.
 *
 * @module rules
 */
import { collectionRules } from './rules-collection.ts';
import { contractRules } from './rules-contract.ts';
import { deliveryRules } from './rules-delivery.ts';
import { eventRules } from './rules-event.ts';
import { payloadRules } from './rules-payload.ts';
import { propertyRules } from './rules-property.ts';
import { roomRules } from './rules-room.ts';
import { valueRules } from './rules-value.ts';
import type { Rule } from './rule.ts';

/** Every rule, sorted by id. */
export const rules: readonly Rule[] = [
  ...contractRules,
  ...eventRules,
  ...deliveryRules,
  ...roomRules,
  ...payloadRules,
  ...propertyRules,
  ...valueRules,
  ...collectionRules,
].sort((a, b) => (a.id < b.id ? -1 : 1));

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** The rule with an id. @throws RangeError for an id that no rule has. */
export function ruleOf(id: string): Rule {
  const rule = byId.get(id);
  if (!rule) throw new RangeError(`No rule has the id "${id}".`);
  return rule;
}
