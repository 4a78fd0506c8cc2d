/** The kernel's bytes, as the server's build has them. */
import url from "../../../dist/compute/kernel.wasm?url";

export async function kernelWasm(): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The kernel could not be loaded: ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}
