/** What has left for all sockets of the gateway since it was opened. */
export class Traffic {
  /** A broadcast counts once for each that gets it. */
  framesSent = 0;
  /** Frames that a socket was not given, for it reads too slowly. */
  dropped = 0;
}
