// Figures of devices in words.
import { useText } from '../../i18n';
import { numberText } from '../../text/number';

/** How long something lasted, in the two largest units that say anything. */
export function useSpanWords(): (ms: number) => string {
  const { t } = useText();
  return (ms) => {
    const minutes = Math.max(0, Math.round(ms / 60_000));
    if (minutes < 1) return t('devices.span.seconds', { seconds: numberText(Math.max(0, Math.round(ms / 1000))) });
    const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
    if (days > 0) return t('devices.span.days', { days: numberText(days), hours });
    if (hours > 0 && minutes % 60 === 0) return t('devices.span.wholeHours', { hours });
    return hours > 0 ? t('devices.span.hours', { hours, minutes: minutes % 60 }) : t('devices.span.minutes', { minutes });
  };
}

/** Milliseconds as people read them: below a second as they are, above with one decimal. */
export function useMillis(): (ms: number | null | undefined) => string {
  const { t } = useText();
  return (ms) => {
    if (typeof ms !== 'number') return '–';
    return Math.abs(ms) < 1000 ? t('devices.span.ms', { ms: numberText(Math.round(ms)) }) : t('devices.span.s', { seconds: (ms / 1000).toFixed(1).replace('.', ',') });
  };
}
