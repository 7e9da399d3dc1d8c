import type { ClientBase } from '@sockeye/client/codegen';
import type { ContractServer, HandlerContext } from '@sockeye/server/codegen';
import { expectTypeOf } from 'vitest';
import type { clientMembers, contextMembers, serverMembers } from '../../codegen/src/emit/taken-names.ts';

// The generator keeps events and rooms from taking a member of the runtimes; it knows those by name only.

expectTypeOf<Exclude<keyof ClientBase, (typeof clientMembers)[number] | symbol>>().toEqualTypeOf<never>();
expectTypeOf<Exclude<keyof ContractServer, (typeof serverMembers)[number] | symbol>>().toEqualTypeOf<never>();
expectTypeOf<
  Exclude<keyof HandlerContext, (typeof contextMembers)[number] | symbol>
>().toEqualTypeOf<never>();
