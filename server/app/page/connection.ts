import { byId } from './dom.ts';

/** Phases of the generated client's connection. */
type Phase =
  'idle' | 'connecting' | 'connected' | 'reconnecting' | 'unauthorized' | 'incompatible' | 'closed';

/** What is said of each phase: a word in the header, and a sentence where people should know. */
const words = {
  idle: ['Offline', ''],
  connecting: ['Connecting', ''],
  connected: ['Live', ''],
  reconnecting: [
    'Reconnecting',
    'The connection is lost. Trying to get it back; what others do meanwhile will show up then.',
  ],
  unauthorized: ['Signed out', ''],
  incompatible: ['Outdated', 'The server has a newer version of this page. Reload to go on.'],
  closed: ['Offline', ''],
} as const satisfies Record<Phase, readonly [string, string]>;

/** Shows where the connection stands. */
export function showConnection(phase: Phase): void {
  const [word, text] = words[phase];
  const pill = byId('connection', HTMLParagraphElement);
  pill.dataset['phase'] = phase;
  pill.firstElementChild!.textContent = word;
  byId('banner', HTMLDivElement).textContent = text;
}
