import { z } from 'zod';

const milliseconds = z.int().min(1).max(3_600_000);
const bytes = z.int().min(1).max(1024 ** 3);
const count = z.int().min(1).max(1_000_000);

/** Every bound of the relay. Sizes in bytes, times in milliseconds, unless the name says otherwise. */
const relayLimits = z.strictObject({
  /** TCP (and TLS) connection to guacd. */
  guacdConnectMs: milliseconds.default(5_000),
  /** From the connection to guacd's `ready`. */
  handshakeMs: milliseconds.default(5_000),
  /** From `ready` to the desktop's first `sync`. guacd gives up on an RDP connection after 15 s. */
  firstPictureMs: milliseconds.default(45_000),
  /** guacd sends something at least every 5 s while it lives; silence is noticed after one to two of these. */
  guacdSilenceMs: milliseconds.default(15_000),
  /** Between WebSocket pings; a browser that has answered none for three of them is gone, 15 s after the first that it left unanswered. */
  browserPingMs: milliseconds.default(5_000),
  /** How long a browser has to answer when its owner comes again, which says that it may be gone. */
  probeMs: milliseconds.default(2_000),
  /** A silent user is dropped by guacd after 15 s; the relay speaks for a browser whose background tab is throttled. */
  keepAliveMs: milliseconds.default(5_000),
  /** How long either side may take to close before its socket is cut. */
  closingMs: milliseconds.default(2_000),

  /** One WebSocket message from the browser. A blob of guacamole-common-js takes 8 KB. */
  maxMessageBytes: bytes.default(65_536),
  /** guacd stops being read at the first, is read again below the second, and the session ends past the third. */
  pauseGuacdAtBytes: bytes.default(1024 ** 2),
  resumeGuacdBelowBytes: bytes.default(256 * 1024),
  browserBufferCapBytes: bytes.default(8 * 1024 ** 2),
  /** The same toward guacd. */
  pauseBrowserAtBytes: bytes.default(64 * 1024),
  guacdBufferCapBytes: bytes.default(1024 ** 2),

  /** guacd's own bounds of an instruction (libguac parser.c, parser-constants.h): code points, elements, bytes. */
  maxElementCharacters: z.int().min(64).max(8_192).default(8_192),
  maxElements: z.int().min(8).max(128).default(128),
  maxInstructionBytes: z.int().min(256).max(32_768).default(32_768),

  /** Width or height of a display or layer in pixels (guacd 1.6: 8,192). */
  maxSidePixels: z.int().min(64).max(16_384).default(8_192),
  minSidePixels: z.int().min(1).max(64).default(16),
  /** All layers of one display together; 2²⁸ pixels take 1 GiB in the browser. */
  maxTotalPixels: z.int().min(1).max(2 ** 30).default(2 ** 28),
  /** `dpi=0` kills guacd's RDP child; it divides by it. */
  minDpi: z.int().min(24).max(96).default(24),
  maxDpi: z.int().min(96).max(2_400).default(960),
  /** A resize that comes sooner waits, and only the last one waiting is sent. */
  minResizeIntervalMs: milliseconds.default(200),
  /** Layers and buffers of guacd are ±1…this; those above belong to the gateway. guacd cycles through 1,024 of each. */
  maxLayer: z.int().min(1).max(1_000_000).default(8_191),
  /** guacd 1.6 opens at most 512 streams for the connection (odd indices) and 512 for the user (even ones). */
  maxStreamIndex: z.int().min(1).max(65_535).default(1_023),
  /** Keys remembered as pressed, to be released at the end. */
  maxHeldKeys: count.default(64),
  /** Different unknown opcodes that raise an alarm in one session; all are counted. */
  maxAlarms: count.default(8),
});

export type RelayLimits = Readonly<z.output<typeof relayLimits>>;

/** Fills in the defaults. Throws a ZodError for an unknown name or a value out of its range, and for thresholds in the wrong order. */
export function resolveLimits(overrides: Partial<RelayLimits> = {}): RelayLimits {
  return relayLimits
    .refine((limits) => limits.resumeGuacdBelowBytes <= limits.pauseGuacdAtBytes && limits.pauseGuacdAtBytes < limits.browserBufferCapBytes, {
      error: 'resumeGuacdBelowBytes ≤ pauseGuacdAtBytes < browserBufferCapBytes must hold',
    })
    .refine((limits) => limits.pauseBrowserAtBytes < limits.guacdBufferCapBytes, { error: 'pauseBrowserAtBytes < guacdBufferCapBytes must hold' })
    .parse(overrides);
}
