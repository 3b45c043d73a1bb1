import type { Language, Level, LiftedRule, Role, Site } from '../../broker/port.ts';

type Words<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

/** The product's words, as sentences use them. */
export const ROLES: Words<Role> = {
  ja: {
    staff: '職員',
    'unit-head': '所属長',
    'shelter-manager': '避難所責任者',
    'bcp-admin': 'BCP管理者',
    'activation-authority': '発動権者',
    'security-officer': 'セキュリティ責任者',
    auditor: '監査人',
    'system-admin': 'システム管理者',
  },
  en: {
    staff: 'staff',
    'unit-head': 'the head of your unit',
    'shelter-manager': 'the shelter manager',
    'bcp-admin': 'the BCP administrator',
    'activation-authority': 'the activation authority',
    'security-officer': 'the security officer',
    auditor: 'the auditor',
    'system-admin': 'the system administrator',
  },
};

export const SITES: Words<Site> = {
  ja: { home: '自宅', 'evacuation-site': '避難所', 'satellite-office': 'サテライトオフィス', 'alternative-office': '代替庁舎', office: '庁舎', other: 'その他の場所' },
  en: { home: 'home', 'evacuation-site': 'an evacuation site', 'satellite-office': 'a satellite office', 'alternative-office': 'the alternative office', office: 'the office', other: 'another place' },
};

export const LEVELS: Words<Level> = {
  ja: { '0': '0（平常）', '1': '1（警戒）', '2': '2（BCP発動）', '3': '3（最優先）', R: 'R（復旧）' },
  en: { '0': '0 (Normal)', '1': '1 (Alert)', '2': '2 (Activated)', '3': '3 (Critical)', R: 'R (Recovery)' },
};

/** Rules of telework that a level can take away. */
export const LIFTED_RULES: Words<LiftedRule> = {
  ja: { acknowledgement: '規程の確認', hours: '時間', days: '日数' },
  en: { acknowledgement: 'acknowledgement', hours: 'hours', days: 'days' },
};
