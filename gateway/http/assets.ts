import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const COMPRESSED = new Set(['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.txt']);

export type Encoding = 'br' | 'gzip' | 'identity';
export type Asset = { readonly type: string; readonly etag: string; readonly compressible: boolean; bytes(encoding: Encoding): Promise<Buffer> };
export type Assets = {
  /** By its path below the folder, such as `assets/index-x.js`. Only files that were there at the first look are ever served. */
  find(path: string): Promise<Asset | undefined>;
};

/**
 * The built web client. Names are looked up in a list, never in the file system, so no request can reach another file. Each
 * file is read and compressed once, when first asked for. A folder that is not there yet is looked for again.
 */
export function createAssets(folder: string): Assets {
  let listed: Promise<ReadonlyMap<string, () => Promise<Asset>>> | undefined;
  return {
    async find(path) {
      listed ??= list(folder);
      const assets = await listed;
      if (assets.size === 0) listed = undefined;
      return assets.get(path)?.();
    },
  };
}

async function list(folder: string): Promise<ReadonlyMap<string, () => Promise<Asset>>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && extname(entry.name) in TYPES).map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [relative(folder, file).split(sep).join('/'), once(() => load(file))]));
}

async function load(file: string): Promise<Asset> {
  const extension = extname(file);
  const identity = await readFile(file);
  const compressible = COMPRESSED.has(extension);
  const variants = {
    identity: async () => identity,
    br: once(() => promisify(brotliCompress)(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })),
    gzip: once(() => promisify(gzip)(identity)),
  };
  return {
    type: TYPES[extension]!,
    etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
    compressible,
    bytes: (encoding) => variants[encoding](),
  };
}

/** What fails is tried again, what has succeeded is kept. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return async () => {
    made ??= make();
    try {
      return await made;
    } catch (error) {
      made = undefined;
      throw error;
    }
  };
}
