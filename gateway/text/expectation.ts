import type { z } from 'zod';
import type { Language } from '../../broker/port.ts';

type Issue = z.core.$ZodIssue;

/** Says what was expected in a field that zod found wrong, without repeating what was sent. */
export function expectation(issue: Issue, language: Language): string {
  const [japanese, english] = sentences(issue);
  return language === 'ja' ? japanese : english;
}

function sentences(issue: Issue): readonly [ja: string, en: string] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return ['この項目は使えません。取り除いてください。', 'This field is not known here. Leave it out.'];
    case 'too_big':
      return issue.origin === 'string'
        ? [`${issue.maximum}文字以内にしてください。`, `At most ${issue.maximum} characters.`]
        : [`${issue.maximum}以下にしてください。`, `At most ${issue.maximum}.`];
    case 'too_small':
      return issue.origin === 'string'
        ? ['空にはできません。', 'Must not be empty.']
        : [`${issue.minimum}以上にしてください。`, `At least ${issue.minimum}.`];
    case 'invalid_value':
      return [`次のどれかにしてください: ${issue.values.join(', ')}`, `One of: ${issue.values.join(', ')}.`];
    case 'invalid_format':
      return formats[issue.format] ?? ['使えない文字が含まれています。', 'It holds characters that cannot be used here.'];
    case 'custom':
      return ['desktopId と poolId のどちらか一つだけを指定してください。', 'Give exactly one of desktopId and poolId.'];
    case 'invalid_type':
      return typeNames[issue.expected] ?? ['形式が違います。', 'It has the wrong form.'];
    default:
      return ['形式が違います。', 'It has the wrong form.'];
  }
}

const formats: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  guid: ['識別子 (UUID) の形にしてください。', 'Must be an identifier (UUID).'],
  datetime: ['日時を 2026-11-24T04:05:00Z の形 (UTC) にしてください。', 'Must be an instant in UTC such as 2026-11-24T04:05:00Z.'],
  date: ['日付を 2026-11-24 の形にしてください。', 'Must be a day such as 2026-11-24.'],
};

const typeNames: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  string: ['文字列が必要です。', 'A text is required.'],
  object: ['JSON のオブジェクトが必要です。', 'A JSON object is required.'],
  number: ['数が必要です。', 'A number is required.'],
  int: ['整数が必要です。', 'A whole number is required.'],
};
