/** Stands where something is on its way for the first time. */
export function Waiting({ children }: { readonly children: string }) {
  return (
    <div className="waiting" aria-busy="true">
      <span className="spinner" aria-hidden="true" />
      <p role="status">{children}</p>
    </div>
  );
}
