/** `@croupier/sdk/react`: hooks. Each renders its component again when what it gives is another value or object. */
import {
  createContext,
  createElement,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { ReactElement, ReactNode } from "react";
import type { BetsState } from "./BetsState.ts";
import type { Outcome, Refusal } from "./Command.ts";
import type { ConnectionState } from "./Connection.ts";
import type { Croupier } from "./Croupier.ts";
import type { LobbyState } from "./lobby/LobbyState.ts";
import type { RaffleState } from "./raffle/RaffleState.ts";
import type { PaymentOutcome, ReservationOutcome } from "./raffle/ReservationCommands.ts";
import type { ReservationState } from "./raffle/ReservationState.ts";
import { selecting } from "./Readable.ts";
import type { Readable } from "./Readable.ts";
import type { Session } from "./Session.ts";
import type { WalletState } from "./WalletState.ts";

const CroupierContext = createContext<Croupier | null>(null);

/** Gives the client to everything within. It is made, and closed, by who renders this. */
export function CroupierProvider(props: {
  readonly croupier: Croupier;
  readonly children?: ReactNode;
}): ReactElement {
  return createElement(CroupierContext.Provider, { value: props.croupier }, props.children);
}

export function useCroupier(): Croupier {
  const croupier = useContext(CroupierContext);
  if (croupier === null) throw new Error("There is no CroupierProvider around this component.");
  return croupier;
}

/** The value, or the part of it that `select` picks; `select` may be another function at each rendering. */
export function useReadable<Value>(readable: Readable<Value>): Value;
export function useReadable<Value, Part>(
  readable: Readable<Value>,
  select: (value: Value) => Part,
): Part;
export function useReadable<Value>(
  readable: Readable<Value>,
  select: (value: Value) => unknown = (value) => value,
): unknown {
  const read = useMemo(() => selecting(readable, select), [readable, select]);
  return useSyncExternalStore(readable.subscribe, read, read);
}

export const useSession = (): Session | null => useReadable(useCroupier().session);

export const useConnection = (): ConnectionState => useReadable(useCroupier().connection);

/** Subscribed for as long as a component shows it. */
export function useLobby(lobbyId: string): LobbyState;
export function useLobby<Part>(lobbyId: string, select: (state: LobbyState) => Part): Part;
export function useLobby(
  lobbyId: string,
  select: (state: LobbyState) => unknown = (state) => state,
): unknown {
  return useReadable(useCroupier().lobby(lobbyId), select);
}

/** A raffle with its numbers. Subscribed for as long as a component shows it. */
export function useRaffle(raffleId: string): RaffleState;
export function useRaffle<Part>(raffleId: string, select: (state: RaffleState) => Part): Part;
export function useRaffle(
  raffleId: string,
  select: (state: RaffleState) => unknown = (state) => state,
): unknown {
  return useReadable(useCroupier().raffle(raffleId), select);
}

/** The player's reservation in a raffle; null for none. Kept current for as long as a component shows it. */
export const useReservation = (raffleId: string): ReservationState | null =>
  useReadable(useCroupier().reservation(raffleId));

/** Null until it has been seen. Subscribed for as long as a component shows it. */
export const useWallet = (): WalletState | null => useReadable(useCroupier().wallet);

/** The player's bets of a race. Kept current for as long as a component shows them. */
export const useBets = (raceId: string): BetsState => useReadable(useCroupier().bets(raceId));

type CommandName =
  | "placeBet"
  | "cancelBet"
  | "castPower"
  | "reserve"
  | "addNumber"
  | "removeNumber"
  | "moveToCheckout"
  | "cancelReservation"
  | "pay";
type AnyOutcome = Outcome | ReservationOutcome | PaymentOutcome;

export interface CommandHook<Name extends CommandName> {
  /** Gives the command; resolves with its outcome and never rejects. */
  readonly submit: (order: Parameters<Croupier[Name]>[0]) => ReturnType<Croupier[Name]>;
  /** How many that were given here have no answer yet. */
  readonly pending: number;
  /** Of the command that came out last; null before the first, and after `reset`. */
  readonly outcome: Awaited<ReturnType<Croupier[Name]>> | null;
  /** Why the one that came out last was refused; null when it was not. */
  readonly refusal: Refusal | null;
  readonly reset: () => void;
}

/** A command as a form gives it: `const { submit, pending, refusal } = useCommand("placeBet")`. */
export function useCommand<Name extends CommandName>(name: Name): CommandHook<Name> {
  const croupier = useCroupier();
  const [pending, setPending] = useState(0);
  const [outcome, setOutcome] = useState<AnyOutcome | null>(null);
  const isMounted = useRef(false);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  const submit = useCallback(
    async (order: never) => {
      setPending((count) => count + 1);
      const settled: AnyOutcome = await croupier[name](order);
      if (isMounted.current) {
        setPending((count) => count - 1);
        setOutcome(settled);
      }
      return settled;
    },
    [croupier, name],
  );
  const reset = useCallback(() => setOutcome(null), []);
  return {
    submit: submit as unknown as CommandHook<Name>["submit"],
    pending,
    outcome: outcome as CommandHook<Name>["outcome"],
    refusal: outcome === null || outcome.ok ? null : outcome.refusal,
    reset,
  };
}
