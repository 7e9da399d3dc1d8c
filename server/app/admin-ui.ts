import { instrument } from '@socket.io/admin-ui';
import type { Server } from 'socket.io';

/**
 * Serves what Socket.IO's Admin UI (https://admin.socket.io) asks for, on the namespace `/admin`. It needs no password,
 * so it is for a developer's own machine; the page's origin has to be among the allowed ones.
 *
 * @see https://socket.io/docs/v4/admin-ui/
 */
export function serveAdminUi(io: Server): void {
  instrument(io, { auth: false, mode: 'development' });
}
