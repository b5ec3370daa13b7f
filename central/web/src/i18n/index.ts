// Vietnamese and English. The choice is kept in the browser; it is no personal datum.
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { type Key, pairs, type Tree } from './words';

export type { Key } from './words';
export const LANGUAGES = ['vi', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
/** The names languages have for themselves are the same in every language. */
export const LANGUAGE_NAMES: Record<Language, string> = { vi: 'Tiếng Việt', en: 'English' };

const KEPT = 'chilang.language';
const all = pairs();
const table = (which: 0 | 1) => ({ translation: Object.fromEntries(all.map(([key, pair]) => [key, pair[which]])) });

/** Adds the words of a screen that is loaded by itself, under this name. */
export function addWords(name: string, tree: Tree): void {
  const more = pairs(tree, `${name}.`);
  LANGUAGES.forEach((language, i) => i18next.addResources(language, 'translation', Object.fromEntries(more.map(([key, pair]) => [key, pair[i === 0 ? 0 : 1]]))));
}

function kept(): Language {
  return localStorage.getItem(KEPT) === 'en' ? 'en' : 'vi';
}

void i18next.use(initReactI18next).init({
  lng: kept(), fallbackLng: 'vi', resources: { vi: table(0), en: table(1) },
  // React escapes what it shows. Keys are flat: the dots are part of them.
  interpolation: { escapeValue: false }, keySeparator: false, nsSeparator: false,
});
document.documentElement.lang = kept();

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

export type Text = (key: Key, values?: Record<string, string | number>) => string;

/** Sentences in the chosen language. */
export function useText(): { t: Text; language: Language } {
  const { t, i18n } = useTranslation();
  return { t: t as Text, language: i18n.language === 'en' ? 'en' : 'vi' };
}
