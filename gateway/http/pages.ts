import { z } from 'zod';
import { Refusal, type Language } from '../../broker/port.ts';
import type { Asset, Assets, Encoding } from './assets.ts';
import { ENTRANCES, SIGNED_IN_PAGES } from './page-paths.ts';
import { route, type Answer, type Route } from './route.ts';

const FileName = z.strictObject({ file: z.string().max(200), type: z.string().max(20) });

type Header = (name: string) => string | undefined;

export function pageRoutes(assets: Assets): Route[] {
  return [
    ...[...ENTRANCES, ...SIGNED_IN_PAGES].map((path) =>
      route({
        ...pageRow('The page is the same for everybody and holds nothing of anybody.'),
        path,
        summary: 'The application.',
        handle: ({ header, language }) => pageAnswer(assets, 200, header, language),
      }),
    ),
    route({
      ...pageRow('Programs, styles and fonts of the page, the same for everybody.'),
      path: '/assets/:file.:type',
      accepts: { params: FileName },
      summary: 'A file of the application; its name changes with its content.',
      handle: ({ params, header }) => fileAnswer(assets, `assets/${params.file}.${params.type}`, header, 'public, max-age=31536000, immutable'),
    }),
    route({
      ...pageRow('Icons of the page.'),
      path: '/:file.:type',
      accepts: { params: FileName },
      summary: 'A file of the application with a fixed name.',
      handle: ({ params, header }) => fileAnswer(assets, `${params.file}.${params.type}`, header, 'no-cache'),
    }),
  ];
}

/** The application itself, which shows that there is no such page, or a page that says that it was not built. */
export async function pageAnswer(assets: Assets, status: number, header: Header, language: Language): Promise<Answer> {
  const index = await assets.find('index.html');
  if (!index) return notBuilt(language);
  return { ...(await assetAnswer(index, header, 'no-store')), status };
}

function pageRow(why: string) {
  return { method: 'get', who: 'public', page: true, why, answers: { status: 200 } } as const;
}

async function fileAnswer(assets: Assets, path: string, header: Header, caching: string): Promise<Answer> {
  const asset = path.endsWith('.html') ? undefined : await assets.find(path);
  if (!asset) throw new Refusal('not-found');
  if (header('if-none-match') === asset.etag) return { status: 304, headers: { etag: asset.etag, 'cache-control': caching } };
  return assetAnswer(asset, header, caching);
}

async function assetAnswer(asset: Asset, header: Header, caching: string): Promise<Answer> {
  const encoding = asset.compressible ? bestEncoding(header('accept-encoding') ?? '') : 'identity';
  return {
    status: 200,
    bytes: await asset.bytes(encoding),
    headers: {
      'content-type': asset.type,
      'cache-control': caching,
      etag: asset.etag,
      ...(asset.compressible && { vary: 'accept-encoding' }),
      ...(encoding !== 'identity' && { 'content-encoding': encoding }),
    },
  };
}

/** The smallest that the browser takes; one it gives the weight 0 is not taken. */
function bestEncoding(accepted: string): Encoding {
  const named = new Set(accepted.split(',').filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part)).map((part) => part.split(';')[0]!.trim()));
  return named.has('br') ? 'br' : named.has('gzip') ? 'gzip' : 'identity';
}

const NOT_BUILT = {
  ja: { title: '画面がまだ作られていません', detail: 'サーバーは動いていますが、画面のファイルがありません。管理者の方は npm run build を実行してください。' },
  en: { title: 'The pages have not been built', detail: 'The server runs, but the files of its pages are missing. Whoever administers it: run npm run build.' },
};

function notBuilt(language: Language): Answer {
  const { title, detail } = NOT_BUILT[language];
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><p>${detail}</p></body></html>`;
  return { status: 503, bytes: Buffer.from(html), headers: { 'content-type': 'text/html; charset=utf-8' } };
}
