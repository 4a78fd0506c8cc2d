import { Component } from "react";
import type { ReactNode } from "react";

/** Shows `instead` once its children have failed to be loaded or drawn: a figure that is not drawn can still be read. */
export class Otherwise extends Component<
  { readonly instead: ReactNode; readonly children: ReactNode },
  { readonly hasFailed: boolean }
> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? this.props.instead : this.props.children;
  }
}
