const storageKey = 'sockeye.tab';

/** How long a page that is being reloaded may take to release its lock, in milliseconds. */
const patienceMs = 500;

/**
 * Whether this tab's storage is not a copy. A duplicated tab starts with a copy of the original's storage; therefore
 * every tab holds a lock on its own name. True if the browser has no locks, as with plain HTTP on hosts other than
 * localhost.
 */
export async function isOriginalTab(): Promise<boolean> {
  // Its type is wrong: not every browser has locks.
  const locks = (navigator as { locks?: LockManager }).locks;
  const name = sessionStorage.getItem(storageKey);
  if (!locks || (name !== null && (await hold(locks, name)))) return true;
  const fresh = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
  sessionStorage.setItem(storageKey, fresh);
  await hold(locks, fresh);
  return name === null;
}

/** Takes a lock and keeps it; false if another tab holds it. */
function hold(locks: LockManager, name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const held = locks.request(name, { signal: AbortSignal.timeout(patienceMs) }, () => {
      resolve(true);
      return new Promise<never>(() => {});
    });
    held.catch(() => resolve(false));
  });
}
