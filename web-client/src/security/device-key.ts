/** The key of this browser for one person. The private half cannot be taken out of the browser, not even by this page. */
export type DeviceKey = { readonly personId: string; readonly deviceId: string; readonly privateKey: CryptoKey };

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const store = 'device-keys';

/** What only a browser in a secure context has. */
export const canHoldKey = (): boolean => typeof indexedDB !== 'undefined' && typeof crypto.subtle !== 'undefined';

/** A new key that nobody can copy, and its public half as an uncompressed point in base64url. */
export async function newDeviceKey(): Promise<{ privateKey: CryptoKey; publicKey: string }> {
  const pair = await crypto.subtle.generateKey(curve, false, ['sign', 'verify']);
  return { privateKey: pair.privateKey, publicKey: base64url(await crypto.subtle.exportKey('raw', pair.publicKey)) };
}

/**
 * Signs what the gateway asks, for one purpose and no other.
 * @throws Error for a text of another purpose
 */
export async function signFor(privateKey: CryptoKey, purpose: 'registration' | 'sign-in' | 'relay', text: string): Promise<string> {
  if (!text.startsWith(`sekisho device proof 1\n${purpose}\n`)) throw new Error('this is not what a device signs for this purpose');
  return base64url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, new TextEncoder().encode(text)));
}

export async function readDeviceKey(personId: string): Promise<DeviceKey | undefined> {
  if (!canHoldKey()) return undefined;
  return (await within('readonly', (keys) => keys.get(personId))) as DeviceKey | undefined;
}

export async function keepDeviceKey(key: DeviceKey): Promise<void> {
  await within('readwrite', (keys) => keys.put(key));
}

export async function forgetDeviceKey(personId: string): Promise<void> {
  await within('readwrite', (keys) => keys.delete(personId));
}

async function within(mode: IDBTransactionMode, work: (keys: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const database = await open();
  try {
    return await answerOf(work(database.transaction(store, mode).objectStore(store)));
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  const asked = indexedDB.open('sekisho', 1);
  asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore(store, { keyPath: 'personId' }));
  return answerOf(asked);
}

function answerOf<Result>(asked: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    asked.addEventListener('success', () => resolve(asked.result));
    asked.addEventListener('error', () => reject(asked.error ?? new Error('the browser kept nothing')));
  });
}

function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
