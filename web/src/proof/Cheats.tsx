import "./Cheats.css";

/** Values to alter, so that one sees what the verification is worth. */
export function Cheats<Cheat extends string>({
  title,
  lead,
  cheats,
  none,
  chosen,
  onChoose,
}: {
  readonly title: string;
  readonly lead: string;
  readonly cheats: readonly {
    readonly id: Cheat;
    readonly label: string;
    readonly isPossible: boolean;
  }[];
  /** Why one is not possible. */
  readonly none: string;
  readonly chosen: Cheat | null;
  /** Null takes the alteration back. */
  readonly onChoose: (cheat: Cheat | null) => void;
}) {
  return (
    <section className="panel cheats" aria-labelledby="cheats-title">
      <h2 id="cheats-title">{title}</h2>
      <p className="muted">{lead}</p>
      <ul>
        {cheats.map(({ id, isPossible, label }) => (
          <li key={id}>
            <button
              type="button"
              className="button is-small"
              data-cheat={id}
              aria-pressed={id === chosen}
              disabled={!isPossible}
              title={isPossible ? undefined : none}
              onClick={() => onChoose(id === chosen ? null : id)}
            >
              {label}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
