import { INVALID, type Issue } from '@sockeye/contract/wire';
import { refuseCall, type Call } from './call.ts';

/** Decodes the payload from wire form to application form; a refusal says what is wrong and where. */
export function validate(call: Call, wire: unknown): unknown {
  const validator = call.route.entry.payload!;
  const payload = validator.decode(wire);
  if (payload !== INVALID) return payload;
  const issues: Issue[] = [];
  if (call.ack !== undefined) validator.decode(wire, issues);
  return refuseCall(call, 'INVALID_PAYLOAD', { issues });
}
