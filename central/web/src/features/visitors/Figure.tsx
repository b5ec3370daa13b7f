// A figure with how sure it is: never a number alone.
import type { Figure as FigureOf } from '../../api/types';
import { useText } from '../../i18n';
import { numberText, shareText } from '../../text/number';

/** The number: at least so many, where something lacks; nothing, where nothing is known. */
export function useFigureText(): (figure: FigureOf, which?: 'in' | 'out') => string {
  const { t } = useText();
  return (figure, which = 'in') => {
    const n = figure[which];
    if (typeof n !== 'number') return which === 'in' && figure.days > 0 ? t('visitors.missing') : '–';
    return figure.lacks ? t('visitors.atLeast', { count: numberText(n) }) : numberText(n);
  };
}

/** How it came about and how much of the time was watched. */
export function Sureness({ figure }: { figure: FigureOf }) {
  const { t } = useText();
  const told = [
    figure.method ? t(`visitors.method.${figure.method}`) : null,
    typeof figure.coverage === 'number' ? t('visitors.watched', { share: shareText(figure.coverage) }) : null,
    figure.days_missing > 0 ? t('visitors.daysMissing', { count: figure.days_missing }) : null,
  ].filter((each) => each !== null);
  return <span className={figure.lacks ? 'sureness lacks' : 'sureness'}>{told.join(' · ')}</span>;
}

/** What the cameras counted, and what came after a freeze. */
export function Beside({ figure }: { figure: FigureOf }) {
  const { t } = useText();
  const signed = (n: number | null | undefined) => `${(n ?? 0) > 0 ? '+' : ''}${numberText(n ?? 0)}`;
  return (
    <>
      {figure.machine && <span className="beside">{t('visitors.machine', { in: numberText(figure.machine.in ?? 0), out: numberText(figure.machine.out ?? 0) })}</span>}
      {figure.supplement && <span className="beside supplement">{t('visitors.supplement', { in: signed(figure.supplement.in), out: signed(figure.supplement.out) })}</span>}
    </>
  );
}

export function Card({ title, figure, note }: { title: string; figure: FigureOf | null | undefined; note?: string | undefined }) {
  const { t } = useText();
  const text = useFigureText();
  return (
    <section className="sheet figure-card" aria-label={title}>
      <h2>{title}</h2>
      {figure ? (
        <>
          <p className="figure-number">
            {typeof figure.in === 'number' ? <>{figure.lacks && <span className="at-least">{t('visitors.atLeast', { count: '' })}</span>}{numberText(figure.in)}</> : text(figure)}
          </p>
          <p className="hint">{t('visitors.outOf', { out: text(figure, 'out') })}</p>
          <p className="hint"><Sureness figure={figure} /></p>
          <p className="hint"><Beside figure={figure} /></p>
        </>
      ) : <p className="hint">{t('visitors.noSum')}</p>}
      {note !== undefined && <p className="hint">{note}</p>}
    </section>
  );
}
