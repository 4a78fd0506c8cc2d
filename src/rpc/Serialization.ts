/** How messages of services are read from the wire: bounded, and checked before the RPC library sees them. */
import { RpcSerialization } from "@effect/rpc";
import { isClientMessage, MAX_MESSAGE_BYTES } from "./ClientMessage.ts";
import { MessagePackFrames, MessageRefused } from "./MessagePackFrames.ts";

const messagePack = RpcSerialization.makeMsgPack({ useRecords: false });

/** MessagePack for the server. What no client of ours would send closes the connection it came on. */
export const boundedMessagePack = RpcSerialization.RpcSerialization.of({
  ...messagePack,
  unsafeMake: () => {
    const parser = messagePack.unsafeMake();
    const frames = new MessagePackFrames(MAX_MESSAGE_BYTES);
    return {
      encode: parser.encode,
      decode: (data) => {
        const whole = frames.push(typeof data === "string" ? Buffer.from(data) : data);
        const messages = whole.length === 0 ? [] : decode(parser, whole);
        if (!messages.every(isClientMessage)) throw new MessageRefused("no message of a client");
        return messages;
      },
    };
  },
});

const decode = (parser: RpcSerialization.Parser, whole: Uint8Array) => {
  try {
    return parser.decode(whole);
  } catch (cause) {
    // Nested beyond the stack, or a text that is none.
    throw new MessageRefused("MessagePack that cannot be decoded", { cause });
  }
};
