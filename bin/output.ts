import type { Language } from '../broker/port.ts';
import type { Item, Result } from './command.ts';
import { say } from './texts.ts';

/** A result as JSON (the shape of the HTTP lists) or as text: a table with a heading, or a line for each field. */
export function render(result: Result, { json, language }: { json: boolean; language: Language }): string {
  if ('items' in result) {
    if (json) return `${JSON.stringify({ items: result.items, next: null })}\n`;
    return result.items.length === 0 ? `${say.nothing(language)}\n` : table(result.items);
  }
  if ('item' in result) return json ? `${JSON.stringify(result.item)}\n` : lines(result.item);
  if ('text' in result) return json ? `${JSON.stringify(result.json)}\n` : result.text;
  return json ? `${JSON.stringify({ done: true })}\n` : `${say.done(language)}\n`;
}

function lines(item: Item): string {
  const width = Math.max(...Object.keys(item).map(columnsOf));
  return Object.entries(item).map(([name, value]) => `${pad(name, width)}  ${cell(value)}\n`).join('');
}

function table(items: readonly Item[]): string {
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const rows = [names, ...items.map((item) => names.map((name) => cell(item[name] ?? null)))];
  const widths = names.map((_, column) => Math.max(...rows.map((row) => columnsOf(row[column] ?? ''))));
  return rows.map((row) => `${row.map((text, column) => pad(text, widths[column] ?? 0)).join('  ').trimEnd()}\n`).join('');
}

/** What comes from the database is shown, never obeyed by the terminal. */
function cell(value: Item[string]): string {
  const text = value === null ? '-' : Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? Object.entries(value).map((pair) => pair.join('=')).join(' ') : String(value);
  return text.replaceAll(/\p{Cc}/gu, '�');
}

const pad = (text: string, columns: number) => text + ' '.repeat(Math.max(0, columns - columnsOf(text)));

/** Columns of a terminal: Japanese characters take two (UAX #11, wide and full-width). */
function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u.test(character) ? 2 : 1), 0);
}
