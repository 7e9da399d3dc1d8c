const storageKey = 'sockeye.tab';

/** How long the page that is being reloaded may take to let go, in milliseconds. */
const patienceMs = 500;

/**
 * Whether the storage of this tab is its own. A duplicated tab starts with a copy of the first one's; every tab
 * therefore holds a lock on a name of its own for as long as it lives. True where the browser has no locks, as on
 * plain HTTP away from localhost.
 */
export async function isOriginalTab(): Promise<boolean> {
  // The type says that every browser has them.
  const locks = (navigator as { locks?: LockManager }).locks;
  const name = sessionStorage.getItem(storageKey);
  if (!locks || (name !== null && (await hold(locks, name)))) return true;
  const fresh = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
  sessionStorage.setItem(storageKey, fresh);
  await hold(locks, fresh);
  return name === null;
}

/** Takes a lock and keeps it; false where another tab does not let it go. */
function hold(locks: LockManager, name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const held = locks.request(name, { signal: AbortSignal.timeout(patienceMs) }, () => {
      resolve(true);
      return new Promise<never>(() => {});
    });
    held.catch(() => resolve(false));
  });
}
