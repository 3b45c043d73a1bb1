import type { Response } from 'express';
import type { Language } from '../../broker/port.ts';
import type { Answer } from './route.ts';

/** Writes an answer. Whatever says nothing else about it is not to be stored anywhere. */
export function send(response: Response, answer: Answer, language: Language): void {
  if (response.headersSent) return;
  headersOf(response, answer, language);
  if (answer.json !== undefined && !response.get('content-type')) response.set('content-type', 'application/json; charset=utf-8');
  const bytes = answer.json === undefined ? answer.bytes : Buffer.from(JSON.stringify(answer.json));
  if (bytes === undefined) return void response.end();
  response.set('content-length', String(bytes.length));
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
}

export function headersOf(response: Response, answer: Answer, language: Language): void {
  response.status(answer.status).set({ 'cache-control': 'no-store', 'content-language': language });
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.set(name, value);
  if (answer.cookies) response.append('set-cookie', [...answer.cookies]);
}
