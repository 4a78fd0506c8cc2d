/** A chip that says “play”. */
export function Logo({ size = 36 }: { readonly size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <circle cx="16" cy="16" r="15" fill="#0f6b4b" />
      <circle
        cx="16"
        cy="16"
        r="12.5"
        fill="none"
        stroke="#e3b34c"
        strokeWidth="4"
        strokeDasharray="6.54 6.54"
      />
      <circle cx="16" cy="16" r="7.5" fill="#e3b34c" />
      <path d="M13.4 11.6 20.6 16l-7.2 4.4z" fill="#0f3d2e" />
    </svg>
  );
}
