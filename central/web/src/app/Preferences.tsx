// Language and appearance.
import { useState } from 'react';
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, useText } from '../i18n';
import { applyTheme, keptTheme, type Theme, THEMES } from './theme';

export function Preferences() {
  const { t, language } = useText();
  const [theme, setTheme] = useState(keptTheme);
  const choose = (next: Theme) => {
    applyTheme(next);
    setTheme(next);
  };
  return (
    <div className="preferences">
      <fieldset className="segments">
        <legend>{t('shell.account.language')}</legend>
        {LANGUAGES.map((each) => (
          <button key={each} type="button" aria-pressed={each === language} lang={each} onClick={() => chooseLanguage(each)}>
            {LANGUAGE_NAMES[each]}
          </button>
        ))}
      </fieldset>
      <fieldset className="segments">
        <legend>{t('shell.account.theme')}</legend>
        {THEMES.map((each) => (
          <button key={each} type="button" aria-pressed={each === theme} onClick={() => choose(each)}>
            {t(`shell.account.theme_${each}`)}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
