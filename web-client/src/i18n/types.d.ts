import type consoleTexts from './console/ja.json';
import type texts from './ja.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof texts & typeof consoleTexts };
    returnNull: false;
  }
}
