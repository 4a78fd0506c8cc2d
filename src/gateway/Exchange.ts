/**
 * One request and its answer on uWebSockets. It owns the two rules of that library that crash the process when broken:
 * a request may be read only until its handler returns, and a response may not be touched after it was aborted or
 * ended.
 */
import type { HttpRequest, HttpResponse } from "uWebSockets.js";
import {
  type FieldProblem,
  PayloadTooLarge,
  UnsupportedMediaType,
  ValidationFailed,
} from "../../rpc/http/failure.ts";
import { type Failure, PROBLEM_CONTENT_TYPE } from "../../rpc/http/problem.ts";
import type { Metrics } from "../ops/Metrics.ts";
import { BodyStream } from "./BodyStream.ts";
import type { Cors } from "./Cors.ts";
import { mayBeUnkeepable, unkeepable } from "./KeepableText.ts";
import type { Problems } from "./Problems.ts";
import { DATA_HEADERS, type Headers, inOneValue } from "./SecurityHeaders.ts";

/** The contract's limit on a body. */
export const MAX_BODY_BYTES = 64 * 1024;

const JSON_HEADERS = inOneValue("application/json", DATA_HEADERS);
const PROBLEM_HEADERS = inOneValue(PROBLEM_CONTENT_TYPE, DATA_HEADERS);

const STATUS_LINES: Readonly<Record<number, string>> = {
  200: "200 OK",
  201: "201 Created",
  202: "202 Accepted",
  204: "204 No Content",
  304: "304 Not Modified",
  400: "400 Bad Request",
  401: "401 Unauthorized",
  403: "403 Forbidden",
  404: "404 Not Found",
  405: "405 Method Not Allowed",
  409: "409 Conflict",
  413: "413 Content Too Large",
  415: "415 Unsupported Media Type",
  422: "422 Unprocessable Content",
  426: "426 Upgrade Required",
  429: "429 Too Many Requests",
  500: "500 Internal Server Error",
  503: "503 Service Unavailable",
};

export const malformed = (errors: ReadonlyArray<FieldProblem>) => new ValidationFailed({ errors });
const NOT_JSON = [{ path: "", message: "The body is not valid JSON." }];

/** A client's own request id is taken over when it cannot break a log line or a header. */
const REQUEST_ID = /^[A-Za-z0-9._:-]{1,64}$/;

/** What all exchanges of a gateway share. */
export interface ExchangeContext {
  readonly problems: Problems;
  readonly cors: Cors;
  readonly metrics: Pick<Metrics, "request" | "refused">;
  readonly newRequestId: () => string;
  readonly began: () => void;
  /** Called once for every exchange, answered or aborted. */
  readonly ended: () => void;
  /** The process is about to stop: answers close their connection. */
  readonly isDraining: () => boolean;
}

export class Exchange {
  readonly requestId: string;
  readonly route: string;
  /** HEAD: all of the answer but its body. */
  readonly headOnly: boolean;
  private readonly context: ExchangeContext;
  private readonly response: HttpResponse;
  private readonly origin: string;
  private done = false;
  private gone: (() => void) | undefined;
  private stream: BodyStream | undefined;

  constructor(context: ExchangeContext, res: HttpResponse, req: HttpRequest, route: string) {
    this.context = context;
    this.response = res;
    this.route = route;
    this.headOnly = req.getMethod() === "head";
    this.origin = req.getHeader("origin");
    const given = req.getHeader("x-request-id");
    this.requestId = given !== "" && REQUEST_ID.test(given) ? given : context.newRequestId();
    context.began();
    res.onAborted(() => {
      const { gone } = this;
      this.end();
      gone?.();
    });
  }

  /** The response was sent or the client has gone. */
  get isOver(): boolean {
    return this.done;
  }

  /** Calls `gone` when the client goes away before its answer. */
  onGone(gone: () => void): void {
    if (this.done) gone();
    else this.gone = gone;
  }

  /**
   * Reads the body as JSON; must be called before the request's handler returns. A body that is too large, of another
   * type, no JSON or not to be kept is answered here, and `use` is not called.
   */
  readJson(req: HttpRequest, use: (body: unknown) => void): void {
    const type = req.getHeader("content-type");
    if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type))
      return this.fail(new UnsupportedMediaType());
    this.readBytes(req, (whole) => {
      const text = whole.toString("utf8");
      let body: unknown;
      try {
        body = JSON.parse(text);
      } catch {
        return this.fail(malformed(NOT_JSON));
      }
      const problems = mayBeUnkeepable(text) ? unkeepable(body) : [];
      if (problems.length > 0) return this.fail(malformed(problems));
      use(body);
    });
  }

  /** Reads the body as it is; must be called before the request's handler returns. One too large is answered here. */
  readBytes(req: HttpRequest, use: (body: Buffer) => void): void {
    if (Number(req.getHeader("content-length")) > MAX_BODY_BYTES)
      return this.tooLarge(MAX_BODY_BYTES);
    let received: Array<Buffer> | undefined;
    let receivedBytes = 0;
    this.response.onData((chunk, isLast) => {
      if (this.done) return;
      receivedBytes += chunk.byteLength;
      if (receivedBytes > MAX_BODY_BYTES) return this.tooLarge(MAX_BODY_BYTES);
      if (!isLast) {
        // The chunk's memory is taken back when this returns.
        (received ??= []).push(Buffer.from(new Uint8Array(chunk)));
        return;
      }
      use(
        received === undefined
          ? Buffer.from(chunk)
          : Buffer.concat([...received, Buffer.from(chunk)]),
      );
    });
  }

  /**
   * Reads the body in pieces as they come; must be called before the request's handler returns. A body that is longer than
   * `maxBytes` is answered here. The stream ends when the body does, the client goes away, or the request is answered.
   */
  readStream(req: HttpRequest, maxBytes: number): BodyStream {
    const { response } = this;
    const stream = new BodyStream({
      pause: () => response.pause(),
      resume: () => response.resume(),
    });
    this.stream = stream;
    if (Number(req.getHeader("content-length")) > maxBytes) {
      this.tooLarge(maxBytes);
      return stream;
    }
    let receivedBytes = 0;
    response.onData((chunk, isLast) => {
      if (this.done) return;
      receivedBytes += chunk.byteLength;
      if (receivedBytes > maxBytes) return this.tooLarge(maxBytes);
      // The chunk's memory is taken back when this returns.
      if (chunk.byteLength > 0) stream.push(new Uint8Array(chunk.slice(0)));
      if (isLast) stream.end();
    });
    return stream;
  }

  json(status: number, body: unknown, replayed = false): void {
    this.write(status, JSON_HEADERS, JSON.stringify(body), replayed ? REPLAYED : NONE);
  }

  text(status: number, contentType: string, body: string): void {
    this.write(status, inOneValue(contentType, DATA_HEADERS), body, NONE);
  }

  /** Any other answer, such as a file. */
  bytes(status: number, contentType: string, headers: Headers, body: Buffer): void {
    this.write(status, contentType, body, headers);
  }

  empty(status: number, headers: Headers): void {
    this.write(status, undefined, undefined, headers);
  }

  fail(failure: Failure, replayed = false): void {
    const { status, code, body } = this.context.problems.of(failure);
    this.context.metrics.refused(code);
    const retryAfterMs = body["retry_after_ms"];
    const headers: Array<readonly [string, string]> = replayed ? [...REPLAYED] : [];
    if (status === 429 || status === 503)
      headers.push([
        "Retry-After",
        String(Math.max(1, Math.ceil(Number(retryAfterMs ?? 1000) / 1000))),
      ]);
    if (status === 401) headers.push(["WWW-Authenticate", "Bearer"]);
    if (status === 426) headers.push(["Upgrade", "websocket"]);
    if (Array.isArray(body["allowed"])) headers.push(["Allow", body["allowed"].join(", ")]);
    this.write(status, PROBLEM_HEADERS, JSON.stringify(body), headers);
  }

  private tooLarge(limitBytes: number): void {
    // The rest of the body may be endless; closing is the only way not to receive it.
    this.fail(new PayloadTooLarge({ limitBytes }));
  }

  private write(
    status: number,
    contentType: string | undefined,
    body: string | Buffer | undefined,
    headers: Headers,
  ): void {
    if (this.done) return;
    // While the response may still be touched: a body that nobody reads on must not hold the connection up.
    this.stream?.end();
    const { response, context } = this;
    const close = status === 413 || context.isDraining();
    response.cork(() => {
      response.writeStatus(STATUS_LINES[status] ?? String(status));
      response.writeHeader("X-Request-Id", this.requestId);
      if (contentType !== undefined) response.writeHeader("Content-Type", contentType);
      for (const [name, value] of headers) response.writeHeader(name, value);
      if (this.origin !== "")
        for (const [name, value] of context.cors.headers(this.origin))
          response.writeHeader(name, value);
      if (body === undefined) {
        if (close) response.writeHeader("Connection", "close");
        // With no argument there is no Content-Length, which 204 and 304 must not have.
        response.endWithoutBody();
      } else if (this.headOnly) response.endWithoutBody(Buffer.byteLength(body), close);
      else response.end(body, close);
    });
    context.metrics.request(this.route, status);
    this.end();
  }

  private end(): void {
    if (this.done) return;
    this.done = true;
    this.gone = undefined;
    this.stream?.cut();
    this.context.ended();
  }
}

const NONE: Headers = [];
const REPLAYED: Headers = [["Idempotent-Replayed", "true"]];
