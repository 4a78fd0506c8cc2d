// Starts a thread's program from its sources: Node does not hand a compiler given by --import on to worker threads. The
// program's URL is the thread's argument. Built, the programs need none of this.
import { register } from "tsx/esm/api";

register();
await import(process.argv[2]);
