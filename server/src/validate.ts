import { INVALID, type Issue } from '@sockeye/contract/wire';
import { refuseCall, type Call } from './call.ts';
import { formOf, raised } from './earlier-forms.ts';

/**
 * Decodes the payload from wire form to application form, with an upcast if the client uses an earlier form. If it is
 * invalid, the error contains the issues.
 */
export function validate(call: Call, wire: unknown): unknown {
  const { entry } = call.route;
  const form = entry.versions === undefined ? undefined : formOf(entry, call.session)?.payload;
  const payload =
    form === undefined
      ? entry.payload!.decode(wire)
      : raised(form, entry.payload!, { wire, subject: `event "${call.route.event}"` });
  if (payload !== INVALID) return payload;
  const issues: Issue[] = [];
  if (call.ack !== undefined) (form?.validator ?? entry.payload!).decode(wire, issues);
  return refuseCall(call, 'INVALID_PAYLOAD', { issues });
}
