// The one button. `keyHint` shows which key does the same.
import type { ButtonHTMLAttributes, ReactNode } from 'react';

type Look = 'plain' | 'good' | 'bad' | 'quiet' | 'main';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  keyHint?: string;
  children: ReactNode;
}

export function Button({ look = 'plain', keyHint, children, className, ...rest }: Props) {
  return (
    <button type="button" {...rest} className={`button button-${look} ${className ?? ''}`}>
      <span>{children}</span>
      {keyHint !== undefined && <kbd aria-hidden="true">{keyHint}</kbd>}
    </button>
  );
}
