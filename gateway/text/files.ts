import type { Language, SessionListed } from '../../broker/port.ts';

/** Headers and words of the files for spreadsheets, in the order of their columns. */
export const SESSION_FILE: Readonly<Record<Language, { readonly header: readonly string[]; readonly states: Readonly<Record<SessionListed['state'], string>> }>> = {
  ja: {
    header: ['要求', '状態', 'ユーザー名', '氏名', '部署', 'デスクトップ', '業務', '優先区分', '場所', '接続元', '継続レベル', '接続', '終了', '終了の理由', '判定の理由', '解除された規程', '遮断した経路', '識別子'],
    states: { granted: '許可', active: '接続中', parked: '保留', ended: '終了', wait: '待機', refuse: '拒否' },
  },
  en: {
    header: ['Requested', 'State', 'Username', 'Name', 'Unit', 'Desktop', 'Duty', 'Class', 'Site', 'Address', 'Level', 'Connected', 'Ended', 'Ended because', 'Reasons', 'Rules lifted', 'Channels refused', 'Identifier'],
    states: { granted: 'granted', active: 'connected', parked: 'parked', ended: 'ended', wait: 'would wait', refuse: 'refused' },
  },
};

/** Times of the drill's clock in minutes. */
export const DRILL_FILE: Readonly<Record<Language, readonly string[]>> = {
  ja: ['優先区分', '業務', '求めた人数', 'うち参加者', '入れた人数', '目標時間（分）', '達成時間（分）', '待ち時間の中央値（分）', '最長の待ち時間（分）', '割込みを受けた回数', '目標を満たした割合（%）'],
  en: ['Priority class', 'Duty', 'People who asked', 'Of these in person', 'Let in', 'Target time (min)', 'Achieved time (min)', 'Median wait (min)', 'Longest wait (min)', 'Seats given on', 'Target met (%)'],
};

/** Times of work in whole minutes. */
export const TELEWORK_FILE: Readonly<Record<Language, readonly string[]>> = {
  ja: ['日付', 'ユーザー名', '氏名', '部署', '開始', '終了', '勤務（分）', '中断（分）', '接続（分）', '解除された規程'],
  en: ['Day', 'Username', 'Name', 'Unit', 'Start', 'End', 'Worked (minutes)', 'Paused (minutes)', 'Connected (minutes)', 'Rules lifted'],
};

/** Why a session ended, where that is no code of a problem. */
export const ENDINGS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  ja: {
    'ended-by-owner': '本人が終了',
    'not-used': '利用されなかった',
    'desktop-ended': 'デスクトップ側で終了',
    'parking-expired': '保留の時間切れ',
    'sign-in-ended': 'サインインの終了',
    'duty-changed': '業務の切り替え',
  },
  en: {
    'ended-by-owner': 'Ended by its owner',
    'not-used': 'Not used',
    'desktop-ended': 'Ended by the desktop',
    'parking-expired': 'Parked too long',
    'sign-in-ended': 'The sign-in ended',
    'duty-changed': 'The duty was changed',
  },
};
