import { Refusal } from '../port.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isUuid = (text: string): boolean => UUID.test(text);

export const invalid = (path: string, expected: string): Refusal => new Refusal('request-invalid', { fields: [{ path, expected }] });
