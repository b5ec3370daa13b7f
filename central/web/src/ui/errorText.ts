// An error as a sentence. The service speaks Vietnamese; its own words are the most exact there.
import { asApiError } from '../api/error';
import { type Key, useText } from '../i18n';
import { words } from '../i18n/words';

export function useErrorText(): (cause: unknown) => string {
  const { t, language } = useText();
  return (cause) => {
    const { trouble, code, message } = asApiError(cause);
    if (trouble === 'offline') return t('shell.state.offline');
    if (language === 'vi' && message !== '' && trouble !== 'broken') return message;
    if (code in words.errors) return t(`errors.${code}` as Key);
    if (trouble === 'expired') return t('shell.signIn.expired');
    return trouble === 'refused' && message !== '' ? message : t('shell.state.broken');
  };
}
