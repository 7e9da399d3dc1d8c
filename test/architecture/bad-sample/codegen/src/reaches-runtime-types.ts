export type { X } from '@sockeye/server/codegen';
