// A fault of one screen must not take the console away: the menu stays, and the screen can be opened again.
import { Component, type ReactNode } from 'react';
import { Failed } from '../ui/States';

export class Trapped extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <Failed error={this.state.error} retry={() => this.setState({ error: null })} />;
  }
}
