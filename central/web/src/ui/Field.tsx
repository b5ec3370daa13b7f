// A labelled field of a form.
import { type ReactNode, useId } from 'react';

interface Props {
  label: string;
  hint?: string | undefined;
  children: (id: string) => ReactNode;
}

export function Field({ label, hint, children }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint !== undefined && <p className="hint">{hint}</p>}
    </div>
  );
}
