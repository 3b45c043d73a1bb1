import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Log } from '../log/index.ts';
import type { Language } from '../../broker/port.ts';
import type { Where } from './problem.ts';
import type { Answer } from './route.ts';
import { headersOf } from './send.ts';

export type Pieces = Required<Pick<Answer, 'pieces'>> & Answer;

/**
 * Writes an answer piece by piece, no faster than it is read. What fails in the middle cannot become a problem document any
 * more: the connection is cut, so that nobody takes a part for the whole.
 */
export async function sendPieces(response: Response, answer: Pieces, language: Language, { log, where }: { log: Pick<Log, 'error'>; where: Where }): Promise<void> {
  headersOf(response, answer, language);
  if (response.req.method === 'HEAD') {
    // Opened and closed, so that the source behind it ends as well.
    await Readable.from(answer.pieces).take(1).toArray();
    return void response.end();
  }
  try {
    await pipeline(Readable.from(answer.pieces, { objectMode: false }), response);
  } catch (error) {
    response.destroy();
    if (!leftEarly(error)) log.error('an answer broke off', { ...where, error });
  }
}

function leftEarly(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
